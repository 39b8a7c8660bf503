import { kindWords } from '../../src/cards/plan-words';
import type { PlanKind, Step } from '../../src/plan/types';

/** The same steps for plans of every kind. */
export function everyKind(steps: readonly Step[]): Readonly<Record<PlanKind, readonly Step[]>> {
  const kinds = Object.keys(kindWords) as PlanKind[];
  return Object.fromEntries(kinds.map((kind) => [kind, steps])) as Record<PlanKind, readonly Step[]>;
}
