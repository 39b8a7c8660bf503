import { appendAudit } from '../audits';
import type { Call } from '../route';
import type { User } from '../world';

/** One line in the directory audit for a change to a user made through Graph. */
export function auditUser(
  call: Call,
  activityDisplayName: string,
  user: Pick<User, 'id' | 'displayName'>,
): void {
  appendAudit(call.world, call.tenant, {
    category: 'UserManagement',
    activityDisplayName,
    operationType: 'Update',
    loggedByService: 'Core Directory',
    initiatedByApp: call.clientId,
    targets: [{ id: user.id, displayName: user.displayName, type: 'User' }],
  });
}
