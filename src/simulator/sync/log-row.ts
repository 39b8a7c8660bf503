import { newId } from '../clock';
import { hashText } from '../hash';
import type { TenantState, User } from '../world';
import { alternativeSecurityIds, printed, readAttribute } from './attributes';
import type { Decision } from './evaluate';
import { sceneNow, type Scene } from './scene';
import type { LogRow, ModifiedProperty, OpenRow, ProvisioningAction, RowDetail } from './state';

const retentionMs = 30 * 86_400_000;
const mostRows = 250_000;

interface RowFacts {
  readonly cycleId: string;
  readonly action: ProvisioningAction;
  readonly targetId: string | null;
}

/** Writes one row of the provisioning log for what was decided and done about one user. */
export function appendRow(scene: Scene, target: TenantState, decision: Decision, facts: RowFacts): OpenRow {
  const { world, source, servicePrincipal, job } = scene;
  const { work, user, userId, scoping } = decision;
  const id = newId(world);
  const detail: RowDetail = {
    imported: user ? importedOf(scene, user, decision) : {},
    scoping,
    modified: modifiedBy(decision),
  };
  const row: LogRow = {
    id,
    atMs: sceneNow(scene),
    targetTenantId: target.tenantId,
    servicePrincipalId: servicePrincipal.id,
    jobId: job.id,
    cycleId: facts.cycleId,
    changeId: newId(world),
    action: facts.action,
    status: work.kind === 'fail' ? 'failure' : work.kind === 'skip' ? 'skipped' : 'success',
    isOnDemand: scene.isOnDemand,
    durationMs: 400 + (hashText(id) % 4000),
    source: {
      id: userId,
      displayName: user?.displayName ?? '',
      userPrincipalName: user?.userPrincipalName ?? '',
    },
    targetId: facts.targetId,
    matched: work.kind !== 'create' && facts.targetId !== null,
    failure: work.kind === 'fail' ? work.failure : null,
    skipReason: work.kind === 'skip' ? work.reason : null,
    detail: JSON.stringify(detail),
  };
  source.sync.rows.push(row);
  trim(source.sync.rows, row.atMs);
  return { ...row, ...detail };
}

/** Drops rows that are older than 30 simulated days, in blocks: readers leave out the few that are left. */
function trim(rows: LogRow[], nowMs: number): void {
  const fresh = rows.findIndex(({ atMs }) => atMs >= nowMs - retentionMs);
  const excess = Math.max(fresh, rows.length - mostRows);
  if (excess > 1000) rows.splice(0, excess);
}

function modifiedBy({ work }: Decision): ModifiedProperty[] {
  const deletion = (oldValue: string, newValue: string) => [
    { displayName: 'IsSoftDeleted', oldValue, newValue },
  ];
  if (work.kind === 'delete') return deletion('False', 'True');
  if (work.kind === 'restore') return [...deletion('True', 'False'), ...work.flow.modified];
  return work.kind === 'create' || work.kind === 'update' ? [...work.flow.modified] : [];
}

const shownOnImport = [
  'accountEnabled',
  'department',
  'displayName',
  'mailNickname',
  'mail',
  'userPrincipalName',
  'netId',
];

function importedOf({ world, source }: Scene, user: User, { scoping, isSoftDeleted }: Decision) {
  const imported: Record<string, string> = { objectId: user.id };
  for (const name of shownOnImport) {
    const value = readAttribute(user, name);
    if (value !== null) imported[name] = printed(value);
  }
  imported['alternativeSecurityIds'] = alternativeSecurityIds(world, source, user);
  imported['IsSoftDeleted'] = printed(isSoftDeleted);
  if (scoping.assigned) imported['appRoleAssignments'] = 'msiam_access';
  return imported;
}
