import type { Link } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import { commandButton } from './buttons';
import { fit, type Frame, render, type View } from './render';
import { name, sentence, text, type Leaf, type Text } from './text';
import { when } from './when';
import { andMore, counted, linkName, linkTitle, listed } from './words';

export interface ScopeView {
  readonly link: Link;
  readonly who: 'assigned' | 'all' | 'unreadable';
  readonly groups: readonly {
    readonly displayName: string;
    readonly userCount: number;
    readonly nestedCount: number;
    readonly isGone: boolean;
  }[];
  /** Users assigned themselves; `names` is null where they may not be shown. */
  readonly direct: { readonly count: number; readonly names: readonly string[] | null };
  readonly candidateCount: number;
  readonly externalCount: number;
  readonly filters: readonly {
    /** "department is “Sales”". */
    readonly words: string;
    readonly passCount: number;
    readonly unknownCount: number;
  }[];
  readonly inScopeCount: number;
  readonly unknownCount: number;
  readonly isComplete: boolean;
  /** `null` when nobody can tell; `names` is null where they may not be shown. */
  readonly leaving: {
    readonly count: number;
    readonly names: readonly string[] | null;
    readonly isComplete: boolean;
  } | null;
  /** What happens to those who leave: guard and deletion, one sentence each. */
  readonly leavingNotes: readonly string[];
  /** ISO 8601. */
  readonly readAt: string;
  readonly timeZone?: string;
}

/** Who is in scope and why, and who would leave with the next cycle. */
export function scopeCard(view: ScopeView): AdaptiveCard {
  const link = linkName(view.link);
  const leaving = view.leaving?.count ?? 0;
  const frame: Frame = {
    kind: 'Scope',
    title: linkTitle(view.link),
    state: leaving > 0 ? text`${leaving} would leave` : text`${usersOf(view)} in scope`,
    style: leaving > 0 ? 'warning' : 'emphasis',
    sentence: sentenceOf(view),
    meaning: [...leavingLines(view), ...explanations(view)],
    footer: [text`read ${when(view.readAt, view.timeZone)}`],
  };
  const buttons = [
    commandButton('Show mappings', `map ${link}`),
    commandButton('Show status', `status ${link}`),
  ];
  return fit((limit) => {
    const facts: View = {
      groups: view.groups.slice(0, limit).map(groupRow),
      moreGroups: andMore(view.groups.length - limit, 'group'),
      direct: directLine(view, limit),
      filters: view.filters.slice(0, limit).map(filterRow),
      moreFilters: andMore(view.filters.length - limit, 'filter'),
    };
    return render('scope', frame, facts, { buttons });
  });
}

function usersOf({ inScopeCount, unknownCount, isComplete }: ScopeView): Text {
  const open = unknownCount > 0 ? text` to ${inScopeCount + unknownCount}` : '';
  return text`${isComplete ? '' : text`more than `}${inScopeCount}${open}`;
}

function sentenceOf(view: ScopeView): Text {
  const { source, target } = view.link;
  const way =
    view.who === 'all'
      ? text`Everybody in ${source.displayName} is in scope (SyncAll is on), whoever is assigned.`
      : view.who === 'unreadable'
        ? text`Whether everybody or only the assigned are in scope is not readable; this counts the assigned.`
        : text`Only assigned users and direct members of assigned groups are in scope.`;
  const none = view.candidateCount === 0 ? text` Nobody is assigned yet.` : '';
  return text`${way} **${usersOf(view)} ${name(view.inScopeCount === 1 ? 'user' : 'users')}** of ${source.displayName} can be synchronized to ${target.displayName}.${none}`;
}

function groupRow(group: ScopeView['groups'][number]): View {
  const nested =
    group.nestedCount > 0
      ? text`${counted(group.nestedCount, 'group')} inside, not followed`
      : text`no groups inside`;
  return {
    name: group.displayName,
    users: group.isGone ? text`deleted` : counted(group.userCount, 'user'),
    nested: group.isGone ? text`still assigned: unassign it` : nested,
  };
}

function directLine({ direct }: ScopeView, limit: number): Leaf {
  if (direct.count === 0) return '';
  const names = direct.names === null ? '' : text`: ${listed(direct.names, limit)}`;
  return text`**${counted(direct.count, 'user')}** assigned directly${names}.`;
}

function filterRow(filter: ScopeView['filters'][number]): View {
  const unknown = filter.unknownCount > 0 ? text`, ${filter.unknownCount} not worked out here` : '';
  return {
    words: sentence(filter.words),
    passes: text`${counted(filter.passCount, 'user passes', 'users pass')}${unknown}`,
  };
}

function leavingLines({ leaving, link, leavingNotes }: ScopeView): Leaf[] {
  const target = link.target.displayName;
  if (leaving === null)
    return [
      text`Who would leave cannot be told just now: the provisioning log or the scope is not readable to its end.`,
    ];
  const limits = leaving.isComplete ? '' : text` The log was not read to its end, so there may be more.`;
  if (leaving.count === 0)
    return [text`Nobody who is in ${target} by the provisioning log is out of scope.${limits}`];
  const names = leaving.names === null ? '' : text` (${listed(leaving.names, 8)})`;
  return [
    text`**${counted(leaving.count, 'user')}** whom the provisioning log shows in ${target} left the scope${names}.${limits}`,
    ...leavingNotes.map(sentence),
  ];
}

function explanations(view: ScopeView): Leaf[] {
  const nested = view.groups.some(({ nestedCount }) => nestedCount > 0);
  return [
    ...(view.externalCount > 0
      ? [
          text`${counted(view.externalCount, 'external user or guest', 'external users and guests')} among them never count: only internal members are synchronized.`,
        ]
      : []),
    ...(nested
      ? [text`Nested groups are not followed: assign them themselves if their members shall be synchronized.`]
      : []),
    text`Users with SMS sign-in are in scope, but the service skips them.`,
    ...(view.who === 'all'
      ? [text`setup leaves SyncAll as it is. **scope set ${linkName(view.link)} assigned** narrows it.`]
      : []),
  ];
}
