import type { Link, PlanAudience, PlanRecord } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import { approvalCard } from './approval';
import { channelPlanCard } from './channel-plan';
import { planCard } from './plan';
import { withPowershell } from './powershell-button';
import { progressCard } from './progress';
import { resultCard } from './result';
import { tryResult } from './try-result';
import { waitingCard } from './waiting';

/** Of a plan's card, with the one that shows the PowerShell. */
const mostButtons = 5;

/**
 * The one door through which every card about a plan is drawn, from the record as it stands now.
 *
 * What a button may do is decided at the press, not here (I4).
 */
export function renderPlanCard(
  record: PlanRecord,
  link: Link,
  audience: PlanAudience,
  now: Date,
): AdaptiveCard {
  if (audience.role === 'channel') return channelPlanCard(record, link, audience);
  const card = cardFor(record, link, audience, now);
  // A plan that is only shown is stored nowhere: there is nothing to ask by its id.
  return record.id === '' ? card : withPowershell(card, record.id, mostButtons);
}

function cardFor(
  record: PlanRecord,
  link: Link,
  audience: Exclude<PlanAudience, { role: 'channel' }>,
  now: Date,
): AdaptiveCard {
  switch (record.state) {
    case 'draft':
      return audience.role === 'requester' || record.id === ''
        ? planCard(record, link, audience)
        : waitingCard(record, link, audience, now);
    case 'submitted':
      return audience.role === 'approver' && !audience.hasDecided && !audience.handedTo
        ? approvalCard(record, link, audience, now)
        : waitingCard(record, link, audience, now);
    case 'approved':
    case 'applying':
      return progressCard(record, link, audience, now);
    default:
      return tryResult(record, link, audience) ?? resultCard(record, link, audience);
  }
}
