import { explainCard } from '../../../src/cards/explain';
import { logsCard, type LogCauseView } from '../../../src/cards/logs';
import type { Cast } from './cast';
import type { Maker } from './sample';
import { at, times } from './times';

const kinds = [
  {
    cause: 'SMS sign-in is on for the user, or the user is really external: one filter catches both.',
    remedy:
      'Look at the user: switch SMS sign-in off and keep the number, or take an external user out of scope.',
    code: 'EntrySynchronizationSkipped',
    said: null,
    skipped: 12,
  },
  {
    cause: 'An internal user of the target has the same mail address.',
    remedy: 'Remove the address from the internal user of the target, or take the source user out of scope.',
    code: 'InvitationCreationFailureAmbiguousUser',
    said: null,
    failed: 2,
  },
  { cause: null, remedy: null, code: 'GatewayHiccup42', said: 'The gateway said no.', failed: 1 },
] as const;

function causeOf(cast: Cast, index: number): LogCauseView {
  const kind = kinds[index % kinds.length] ?? kinds[0];
  return {
    failed: 0,
    skipped: 0,
    ...kind,
    where: kind.cause === null ? null : `${cast.link.source.displayName} (source)`,
    staged: index === 0 ? 3 : 0,
    userCount: 12,
    users: [cast.user.displayName, cast.requester.displayName, cast.sourceApprover.displayName],
    lastAt: '2026-11-23T10:02:00Z',
    command: `check ${cast.link.source.key}>${cast.link.target.key}`,
  };
}

/** The provisioning log and the catalogue. */
export const logMakers: readonly Maker[] = [
  {
    card: 'logs',
    of: '',
    draw: (cast, count) =>
      logsCard({
        link: cast.link,
        user: count === 1 ? cast.user.displayName : null,
        code: null,
        rows: count === 0 ? 0 : 1204,
        succeeded: 1190,
        unchanged: 40,
        causes: times(count, (index) => causeOf(cast, index)),
        since: '2026-11-22T10:04:00Z',
        retentionDays: 30,
        isCut: count > 3,
        isComplete: count <= 3,
        oldestAt: '2026-11-23T08:00:00Z',
        hasJob: true,
        again: `logs ${cast.link.source.key}>${cast.link.target.key}`,
        readAt: at,
        timeZone: 'Europe/Berlin',
      }),
  },
  {
    card: 'explain',
    of: '',
    draw: (cast, count) =>
      explainCard({
        typed: count === 0 ? `Gateway ${cast.user.displayName} said no` : 'AzureActiveDirectoryForbidden',
        causes: times(count, (index) => ({
          cause:
            ['The target allows no guest invitations.', 'The target refused the change.'][index % 2] ?? '',
          where: `${cast.link.target.displayName} (target)`,
          remedy: `Ask ${cast.targetApprover.displayName} to let at least administrators and guest inviters invite.`,
          codes: ['AzureActiveDirectoryForbidden'],
          source: 'Entra docs: Configure cross-tenant synchronization',
          commands: [`check ${cast.link.source.key}>${cast.link.target.key}`],
          isHarmless: false,
        })),
        nearest: count === 0 ? ['InvitationCreationFailure', 'Conflict'] : [],
        buttons: count === 0 ? [] : [`check ${cast.link.source.key}>${cast.link.target.key}`],
      }),
  },
];
