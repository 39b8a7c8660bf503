import { listRoleHolders } from '../../graph/role-holders';
import { roleTemplates, rolesFor } from '../../graph/role-templates';
import type { Look } from '../look';
import type { Check, Finding } from '../types';

/** Who could approve. */
export const peopleChecks: readonly Check[] = [
  {
    name: 'approvers-target',
    side: 'target',
    title: 'Somebody who can approve',
    run: async (look) => [await approverFinding(look, 'target', [rolesFor.crossTenantAccess])],
  },
  {
    name: 'approvers-source',
    side: 'source',
    title: 'Somebody who can approve',
    run: async (look) => {
      const needed = [rolesFor.crossTenantAccess, rolesFor.synchronization, rolesFor.assignments];
      return [await approverFinding(look, 'source', needed)];
    },
  },
];

/** An approver holds a role for every step in the tenant (decisions, Who may). */
async function approverFinding(
  look: Look,
  side: 'source' | 'target',
  perStep: readonly (readonly string[])[],
): Promise<Finding> {
  const holders = await listRoleHolders(look.graph(side), [...new Set(perStep.flat())]);
  const able = holders.filter(({ roleTemplateIds }) =>
    perStep.every((roles) => roles.some((role) => roleTemplateIds.includes(role))),
  );
  const words =
    side === 'target'
      ? 'Security Administrator'
      : 'Security Administrator and Application (or Cloud Application) Administrator';
  const needed = side === 'target' ? `a ${words}` : `one person who is ${words}`;
  if (able.length > 0) {
    const globals = able.filter((one) =>
      one.roleTemplateIds.includes(roleTemplates.globalAdministrator),
    ).length;
    const current = `${able.length} ${able.length === 1 ? 'person' : 'people'}${globals === able.length ? ', Global Administrators only' : ''}`;
    return { verdict: 'pass', current, needed };
  }
  const fix = {
    role: `Privileged Role Administrator of ${look.tenant(side).displayName}`,
    remedy: 'Assign the role, or activate it in Privileged Identity Management.',
  };
  return { verdict: 'stop', current: 'nobody holds it now', needed, fix };
}
