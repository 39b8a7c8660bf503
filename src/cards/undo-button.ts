import type { PlanAudience, PlanRecord, PlanState } from '../plan/types';
import { type Button, commandButton } from './buttons';

const ended: readonly PlanState[] = ['applied', 'failed', 'stale'];

/** Only where something that this plan wrote can be put back, and for people who may ask for it. */
export function undoButton(record: PlanRecord, { role }: PlanAudience): Button[] {
  if (role !== 'requester' && role !== 'approver') return [];
  if (!ended.includes(record.state) || !hasWayBack(record)) return [];
  return [commandButton('Undo plan', `undo ${record.id}`)];
}

/** Read back after a write of its own, and of a kind that has a way back. */
function hasWayBack({ content, runs }: PlanRecord): boolean {
  return runs.some(
    ({ state, stepIndex, changeIndex }) =>
      state === 'verified' && content.steps[stepIndex]?.changes[changeIndex]?.undo === true,
  );
}
