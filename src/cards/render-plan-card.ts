import { BotError } from '../errors';
import type { Link, PlanAudience, PlanRecord } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';

export function renderPlanCard(
  record: PlanRecord,
  link: Link,
  audience: PlanAudience,
  now: Date,
): AdaptiveCard {
  throw new BotError('internal', 'drawing a card', 'Try again in a minute.');
}
