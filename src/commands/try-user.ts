import { isExternal, listActiveRoles } from '../graph/directory';
import { findUser } from '../graph/users';
import type { CommandDefinition } from './definition';
import { draftPlan } from './draft';
import { badInput, unknownUser } from './not-found-views';
import { linkName } from './tenant-names';

export const tryUser: CommandDefinition = {
  name: 'try',
  aliases: ['ondemand'],
  group: 'Change',
  summary: 'Synchronize one user now and show each step',
  details:
    'Runs the synchronization for this user at once and changes nobody else. A user assigned a moment ago may need a few minutes. Users, not groups. A user out of scope whose account is in the target loses it: that needs an approver.',
  arguments: [
    { name: 'user', kind: 'user' },
    { name: 'link', kind: 'link' },
  ],
  options: [],
  tier: 'T1',
  who: 'operator',
  examples: ({ source, target }) => [`try user@domain ${source}>${target}`],
  async run(context, { words }) {
    const { link, graph } = context;
    if (!link) throw new Error('try needs a link');
    const source = graph.read(link.source.tenantId);
    const typed = words['user'] ?? '';
    const found = await findUser(source, typed);
    if (found.outcome !== 'found') {
      return unknownUser(typed, found, link.source, (name) => `try ${name} ${linkName(link)}`);
    }
    const { user } = found;
    const displayName = user.displayName ?? typed;
    if (isExternal(user)) {
      return badInput(
        `trying ${displayName}`,
        'Choose an internal user: external ones are not synchronized.',
        [],
      );
    }
    const roles = await listActiveRoles(source, user.id);
    return draftPlan(context, link, {
      kind: 'try',
      desired: null,
      subject: {
        type: 'user',
        command: `try ${user.id} ${linkName(link)}`,
        displayName,
        userId: user.id,
        userPrincipalName: user.userPrincipalName ?? typed,
        phoneType: null,
      },
      isSubjectPrivileged: roles.length > 0,
    });
  },
};
