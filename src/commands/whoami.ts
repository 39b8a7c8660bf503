import { whoamiCard, type WhoamiView } from '../cards/whoami';
import { roleName, rolesFor } from '../graph/role-templates';
import type { Tenant } from '../plan/types';
import type { CommandDefinition } from './definition';
import { runnable } from './help-views';
import { mayAudit, mayOperate, mayView, mayViewAny, type Known } from './standing';
import { exampleNames, operatorsOf } from './words';

export const whoami: CommandDefinition = {
  name: 'whoami',
  aliases: ['me', 'who'],
  group: 'Start',
  summary: 'Who you are to me, your roles and what they let you do',
  details:
    'Roles are read from Microsoft Entra now. Eligible roles count only after you activate them in Privileged Identity Management.',
  arguments: [],
  options: [],
  tier: 'R',
  who: 'bootstrap',
  examples: () => ['whoami'],
  async run({ person, home, standing, tenants, commands }) {
    const { source, target } = exampleNames(tenants);
    const mayLook = standing !== null && mayViewAny(standing, tenants.all);
    const shown = mayLook ? tenants.all : [home];
    const looking = mayLook ? ['links', `check ${source}>${target}`] : ['help'];
    const suggestions = standing ? looking : [`connect ${home.key}`];
    return whoamiCard({
      person: standing?.person ?? person,
      userPrincipalName: standing?.userPrincipalName ?? null,
      tenant: home,
      roles: standing ? standing.roles.map(roleName).toSorted() : null,
      eligibleRoles: standing ? standing.eligibleRoles.map(roleName).toSorted() : [],
      unreadable: standing
        ? null
        : {
            reason: `Read consent is missing in ${home.displayName}, so I cannot see your roles.`,
            remedy: `Run connect ${home.key}.`,
          },
      authority: standing ? shown.map((tenant) => authorityIn(standing, tenant)) : [],
      suggestions: runnable(suggestions, commands),
    });
  },
};

/** What people approve is decided per step; here it is told by kind of step (facts 2.3). */
const approvals: readonly (readonly [string, readonly string[]])[] = [
  ['approve access settings', rolesFor.crossTenantAccess],
  ['approve jobs', rolesFor.synchronization],
  ['approve assignments', rolesFor.assignments],
];

function authorityIn(standing: Known, tenant: Tenant): WhoamiView['authority'][number] {
  const isOwn = standing.person.tenantId.toLowerCase() === tenant.tenantId.toLowerCase();
  const isApprover = standing.groups.some(
    ({ tenantId, name }) => tenantId === tenant.tenantId && name === 'approvers',
  );
  const approves = approvals
    .filter(([, roles]) => isApprover || (isOwn && standing.roles.some((role) => roles.includes(role))))
    .map(([words]) => words);
  const may = [
    ...(mayView(standing, tenant) ? ['look'] : []),
    ...(mayOperate(standing, tenant) ? ['ask for changes'] : []),
    ...(mayAudit(standing, tenant) ? ['read the audit'] : []),
    ...approves,
  ];
  return {
    scope: tenant.displayName,
    may,
    missing: may.includes('ask for changes') ? null : operatorsOf(tenant),
  };
}
