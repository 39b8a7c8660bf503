import {
  findIdentitySynchronization,
  setInboundSync,
  type IdentitySynchronization,
} from '../graph/cross-tenant-access-policy';
import { rolesFor } from '../graph/role-templates';
import type { Change, Step } from '../plan/types';
import { namesOf } from './step-words';

interface Observed {
  readonly identitySynchronization: IdentitySynchronization | null;
}

/** The target allows the source to create and update users in it (facts 3.4; 9.1, 2). */
export const inboundSync: Step<Observed> = {
  name: 'inbound-sync',
  side: 'target',
  tier: 'T2',
  roleTemplateIds: rolesFor.crossTenantAccess,
  permissions: ['Policy.Read.All', 'Policy.ReadWrite.CrossTenantAccess'],
  title: (context) => `Allow ${namesOf(context).source} to synchronize users into ${namesOf(context).target}`,
  meaning: (context) => {
    const { source, target } = namesOf(context);
    return `${source} may create, update and remove its own users in ${target}. ${target} can take this back at any time; users already there stay.`;
  },
  async observe({ target, link }) {
    const found = await findIdentitySynchronization(target, link.source.tenantId);
    return { identitySynchronization: found ?? null };
  },
  diff({ link }, { identitySynchronization }) {
    const now = identitySynchronization?.userSyncInbound?.isSyncAllowed ?? null;
    if (now === true) return [];
    const change: Change = {
      operation: identitySynchronization
        ? 'identitySynchronization.update'
        : 'identitySynchronization.create',
      title: `Inbound synchronization from ${link.source.displayName}`,
      fields: [{ field: 'userSyncInbound.isSyncAllowed', before: now ?? 'absent', after: true }],
      parameters: { partnerTenantId: link.source.tenantId, isSyncAllowed: true },
      affectedUsers: 0,
      undo: true,
    };
    return [change];
  },
  async apply(write, _change, _resolved, { link }) {
    const requestIds = await setInboundSync(write, link.source.tenantId, {
      displayName: link.source.displayName,
      isSyncAllowed: true,
    });
    return { requestIds };
  },
};
