import { noticeCard } from '../../../src/cards/notice';
import type { IncidentFacts } from '../../../src/watch/incident';
import type { Cast } from './cast';
import type { Maker } from './sample';
import { at, times } from './times';

const notice = (of: string, facts: (cast: Cast, count: number) => IncidentFacts, isOpen = true): Maker => ({
  card: 'notice',
  of,
  draw: (cast, count) =>
    noticeCard({
      id: 'IN-0007',
      link: cast.link,
      facts: facts(cast, count),
      isOpen,
      openedAt: '2026-11-23T09:02:00Z',
      changedAt: at,
      timeZone: 'Europe/Berlin',
    }),
});

const troubled = (cast: Cast, count: number) =>
  times(Math.min(count, 200), (index) => ({
    userId: `user-${index}`,
    name: cast.user.displayName,
    reason: 'SMS sign-in is on, or the user is external',
  }));

const counts = { created: 11, updated: 2, deleted: 0, skipped: 1, failed: 0, isComplete: true };

export const noticeMakers: readonly Maker[] = [
  notice(
    'first-cycle',
    (cast, count) => ({ kind: 'first-cycle', counts, troubled: troubled(cast, count) }),
    false,
  ),
  notice('paused', () => ({ kind: 'job-changed', from: 'on', to: 'off' }), false),
  notice('quarantine', (cast) => ({
    kind: 'quarantine',
    reason: cast.words,
    since: '2026-11-23T09:02:00Z',
    nextAttempt: '2026-11-23T15:02:00Z',
    healedCounts: null,
  })),
  notice(
    'healed',
    () => ({
      kind: 'quarantine',
      reason: 'TooManyDeletes',
      since: '2026-11-23T09:02:00Z',
      nextAttempt: null,
      healedCounts: counts,
    }),
    false,
  ),
  notice('trouble', (cast, count) => ({
    kind: 'trouble',
    troubled: troubled(cast, count),
    solved: count > 1 ? ['user-0'] : [],
  })),
  notice('switches', () => ({
    kind: 'switches',
    off: ['inbound-sync', 'redemption-inbound'],
    onAgain: ['inbound-sync'],
  })),
  notice('unreadable', (cast) => ({
    kind: 'unreadable',
    doing: 'reading the synchronization job',
    remedy: `Ask ${cast.targetApprover.displayName} to consent again.`,
  })),
  notice(
    'break-glass',
    (cast, count) => ({
      kind: 'break-glass',
      planId: 'PL-0031',
      tenantId: cast.link.source.tenantId,
      person: cast.user.displayName,
      requester: cast.requester.displayName,
      reason: cast.words,
      expiresAt: '2026-11-23T11:10:00Z',
      reviewers: count === 0 ? [] : [cast.sourceApprover.displayName],
      reviewBy: '2026-11-24T10:10:00Z',
    }),
    false,
  ),
  notice('lost-destination', () => ({ kind: 'lost-destination', place: 'channel', isAll: false }), false),
];
