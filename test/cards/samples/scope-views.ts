import { mapCard, type MapLine } from '../../../src/cards/map';
import { scopeCard } from '../../../src/cards/scope';
import { leavingNotes } from '../../../src/engine/leaving';
import type { Cast } from './cast';
import type { Maker } from './sample';
import { at, times } from './times';

const notes = (cast: Cast, count: number) =>
  leavingNotes(count, {
    targetName: cast.link.target.displayName,
    guard: { limit: 10, isDefault: false },
    isDeleting: true,
  });

const groups = (cast: Cast, count: number) =>
  times(count, (index) => ({
    displayName: cast.group,
    userCount: 12 + index,
    nestedCount: index % 3,
    isGone: index % 4 === 3,
  }));

const lines: readonly MapLine[] = [
  ['alternativeSecurityIds', 'AltSecIdFromNetId(netId)', 'AltSecIdFromNetId([netId])'],
  ['displayName', 'givenName and surname, joined with “ ”', 'Join(" ", [givenName], [surname])'],
  ['department', 'department', ''],
  ['userType', 'always “Member”', ''],
].map(([target = '', words = '', raw = ''], index) => ({
  target,
  words,
  raw,
  isMatching: index === 0,
  isOnce: target === 'userType',
  difference: index === 1 ? 'changed' : 'same',
}));

/** Who is in scope, and what becomes of their attributes. */
export const scopeMakers: readonly Maker[] = [
  {
    card: 'scope',
    of: 'assigned',
    draw: (cast, count) =>
      scopeCard({
        link: cast.link,
        who: 'assigned',
        groups: groups(cast, count),
        direct: { count, names: times(Math.min(count, 50), () => cast.user.displayName) },
        candidateCount: 14 * count,
        externalCount: count > 1 ? 2 : 0,
        filters: times(Math.min(count, 3), () => ({
          words: `department is “${cast.group}” and city is not empty`,
          passCount: 11,
          unknownCount: 0,
        })),
        inScopeCount: 11 * count,
        unknownCount: 0,
        isComplete: count < 10_000,
        leaving: { count, names: times(Math.min(count, 50), () => cast.user.displayName), isComplete: true },
        leavingNotes: notes(cast, count),
        readAt: at,
      }),
  },
  {
    card: 'scope',
    of: 'all',
    draw: (cast, count) =>
      scopeCard({
        link: cast.link,
        who: 'all',
        groups: [],
        direct: { count: 0, names: null },
        candidateCount: count,
        externalCount: 0,
        filters: [],
        inScopeCount: count,
        unknownCount: count > 2 ? 2 : 0,
        isComplete: true,
        leaving: count === 1 ? null : { count: 0, names: null, isComplete: false },
        leavingNotes: [],
        readAt: at,
      }),
  },
  {
    card: 'map',
    of: '',
    draw: (cast, count) =>
      mapCard({
        link: cast.link,
        lines: lines.slice(0, count + 1),
        total: count + 1,
        page: 1,
        pages: count > 4 ? 3 : 1,
        differences: times(
          count,
          () => `displayName is “${cast.user.displayName}”; the template has displayName.`,
        ),
        explanations: [
          `userType decides whether new users are members or guests of ${cast.link.target.displayName}.`,
          'alternativeSecurityIds matches the users of both tenants. It is fixed: the service refuses any change of it.',
        ],
        readAt: at,
      }),
  },
];
