import { auditCall } from '../audits';
import type { Call } from '../route';
import type { AuditChange, User } from '../world';

/** One line in the directory audit for a change to a user made through Graph. */
export function auditUser(
  call: Call,
  activityDisplayName: string,
  user: Pick<User, 'id' | 'displayName'>,
  modified: AuditChange[] = [],
): void {
  auditCall(call, {
    category: 'UserManagement',
    activityDisplayName,
    operationType: 'Update',
    targets: [{ id: user.id, displayName: user.displayName, type: 'User' }],
    modified,
  });
}
