import { appendAudit } from '../audits';
import { instant, newId } from '../clock';
import { externalShape } from '../external-account';
import { createUser, deleteUser, patchUser, restoreUser } from '../users';
import type { TenantState, User } from '../world';
import { takesAway, type Decision, type Work } from './evaluate';
import { appendRow } from './log-row';
import { sceneNow, type Scene } from './scene';
import type { OpenRow, ProvisioningAction, Subject } from './state';

const hourMs = 3_600_000;
/** Failed objects are tried again after 6 h, 12 h, 24 h, then daily, up to 28 days (facts 4.6). */
const retryHours = [6, 12, 24];
const mostRetries = 30;

/**
 * Carries out a decision in the target, remembers it in the job and writes one row of the provisioning log.
 * `stagesDeletes`: accounts are not taken away, only logged as staged (facts 4.10).
 */
export function perform(
  scene: Scene,
  target: TenantState,
  decision: Decision,
  cycle: { readonly id: string; readonly stagesDeletes: boolean },
): OpenRow {
  const { work } = decision;
  const staged = cycle.stagesDeletes && takesAway(decision);
  const targetId = staged ? targetOf(work) : apply(scene, target, decision);
  remember(scene, decision, targetId, staged);
  return appendRow(scene, target, decision, {
    cycleId: cycle.id,
    action: staged ? 'stagedDelete' : actionOf(work),
    targetId,
  });
}

function actionOf(work: Work): ProvisioningAction {
  if (work.kind === 'fail') return work.action;
  if (work.kind === 'restore') return 'update';
  if (work.kind === 'skip') return 'other';
  if (work.kind === 'update' && work.flow.patch.accountEnabled === false) return 'disable';
  return work.kind;
}

function targetOf(work: Work): string | null {
  return 'target' in work ? (work.target?.id ?? null) : null;
}

function apply(scene: Scene, target: TenantState, { work, user }: Decision): string | null {
  const { world } = scene;
  if (work.kind === 'create' && user) {
    const made = createUser(world, target, newAccount(scene, target, user, work.flow.patch));
    audit(scene, target, 'Add user', made);
    return made.id;
  }
  if (work.kind === 'update') {
    patchUser(world, target, work.target.id, {
      ...work.flow.patch,
      ...(work.adopts ? accepted(scene, work.target, user) : {}),
    });
    audit(scene, target, 'Update user', work.target);
  }
  if (work.kind === 'restore') {
    restoreUser(world, target, work.target.id);
    patchUser(world, target, work.target.id, work.flow.patch);
    audit(scene, target, 'Restore user', work.target);
  }
  if (work.kind === 'delete') {
    deleteUser(world, target, work.target.id);
    audit(scene, target, 'Delete user', work.target);
  }
  return targetOf(work);
}

function accepted(scene: Scene, { home }: User, user: User | null): Partial<User> {
  return {
    externalUserState: 'Accepted',
    externalUserStateChangeDateTime: instant(sceneNow(scene)),
    home: home?.userId || !user ? home : { tenantId: scene.source.tenantId, userId: user.id },
  };
}

function newAccount(scene: Scene, target: TenantState, user: User, flowing: Partial<User>): User {
  const now = instant(sceneNow(scene));
  const address = flowing.mail ?? user.userPrincipalName;
  const empty = {
    ...{ givenName: null, surname: null, department: null, jobTitle: null, companyName: null },
    ...{ employeeId: null, usageLocation: null, country: null, state: null, city: null },
    ...{ streetAddress: null, postalCode: null, officeLocation: null, mobilePhone: null },
    ...{ preferredLanguage: null, showInAddressList: null, managerId: null },
    ...{ onPremisesSyncEnabled: null, onPremisesImmutableId: null },
    ...{ businessPhones: [], assignedLicenses: [] },
  };
  return {
    ...empty,
    ...externalShape(address, target.initialDomain),
    ...(flowing.mail ? {} : { mail: null, otherMails: [], proxyAddresses: [] }),
    id: newId(scene.world),
    displayName: user.displayName,
    userType: 'Guest',
    accountEnabled: true,
    externalUserState: 'Accepted',
    externalUserStateChangeDateTime: now,
    createdDateTime: now,
    home: { tenantId: scene.source.tenantId, userId: user.id },
    ...flowing,
  };
}

function remember(
  scene: Scene,
  { userId, scoping, work }: Decision,
  targetId: string | null,
  staged: boolean,
) {
  const { job } = scene;
  const known = job.subjects[userId];
  const failures = work.kind === 'fail' ? (known?.failures ?? 0) + 1 : 0;
  const hours = failures > mostRetries ? null : (retryHours[failures - 1] ?? 24);
  const now = sceneNow(scene);
  const reaches = work.kind !== 'fail' && (work.kind !== 'skip' || work.target !== null);
  const subject: Subject = {
    assigned: scoping.assigned,
    targetId: targetId ?? known?.targetId ?? null,
    createdHere: work.kind === 'create' || (known?.createdHere ?? false),
    deletedHere: !staged && (work.kind === 'delete' || (!reaches && (known?.deletedHere ?? false))),
    failures,
    retryMs: staged ? now : failures && hours ? now + hours * hourMs : null,
  };
  if (subject.targetId && !known?.targetId) job.entryCount += 1;
  if (subject.targetId || subject.assigned || subject.retryMs !== null) job.subjects[userId] = subject;
  else delete job.subjects[userId];
}

function audit(scene: Scene, target: TenantState, activityDisplayName: string, user: User): void {
  appendAudit(scene.world, target, {
    category: 'UserManagement',
    activityDisplayName,
    operationType: activityDisplayName.split(' ')[0] ?? '',
    loggedByService: 'Core Directory',
    initiatedByApp: 'Microsoft.Azure.SyncFabric',
    targets: [{ id: user.id, displayName: user.displayName, type: 'User' }],
  });
}
