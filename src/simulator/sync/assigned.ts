import { directUsers, findGroup, isDirectMember } from '../groups';
import { listUsers } from '../users';
import type { Group, User } from '../world';
import { sceneNow, type Scene } from './scene';
import type { Assignment, Configuration } from './state';

interface Index {
  readonly version: number;
  readonly byUser: ReadonlyMap<string, Assignment>;
  readonly ofGroups: readonly Assignment[];
}

const indexes = new WeakMap<Configuration, Index>();
const memberSets = new WeakMap<readonly string[], ReadonlySet<string>>();

function indexOf(configuration: Configuration): Index {
  const known = indexes.get(configuration);
  if (known?.version === configuration.assignmentVersion) return known;
  const { assignments, assignmentVersion } = configuration;
  const ofUsers = assignments.filter(({ principalType }) => principalType === 'User');
  const made: Index = {
    version: assignmentVersion,
    byUser: new Map(ofUsers.map((assignment) => [assignment.principalId, assignment])),
    ofGroups: assignments.filter(({ principalType }) => principalType === 'Group'),
  };
  indexes.set(configuration, made);
  return made;
}

function holds(group: Group, user: User): boolean {
  const known = memberSets.get(group.memberIds);
  const members = known?.size === group.memberIds.length ? known : new Set(group.memberIds);
  memberSets.set(group.memberIds, members);
  return members.has(user.id) || isDirectMember({ ...group, memberIds: [] }, user);
}

/** In scope by assignment: directly, or as a direct member of an assigned security group (facts 4.8). O(groups). */
export function isAssigned(scene: Scene, user: User): boolean {
  if (scene.syncsAll) return true;
  const index = indexOf(scene.configuration);
  const newest = scene.isOnDemand
    ? sceneNow(scene) - scene.source.sync.options.assignmentDelaySeconds * 1000
    : Infinity;
  const own = index.byUser.get(user.id);
  if (own && own.createdMs <= newest) return true;
  return index.ofGroups.some(({ principalId, createdMs }) => {
    const group = createdMs <= newest ? findGroup(scene.source, principalId) : null;
    return group !== null && group.securityEnabled && holds(group, user);
  });
}

/** An assignment exists that provision on demand does not honour yet (facts 4.7). */
export function isFreshlyAssigned(scene: Scene, user: User): boolean {
  return !isAssigned(scene, user) && isAssigned({ ...scene, isOnDemand: false }, user);
}

/** Ids of everybody in scope by assignment, each once; dynamic groups walk all users. */
export function assignedIds(scene: Scene): Set<string> {
  if (scene.syncsAll) {
    const everybody = new Set<string>();
    for (const user of listUsers(scene.world, scene.source)) everybody.add(user.id);
    return everybody;
  }
  const index = indexOf(scene.configuration);
  const ids = new Set(index.byUser.keys());
  for (const { principalId } of index.ofGroups) {
    const group = findGroup(scene.source, principalId);
    if (!group?.securityEnabled) continue;
    for (const user of directUsers(scene.world, scene.source, group)) ids.add(user.id);
  }
  return ids;
}
