import {
  findIdentitySynchronization,
  findPartner,
  setInboundSync,
  type IdentitySynchronization,
} from '../graph/cross-tenant-access-policy';
import { rolesFor } from '../graph/role-templates';
import type { Change, Step, StepContext } from '../plan/types';
import { namesOf } from './step-words';
import { countSynchronizedUsers, isWantedOn, requirePartner } from './wanted';

interface Observed {
  readonly identitySynchronization: IdentitySynchronization | null;
  /** Users who no longer get changes when it is switched off; not counted for switching on. */
  readonly users: number;
}

/** The target allows the source to create and update users in it, or stops it (facts 3.4; 9.1, 2). */
export const inboundSync: Step<Observed> = {
  name: 'inbound-sync',
  side: 'target',
  tier: 'T2',
  roleTemplateIds: rolesFor.crossTenantAccess,
  permissions: ['Policy.Read.All', 'Policy.ReadWrite.CrossTenantAccess'],
  title: (context) => {
    const { source, target } = namesOf(context);
    return isWantedOn(context)
      ? `Allow ${source} to synchronize users into ${target}`
      : `Stop ${source} from synchronizing users into ${target}`;
  },
  meaning: (context) => (isWantedOn(context) ? meaningOfOn(context) : meaningOfOff(context)),
  async observe(context) {
    const { target, link, subject } = context;
    if (subject) {
      requirePartner(context, 'target', (await findPartner(target, link.source.tenantId)) ?? null);
    }
    const found = await findIdentitySynchronization(target, link.source.tenantId);
    return {
      identitySynchronization: found ?? null,
      users: isWantedOn(context) ? 0 : await countSynchronizedUsers(context),
    };
  },
  diff(context, { identitySynchronization, users }) {
    const { link } = context;
    const now = identitySynchronization?.userSyncInbound?.isSyncAllowed ?? null;
    const wanted = isWantedOn(context);
    if ((now ?? false) === wanted) return [];
    const change: Change = {
      operation: identitySynchronization
        ? 'identitySynchronization.update'
        : 'identitySynchronization.create',
      title: `Inbound synchronization from ${link.source.displayName}`,
      fields: [{ field: 'userSyncInbound.isSyncAllowed', before: now ?? 'absent', after: wanted }],
      parameters: { partnerTenantId: link.source.tenantId, isSyncAllowed: wanted },
      affectedUsers: users,
      undo: true,
    };
    return [change];
  },
  async apply(write, { parameters }, _resolved, { link }) {
    const requestIds = await setInboundSync(write, link.source.tenantId, {
      displayName: link.source.displayName,
      isSyncAllowed: parameters['isSyncAllowed'] === true,
    });
    return { requestIds };
  },
};

function meaningOfOn(context: StepContext): string {
  const { source, target } = namesOf(context);
  return `${source} may create, update and remove its own users in ${target}. ${target} can take this back at any time; users already there stay.`;
}

/** Facts 3.4 (they stay), 4.6 (errors of policy quarantine at once). */
function meaningOfOff(context: StepContext): string {
  const { source, target } = namesOf(context);
  return `Users already in ${target} stay and can sign in, but get no more changes, not even when they leave ${source}. The next cycle fails and the job goes into quarantine until this is on again; pause the link first to avoid that.`;
}
