import { readMembers } from '../engine/members';
import type { AppRoleAssignment } from '../graph/app-role-assignments';
import { findGroup } from '../graph/groups';
import { findUser } from '../graph/users';
import type { DesiredAssignment, Link } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import type { CommandContext } from './context';
import type { CommandDefinition } from './definition';
import type { OrCard } from './desired';
import { draftPlan } from './draft';
import { isPrivileged } from './is-privileged';
import { lookAt } from './look-at';
import { badInput, notFound } from './not-found-views';
import { linkName } from './tenant-names';
import { idsText, principalsWords, typedNames } from './typed-names';
import { listed } from './words';

export const unassign: CommandDefinition = {
  name: 'unassign',
  aliases: [],
  group: 'Change',
  summary: 'Take users and groups out of scope of a link',
  details:
    'Users who have no other way into scope lose their account in the target: it is deleted softly and can be restored for 30 days. The plan counts them, and the approvers see who they are.',
  arguments: [
    { name: 'link', kind: 'link' },
    { name: 'who', kind: 'rest' },
  ],
  options: [],
  tier: 'T2',
  who: 'operator',
  examples: ({ source, target }) => [
    `unassign ${source}>${target} group:Pilot`,
    `plan unassign ${source}>${target} user@domain`,
  ],
  async run(context, { words }) {
    const { link } = context;
    if (!link) throw new Error('unassign needs a link');
    const rows = await lookAt(context, link).assignments();
    const found: DesiredAssignment[] = [];
    for (const name of typedNames(words['who'] ?? '')) {
      const one = await assignedAs(context, link, rows, name);
      if ('card' in one) return one.card;
      found.push(one.value);
    }
    return draftPlan(context, link, {
      kind: 'unassign',
      desired: null,
      subject: {
        type: 'assignments',
        command: `unassign ${linkName(link)} ${idsText(found)}`,
        displayName: principalsWords(found),
        assignments: found,
      },
      isSubjectPrivileged: await isPrivileged(context.graph.read(link.source.tenantId), found),
    });
  },
};

/** Looked up among those who are assigned, so that somebody who is deleted can be taken out too. */
async function assignedAs(
  context: CommandContext,
  link: Link,
  rows: readonly AppRoleAssignment[],
  typed: string,
): Promise<OrCard<DesiredAssignment>> {
  const isGroup = typed.toLowerCase().startsWith('group:');
  const name = typed.replace(/^(group|user):/i, '').trim();
  const id = await principalId(context, link, name, isGroup);
  const own = rows.filter((row) => (row.principalType?.toLowerCase() === 'group') === isGroup);
  const known = own.filter((row) => row.principalId.toLowerCase() === (id ?? name).toLowerCase());
  const called = own.filter((row) => row.principalDisplayName?.toLowerCase() === name.toLowerCase());
  const fitting = known.length > 0 ? known : id === null ? called : [];
  const [row] = fitting;
  if (!row || fitting.length > 1) return { card: await notAssigned(context, link, rows, typed, id) };
  return {
    value: {
      principalId: row.principalId,
      principalType: isGroup ? 'Group' : 'User',
      displayName: row.principalDisplayName ?? row.principalId,
      userCount: 1,
    },
  };
}

async function principalId(
  { graph }: CommandContext,
  link: Link,
  name: string,
  isGroup: boolean,
): Promise<string | null> {
  const source = graph.read(link.source.tenantId);
  if (isGroup) {
    const group = await findGroup(source, name);
    return group.outcome === 'found' ? group.group.id : null;
  }
  const user = await findUser(source, name);
  return user.outcome === 'found' ? user.user.id : null;
}

/** Says through which groups the user is in scope, when it is not by an assignment of their own. */
async function notAssigned(
  { graph }: CommandContext,
  link: Link,
  rows: readonly AppRoleAssignment[],
  typed: string,
  id: string | null,
): Promise<AdaptiveCard> {
  const doing = `looking for “${typed.slice(0, 64)}” among those assigned to ${link.target.displayName}`;
  const { users, groups } = await readMembers(graph.read(link.source.tenantId), rows, []);
  const via = users.find(({ userId }) => userId === id)?.via ?? [];
  const through = groups.filter(({ groupId }) => via.includes(groupId.toLowerCase()));
  if (through.length > 0) {
    const names = listed(through.map(({ displayName }) => `the group “${displayName}”`));
    const remedy = `Take the user out of ${names} in Entra, or unassign the group: it is the way into scope.`;
    return badInput(doing, remedy, []);
  }
  return notFound(doing, 'Look at who is assigned.', [`scope ${linkName(link)}`]);
}
