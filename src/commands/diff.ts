import { diffCard, type DiffRow, type DiffView } from '../cards/diff';
import { documented, readFacets, type Facet } from '../diagnose/link-facets';
import type { Link } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import type { CommandContext } from './context';
import type { CommandDefinition } from './definition';
import { diffAgainstPlans } from './diff-plans';
import { faultyText } from './help-views';
import { lookAt } from './look-at';
import { notFound, unknownLink } from './not-found-views';
import { mayOperateLink, mayViewLink } from './standing';
import { linkName } from './tenant-names';

export const diff: CommandDefinition = {
  name: 'diff',
  aliases: [],
  group: 'Look',
  summary: 'What differs, field by field, from plans or another link',
  details:
    'Compares what Microsoft Graph says now with the documented set-up (template), with what the plans applied here wanted (last), or with another link. Attribute mappings are compared by the type of new users only.',
  arguments: [{ name: 'link', kind: 'link' }],
  options: [
    {
      name: 'against',
      summary: 'What to compare with; the documented set-up without it',
      value: { type: 'text', placeholder: 'last|template|link', takesLink: true },
    },
  ],
  tier: 'R',
  who: 'viewer',
  examples: ({ source, target }) => [
    `diff ${source}>${target}`,
    `diff ${source}>${target} --against last`,
    `diff ${source}>${target} --against ${target}>${source}`,
  ],
  async run(context, { options }) {
    const { link } = context;
    if (!link) throw new Error('diff compares a link');
    const against = options['against'] ?? 'template';
    const [source, target] = against.split('>');
    if (source && target) return againstLink(context, link, { source, target });
    switch (against.toLowerCase()) {
      case 'last':
        return diffCard(await diffAgainstPlans(context, link));
      case 'template':
        return againstTemplate(context, link);
      default: {
        const fault = 'Compare with last, with template, or with a link: source>target.';
        return faultyText(`diff ${linkName(link)} --against ${against}`, diff, fault);
      }
    }
  },
};

async function againstTemplate(context: CommandContext, link: Link): Promise<AdaptiveCard> {
  const facets = await readFacets(lookAt(context, link));
  const rows = facets.flatMap(({ setting, value }) => {
    const wanted = Object.hasOwn(documented, setting) ? documented[setting] : undefined;
    return wanted === undefined ? [] : [rowOf(setting, value, wanted)];
  });
  return diffCard({
    ...viewOf(context, link, rows),
    against: 'the documented set-up',
    column: 'Wanted',
    notes: ['Trust, notification mails and the deletion guard are yours to choose; they are not compared.'],
    others: [`diff ${linkName(link)} --against last`],
  });
}

async function againstLink(
  context: CommandContext,
  link: Link,
  typed: { readonly source: string; readonly target: string },
): Promise<AdaptiveCard> {
  const found = await context.tenants.findLink(typed);
  if (found.outcome === 'unknown') return unknownLink(found, context.tenants);
  const other = found.outcome === 'found' ? found.link : null;
  if (!other || !context.standing || !mayViewLink(context.standing, other)) {
    return notFound(
      'looking for the link to compare with',
      'Name a link that you may see: links lists them.',
      ['links'],
    );
  }
  const [own, others] = await Promise.all([
    readFacets(lookAt(context, link)),
    readFacets(lookAt(context, other)),
  ]);
  const name = linkName(other);
  return diffCard({
    ...viewOf(context, link, sideBySide(own, others)),
    plan: null,
    against: name,
    column: name,
    notes: ['Who is assigned is not compared: two links have different people.'],
    others: [`diff ${linkName(link)} --against last`, `diff ${linkName(link)} --against template`],
  });
}

function sideBySide(own: readonly Facet[], others: readonly Facet[]): readonly DiffRow[] {
  return own.map(({ setting, value }) => {
    const other = others.find((one) => one.setting === setting);
    return rowOf(setting, value, other?.value ?? 'absent');
  });
}

const unreadable = 'not readable';

function rowOf(setting: string, now: string, against: string): DiffRow {
  const isReadable = now !== unreadable && against !== unreadable;
  return { setting, now, against, isEqual: isReadable ? now.toLowerCase() === against.toLowerCase() : null };
}

function viewOf(context: CommandContext, link: Link, rows: readonly DiffRow[]) {
  const mayPlan = context.standing !== null && mayOperateLink(context.standing, link);
  const differs = rows.some(({ isEqual }) => isEqual === false);
  return {
    link,
    rows,
    plan: mayPlan && differs ? `setup ${linkName(link)}` : null,
    readAt: context.graph.now().toISOString(),
  } satisfies Partial<DiffView>;
}
