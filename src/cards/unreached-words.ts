import type { PlanAudience, PlanRecord, Quorum } from '../plan/types';
import { text, type Text } from './text';
import { listed } from './words';

/** Whom the bot could not tell of the plan, for whoever asked for it; none otherwise. */
export function unreachedLines(record: PlanRecord, audience: PlanAudience): Text[] {
  if (audience.role !== 'requester' || !audience.unreached) return [];
  const { people, isPlace } = audience.unreached;
  const isOut = (one: Quorum['candidates'][number]) =>
    people.some(({ tenantId, objectId }) => tenantId === one.tenantId && objectId === one.objectId);
  const isStuck = record.quorums.some(
    ({ candidates, needed }) => candidates.filter((one) => !one.handedTo && !isOut(one)).length < needed,
  );
  const names = listed(
    people.map(({ displayName }) => displayName),
    5,
    'and',
  );
  const next = isStuck
    ? text`**Without them it cannot be approved.** Ask them to open the bot in Teams, then remind the approvers.`
    : text`The others were asked. Who opens the bot in Teams can be reminded.`;
  return [
    ...(people.length > 0
      ? [text`**Not reached: ${names}.** Teams does not let the bot write to them. ${next}`]
      : []),
    ...(isPlace
      ? [text`The card could not be posted where you asked: Teams does not let the bot write there.`]
      : []),
  ];
}
