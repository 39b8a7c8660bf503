import type { PersonOnPage } from '../protocol';

/** What somebody is, in a few words: roles, "eligible", "guest". */
export function roleLine({ roles, eligibleRoles, isGuest }: PersonOnPage): string {
  if (isGuest) return 'Guest';
  const [first, ...more] = roles;
  if (first) return more.length > 0 ? `${first} +${more.length}` : first;
  return eligibleRoles[0] ? `Eligible: ${eligibleRoles[0]}` : 'No role';
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
