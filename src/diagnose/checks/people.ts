import { findSmsSignInUsers } from '../../graph/authentication-methods';
import { listRoleHolders } from '../../graph/role-holders';
import { roleTemplates, rolesFor } from '../../graph/role-templates';
import type { Look } from '../look';
import { scopeWords } from '../scope';
import type { Check, Finding } from '../types';

/** Users looked at for SMS sign-in: Graph allows five such reads in ten seconds (facts 7.2). */
export const smsSampleSize = 20;

/** Who could approve, and whom SMS sign-in would keep out. */
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
  { name: 'sms-sign-in', side: 'source', title: 'SMS sign-in of users in scope', run: smsFindings },
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

async function smsFindings(look: Look): Promise<readonly Finding[]> {
  const scope = await look.scope();
  const needed = 'off: such users are skipped';
  if (scope.users.length === 0) {
    return [{ verdict: 'pass', current: 'nobody is in scope yet', needed }];
  }
  const sample = scope.users.slice(0, smsSampleSize);
  const { withSms, unread } = await findSmsSignInUsers(
    look.source,
    sample.map(({ id }) => id),
  );
  const of =
    sample.length < scope.users.length
      ? `of ${sample.length} looked at (${scopeWords(scope)})`
      : `of ${scopeWords(scope)}`;
  const missing = unread.length > 0 ? `, ${unread.length} not readable` : '';
  if (withSms.length === 0 && unread.length === 0) {
    return [{ verdict: 'pass', current: `off for all ${of}`, needed }];
  }
  const names = sample.filter(({ id }) => withSms.includes(id)).map(({ name }) => name);
  const who = names.length > 0 ? `: ${names.slice(0, 3).join(', ')}${names.length > 3 ? '…' : ''}` : '';
  const fix = {
    role: `Authentication Administrator of ${look.link.source.displayName}`,
    remedy: 'Turn SMS sign-in off for these users; their number can stay for MFA.',
  };
  return [{ verdict: 'warn', current: `on for ${withSms.length} ${of}${missing}${who}`, needed, fix }];
}
