import { findDeletedUser, findUser } from '../users';
import type { TenantState, User } from '../world';
import { isFreshlyAssigned } from './assigned';
import { invitationFailure, matchingUser, updateFailure } from './collisions';
import { flowOf, type Flow } from './flow';
import { scopeOf } from './scope';
import type { Scene } from './scene';
import type { Failure, Scoping } from './state';

/** What is to be done in the target for one user. */
export type Work =
  | { readonly kind: 'create'; readonly flow: Flow }
  | { readonly kind: 'update'; readonly flow: Flow; readonly target: User; readonly adopts: boolean }
  | { readonly kind: 'restore'; readonly flow: Flow; readonly target: User }
  | { readonly kind: 'delete'; readonly target: User }
  /** `target` is linked nevertheless. */
  | { readonly kind: 'skip'; readonly reason: string; readonly target: User | null }
  | {
      readonly kind: 'fail';
      readonly failure: Failure;
      readonly action: 'create' | 'update';
      readonly target: User | null;
    };

export interface Decision {
  readonly userId: string;
  /** The source user, soft-deleted or not; null when it is gone for good. */
  readonly user: User | null;
  readonly isSoftDeleted: boolean;
  readonly scoping: Scoping;
  readonly work: Work;
}

/**
 * Decides what the job does about one source user now: a function of the world alone, changes nothing.
 * The cycle and provision on demand both come through here (facts 4.7).
 */
export function evaluate(scene: Scene, target: TenantState, userId: string): Decision {
  const { world, source } = scene;
  const live = findUser(world, source, userId);
  const user = live ?? findDeletedUser(world, source, userId);
  const linked = linkedUser(scene, target, userId);
  if (!user) {
    const scoping = { active: false, assigned: false, clauses: {}, passed: false };
    const work: Work = linked
      ? { kind: 'delete', target: linked }
      : { kind: 'skip', reason: 'EntrySynchronizationSkipped', target: null };
    return { userId, user, isSoftDeleted: true, scoping, work };
  }
  const followsDisabled = linked !== null && !scene.isOnDemand;
  const isActive = live !== null && (live.accountEnabled || followsDisabled);
  const scoping = scopeOf(scene, user, live === null, isActive);
  const inScope = scoping.active && scoping.assigned && scoping.passed;
  const work = inScope ? provision(scene, target, user, linked) : leave(scene, user, linked, scoping);
  return { userId, user, isSoftDeleted: live === null, scoping, work };
}

function linkedUser({ world, job }: Scene, target: TenantState, userId: string): User | null {
  const targetId = job.subjects[userId]?.targetId;
  return targetId ? findUser(world, target, targetId) : null;
}

const allows = (scene: Scene, flow: 'Add' | 'Update' | 'Delete') =>
  scene.mapping.enabled && scene.mapping.flowTypes.split(/, ?/).includes(flow);

/** A user who is out of scope: soft-deleted in the target when the job had put it there (facts 9.2). */
function leave(scene: Scene, user: User, linked: User | null, scoping: Scoping): Work {
  const reason = scoping.assigned ? 'EntrySynchronizationSkipped' : 'NotEffectivelyEntitled';
  const stays =
    !linked ||
    !allows(scene, 'Delete') ||
    (scene.isOnDemand && (!scoping.active || isFreshlyAssigned(scene, user))) ||
    // Disabled, synchronized as disabled, then unassigned: not deleted.
    (!scoping.assigned && scoping.active && !user.accountEnabled && !linked.accountEnabled);
  return stays ? { kind: 'skip', reason, target: null } : { kind: 'delete', target: linked };
}

function provision(scene: Scene, target: TenantState, user: User, linked: User | null): Work {
  const subject = scene.job.subjects[user.id];
  const lost = subject?.targetId && !linked ? subject.targetId : null;
  if (lost) {
    const deleted = findDeletedUser(scene.world, target, lost);
    if (deleted && subject?.deletedHere && !scene.isOnDemand) return restore(scene, target, user, deleted);
    const rematches = scene.isFull || scene.isOnDemand || subject?.deletedHere;
    if (!rematches)
      return fail('InvalidAnchor', 'The user in the target tenant was not found.', 'update', null);
  }
  const existing = linked ?? matchingUser(scene.world, scene.source, target, user);
  return existing ? update(scene, target, user, existing, linked !== null) : create(scene, target, user);
}

function fail(code: string, reason: string, action: 'create' | 'update', target: User | null): Work {
  return { kind: 'fail', failure: { code, reason }, action, target };
}

const skip = (reason: string, target: User | null): Work => ({ kind: 'skip', reason, target });

function restore(scene: Scene, target: TenantState, user: User, deleted: User): Work {
  if (!allows(scene, 'Add')) return skip('EntrySynchronizationSkipped', null);
  const ownsName = scene.job.subjects[user.id]?.createdHere ?? false;
  return { kind: 'restore', target: deleted, flow: flowOf(scene, user, target, deleted, ownsName) };
}

function update(scene: Scene, target: TenantState, user: User, existing: User, isLinked: boolean): Work {
  const ownsName = isLinked && (scene.job.subjects[user.id]?.createdHere ?? false);
  const flow = flowOf(scene, user, target, existing, ownsName);
  const failure = updateFailure(
    existing,
    flow.modified.map(({ displayName }) => displayName),
  );
  if (failure) return { kind: 'fail', failure, action: 'update', target: isLinked ? existing : null };
  const adopts = existing.externalUserState === 'PendingAcceptance';
  if (!adopts && !flow.modified.length) return skip('RedundantExport', existing);
  if (!allows(scene, 'Update')) return skip('EntrySynchronizationSkipped', existing);
  return { kind: 'update', target: existing, flow, adopts };
}

function create(scene: Scene, target: TenantState, user: User): Work {
  if (!allows(scene, 'Add')) return skip('EntrySynchronizationSkipped', null);
  const flow = flowOf(scene, user, target, null, true);
  const userType = flow.modified.find(({ displayName }) => displayName === 'userType')?.newValue;
  if (userType && userType !== 'Member' && userType !== 'Guest') {
    const reason = `The userType '${userType}' is neither Guest nor Member.`;
    return fail('InvitationCreationFailureInvalidPropertyValue', reason, 'create', null);
  }
  const failure = invitationFailure(scene.world, scene.source, target, user, flow.patch);
  return failure ? { kind: 'fail', failure, action: 'create', target: null } : { kind: 'create', flow };
}

/** True when the work takes an account away: what the deletion threshold counts (facts 4.10). */
export function takesAway({ work }: Decision): boolean {
  return work.kind === 'delete' || (work.kind === 'update' && work.flow.patch.accountEnabled === false);
}
