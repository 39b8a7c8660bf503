import type { PersonOnPage } from '../protocol';
import { present } from './model';

function nameOf(tenantKey: string): string {
  return present().state?.tenants.find(({ key }) => key === tenantKey)?.displayName ?? tenantKey;
}

const short = (role = '') => role.replace(' Administrator', ' Admin');

/** What somebody is, in a few words: roles, "eligible", "guest". */
export function roleLine({ roles, eligibleRoles, isGuest, homeTenantKey, tenantKey }: PersonOnPage): string {
  if (isGuest) return homeTenantKey === tenantKey ? 'Guest' : `Guest from ${nameOf(homeTenantKey)}`;
  const [first, ...more] = roles;
  if (first) return more.length > 0 ? `${short(first)} +${more.length}` : short(first);
  return eligibleRoles[0] ? `Eligible: ${short(eligibleRoles[0])}` : 'No role';
}

/** The same in full, for a title. */
export function roleTitle({ userPrincipalName, roles, eligibleRoles, isGuest }: PersonOnPage): string {
  const lines = [
    userPrincipalName,
    ...(isGuest ? ['Guest in this tenant'] : []),
    ...roles,
    ...eligibleRoles.map((role) => `${role} (eligible, not active)`),
  ];
  return (roles.length + eligibleRoles.length > 0 ? lines : [...lines, 'No directory role']).join('\n');
}
