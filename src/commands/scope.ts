import { emptyCard } from '../cards/empty';
import { scopeCard } from '../cards/scope';
import { readScopeReport, type ScopeReport } from '../diagnose/scope-report';
import { clausesInWords } from '../engine/filters';
import { leavingNotes } from '../engine/leaving';
import type { Link } from '../plan/types';
import type { CommandContext } from './context';
import type { CommandDefinition } from './definition';
import { runnable } from './help-views';
import { lookAt } from './look-at';
import { mayView } from './standing';
import { linkName } from './tenant-names';

export const scope: CommandDefinition = {
  name: 'scope',
  aliases: [],
  group: 'Look',
  summary: 'Who is in scope of a link, and who would leave',
  details:
    'Counts assigned users and direct members of assigned groups, and how many pass the scoping filters. Names are shown in a personal chat to people who may see the source tenant.',
  arguments: [{ name: 'link', kind: 'link' }],
  options: [],
  tier: 'R',
  who: 'viewer',
  examples: ({ source, target }) => [`scope ${source}>${target}`],
  async run(context) {
    const { link, commands } = context;
    if (!link) throw new Error('scope needs a link');
    const look = lookAt(context, link);
    const report = await readScopeReport(look);
    if (!report) {
      return emptyCard({
        title: `Scope of ${linkName(link)}`,
        sentence: 'There is no configuration yet, so nobody is in scope.',
        nextStep: 'setup plans it.',
        suggestions: runnable([`setup ${linkName(link)}`], commands),
      });
    }
    const showsNames = maySeeNames(context, link);
    const shown = (names: readonly string[]) => (showsNames ? names : null);
    return scopeCard({
      ...report,
      link,
      direct: {
        count: report.direct.length,
        names: shown(report.direct.map(({ displayName }) => displayName)),
      },
      filters: report.filters.map(({ filter, ...counts }) => ({
        ...counts,
        words: clausesInWords(filter.clauses),
      })),
      leaving: report.leaving && {
        count: report.leaving.names.length,
        names: shown(report.leaving.names),
        isComplete: report.leaving.isComplete,
      },
      leavingNotes: notesOf(report, link),
      readAt: context.graph.now().toISOString(),
    });
  },
};

function maySeeNames({ incoming, standing }: CommandContext, link: Link): boolean {
  return incoming.conversation.kind === 'personal' && standing !== null && mayView(standing, link.source);
}

function notesOf({ leaving, guard, deletesLeavers }: ScopeReport, link: Link): readonly string[] {
  const rules = { targetName: link.target.displayName, guard, isDeleting: deletesLeavers };
  return leavingNotes(leaving?.names.length ?? 0, rules);
}
