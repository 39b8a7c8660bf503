import { isPrivileged } from './is-privileged';
import type { CommandDefinition } from './definition';
import { assignmentsOf } from './desired';
import { draftPlan } from './draft';
import { linkName } from './tenant-names';
import { idsText, principalsWords, typedNames } from './typed-names';

export const assign: CommandDefinition = {
  name: 'assign',
  aliases: [],
  group: 'Change',
  summary: 'Put users and groups in scope of a link',
  details:
    'Of a group only direct members count: nested groups are not followed. You confirm the plan yourself; for more than 25 people, or an administrator, somebody else approves it.',
  arguments: [
    { name: 'link', kind: 'link' },
    { name: 'who', kind: 'rest' },
  ],
  options: [],
  tier: 'T1',
  who: 'operator',
  examples: ({ source, target }) => [
    `assign ${source}>${target} group:Pilot`,
    `assign ${source}>${target} user@domain, group:"Second Wave"`,
  ],
  async run(context, { words }) {
    const { link, graph } = context;
    if (!link) throw new Error('assign needs a link');
    const source = graph.read(link.source.tenantId);
    const line = (name: string) => `assign ${linkName(link)} ${name}`;
    const found = await assignmentsOf(typedNames(words['who'] ?? ''), link, source, line);
    if ('card' in found) return found.card;
    const assignments = found.value;
    return draftPlan(context, link, {
      kind: 'assign',
      desired: null,
      subject: {
        type: 'assignments',
        command: line(idsText(assignments)),
        displayName: principalsWords(assignments),
        assignments,
      },
      isSubjectPrivileged: await isPrivileged(source, assignments),
    });
  },
};
