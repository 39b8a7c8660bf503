import type { FilterClause, ScopeSubject } from '../plan/subject';
import type { Link } from '../plan/types';
import type { CommandDefinition } from './definition';
import { draftPlan } from './draft';
import { badInput } from './not-found-views';
import { linkName } from './tenant-names';
import { typedFilter } from './typed-filter';

export const scopeSet: CommandDefinition = {
  name: 'scope set',
  aliases: [],
  group: 'Change',
  summary: 'Change who is in scope: assigned or all, and the filter',
  details:
    'Shows before how many users enter and leave; the approvers see who leaves. Those who leave lose their account in the target softly, for 30 days. A filter replaces every other one; --filter none takes it away. From all to assigned takes effect when the job is restarted.',
  arguments: [
    { name: 'link', kind: 'link' },
    { name: 'assigned|all', kind: 'word' },
  ],
  options: [
    {
      name: 'filter',
      summary: 'Only users for whom this holds; several joined with AND',
      value: { type: 'text', placeholder: '"attribute operator value"' },
    },
  ],
  tier: 'T2',
  who: 'operator',
  examples: ({ source, target }) => [
    `scope set ${source}>${target} assigned`,
    `scope set ${source}>${target} assigned --filter "department EQUALS Sales"`,
    `scope set ${source}>${target} assigned --filter none`,
  ],
  async run(context, { words, options }) {
    const { link } = context;
    if (!link) throw new Error('scope set needs a link');
    const name = linkName(link);
    const who = (words['assigned|all'] ?? '').toLowerCase();
    if (who !== 'assigned' && who !== 'all') {
      const remedy = 'Say assigned or all: only assigned users and groups, or everybody.';
      return badInput('reading who shall be in scope', remedy, [`scope set ${name} assigned`]);
    }
    const typed = options['filter'];
    const filter = typed === undefined ? null : typedFilter(typed);
    if (filter && 'fault' in filter) {
      return badInput('reading the scoping filter', filter.fault, [`scope ${name}`]);
    }
    const subject = subjectOf(link, who, filter?.clauses ?? null);
    return draftPlan(context, link, { kind: 'scope-set', desired: null, subject });
  },
};

function subjectOf(
  link: Link,
  who: 'assigned' | 'all',
  filter: readonly FilterClause[] | null,
): ScopeSubject {
  const option = filter === null ? '' : ` --filter "${filterText(filter)}"`;
  return {
    type: 'scope',
    command: `scope set ${linkName(link)} ${who}${option}`,
    displayName: filter === null ? who : `${who}, ${filterText(filter)}`,
    who,
    filter,
  };
}

/** As `--filter` takes it again. */
function filterText(clauses: readonly FilterClause[]): string {
  if (clauses.length === 0) return 'none';
  return clauses
    .map(({ attribute, operator, values }) => [attribute, operator, ...values].join(' '))
    .join(' AND ');
}
