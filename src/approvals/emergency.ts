import type { Person, PlanContent, PlanRecord, Quorum } from '../plan/types';
import { listPersonalChats } from '../store/conversations';
import { everyPlaceFor } from '../store/subscriptions';
import { mayBreakGlass } from './authority';
import type { EmergencyWay } from './outcome';
import { isSamePerson } from './person';
import type { ApprovalPorts } from './ports';

/** Of those whom the settings of a tenant name, most that are looked up. */
const mostNamed = 20;

/**
 * Whether a plan may be submitted although too few people who may approve can be reached: only where break-glass could
 * complete it (I39). Our reading, the narrowest that helps:
 * - For each tenant that is short, approvers and people named in its settings, all reachable, make up the number together.
 *   The named ones are internal, enabled people there now, neither the requester nor changed by the plan.
 * - At least two people in all, for no voice by break-glass counts alone.
 * - A channel or group chat hears of it; else the glass could not be broken.
 * - It gives nobody anything: no card and no voice. Each of them must still break the glass, with a reason, loudly. No freeze
 *   is lifted in this way.
 */
export async function findEmergencyWay(
  ports: ApprovalPorts,
  { content }: Pick<PlanRecord, 'content'>,
  quorums: readonly Quorum[],
): Promise<EmergencyWay> {
  const keepers = new Map<string, readonly Person[]>();
  for (const { tenantId, needed, candidates } of quorums.filter(isShort)) {
    if (namedIn(ports, tenantId, content).length === 0) return 'off';
    const found = await findKeepers(ports, content, tenantId);
    const others = found.filter((one) => !candidates.some((known) => isSamePerson(known, one)));
    if (candidates.length + others.length < needed) return 'too-few';
    keepers.set(tenantId, others);
  }
  const all = quorums.flatMap(({ tenantId, candidates }) => [
    ...candidates,
    ...(keepers.get(tenantId) ?? []),
  ]);
  if (new Set(all.map(({ tenantId, objectId }) => `${tenantId}/${objectId}`)).size < 2) return 'too-few';
  const places = await everyPlaceFor(ports.store.db, content);
  return places.some(({ isShared }) => isShared) ? 'open' : 'no-channel';
}

/** Fewer people were found than are needed. */
export function isShort({ needed, candidates }: Quorum): boolean {
  return candidates.length < needed;
}

function namedIn({ tenants }: ApprovalPorts, tenantId: string, { kind }: PlanContent): readonly string[] {
  if (kind === 'unfreeze') return [];
  return tenants.find((one) => one.tenantId === tenantId)?.breakGlass?.slice(0, mostNamed) ?? [];
}

async function findKeepers(
  ports: ApprovalPorts,
  content: PlanContent,
  tenantId: string,
): Promise<readonly Person[]> {
  const named = namedIn(ports, tenantId, content).map((objectId) => ({
    tenantId,
    objectId,
    displayName: '',
  }));
  const chats = await listPersonalChats(ports.store.db, named);
  const found: Person[] = [];
  for (const person of named) {
    if (isSamePerson(person, content.requester)) continue;
    if (!chats.some((chat) => chat.person && isSamePerson(chat.person, person))) continue;
    if ((await mayBreakGlass(ports, person, content)).isAllowed) found.push(person);
  }
  return found;
}
