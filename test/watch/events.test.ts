import { eventsBetween } from '../../src/watch/events';
import { applyEvent, isProblem, type IncidentFacts } from '../../src/watch/incident';
import { readSnapshot, type LinkSnapshot } from '../../src/watch/snapshot';

const counts = { created: 3, updated: 0, deleted: 0, skipped: 1, failed: 0, isComplete: true };
const bo = { userId: 'bo', name: 'Bo', reason: 'SMS sign-in is on, or the user is external' };
const cy = { userId: 'cy', name: 'Cy', reason: 'AzureActiveDirectoryForbidden' };

const healthy: LinkSnapshot = {
  at: '2026-11-23T10:00:00.000Z',
  job: 'on',
  isPastFirstCycle: true,
  cycle: { id: 'one', endedAt: '2026-11-23T09:40:00Z', counts },
  quarantine: null,
  troubled: [],
  switches: { 'inbound-sync': true, 'redemption-inbound': true, 'redemption-outbound': true },
};
const with_ = (change: Partial<LinkSnapshot>): LinkSnapshot => ({ ...healthy, ...change });
const quarantine = { reason: 'TooManyDeletes', since: '2026-11-23T09:02:00Z', nextAttempt: null };
const off = { ...healthy.switches, 'inbound-sync': false };

describe('what two looks at a link say', () => {
  it.each([
    ['nothing, when nothing has changed', healthy, healthy, []],
    ['nothing of troubles from before the first look', null, with_({ troubled: [bo] }), []],
    ['a quarantine that was there at the first look', null, with_({ quarantine }), ['quarantined']],
    [
      'a switch that was off at the first look, when the job runs',
      null,
      with_({ switches: off }),
      ['switched-off'],
    ],
    ['no switch of a job that does not run', null, with_({ job: 'never-started', switches: off }), []],
    [
      'the first cycle, with its troubles in it',
      with_({ isPastFirstCycle: false, cycle: null }),
      with_({ troubled: [bo] }),
      ['first-cycle'],
    ],
    ['that the job was paused', healthy, with_({ job: 'off' }), ['job-changed']],
    ['a user that newly fails', with_({ troubled: [bo] }), with_({ troubled: [bo, cy] }), ['newly-troubled']],
    ['a user that is fine again', with_({ troubled: [bo] }), healthy, ['no-longer-troubled']],
    ['a quarantine', healthy, with_({ quarantine }), ['quarantined']],
    ['nothing of a quarantine that goes on', with_({ quarantine }), with_({ quarantine }), []],
    ['that a quarantine is over', with_({ quarantine }), healthy, ['healed']],
    ['a switch turned off', healthy, with_({ switches: off }), ['switched-off']],
    ['a switch turned on again', with_({ switches: off }), healthy, ['switched-on']],
    [
      'nothing of a switch that could not be read',
      healthy,
      with_({ switches: { ...healthy.switches, 'inbound-sync': null } }),
      [],
    ],
    [
      'nothing when a switch can be read again and is off, for nobody knows since when',
      with_({ switches: { ...healthy.switches, 'inbound-sync': null } }),
      with_({ switches: off }),
      [],
    ],
  ] as const)('tells %s', (_, before, after, kinds) => {
    expect(eventsBetween(before, after).map(({ kind }) => kind)).toEqual(kinds);
  });

  it('survives being stored, and refuses what is of another shape', () => {
    expect(readSnapshot(JSON.parse(JSON.stringify(healthy)))).toEqual(healthy);
    expect(readSnapshot({ job: 'dancing' })).toBeNull();
    expect(readSnapshot(null)).toBeNull();
  });
});

describe('an incident', () => {
  const play = (before: LinkSnapshot, after: LinkSnapshot, open: IncidentFacts | null) =>
    eventsBetween(before, after).reduce<ReturnType<typeof applyEvent>>(
      (change, event) => applyEvent(change?.facts ?? open, event),
      null,
    );

  it('of users in trouble grows in place and ends when all of them are fine', () => {
    const first = play(healthy, with_({ troubled: [bo] }), null);
    expect(first).toMatchObject({ isOpen: true, facts: { kind: 'trouble', troubled: [bo], solved: [] } });
    const second = play(with_({ troubled: [bo] }), with_({ troubled: [bo, cy] }), first!.facts);
    expect(second).toMatchObject({ isOpen: true, facts: { troubled: [bo, cy] } });
    const third = play(with_({ troubled: [bo, cy] }), with_({ troubled: [cy] }), second!.facts);
    expect(third).toMatchObject({ isOpen: true, facts: { solved: ['bo'] } });
    expect(play(with_({ troubled: [cy] }), healthy, third!.facts)).toMatchObject({ isOpen: false });
  });

  it('of a quarantine tells a new reason, and how it ended', () => {
    const first = play(healthy, with_({ quarantine }), null);
    const other = { ...quarantine, reason: 'EncounteredBaseEscrowThreshold' };
    const second = play(with_({ quarantine }), with_({ quarantine: other }), first!.facts);
    expect(second?.facts).toMatchObject({ reason: 'EncounteredBaseEscrowThreshold' });
    const end = play(with_({ quarantine: other }), healthy, second!.facts);
    expect(end).toMatchObject({ isOpen: false, facts: { healedCounts: counts } });
  });

  it('of switches ends only when all of them are on again', () => {
    const both = { ...off, 'redemption-outbound': false };
    const first = play(healthy, with_({ switches: both }), null);
    const second = play(with_({ switches: both }), with_({ switches: off }), first!.facts);
    expect(second).toMatchObject({ isOpen: true, facts: { onAgain: ['redemption-outbound'] } });
    expect(play(with_({ switches: off }), healthy, second!.facts)).toMatchObject({ isOpen: false });
  });

  it('that was never told is not ended either', () => {
    expect(play(with_({ quarantine }), healthy, null)).toBeNull();
    expect(play(with_({ switches: off }), healthy, null)).toBeNull();
    expect(play(with_({ troubled: [bo] }), healthy, null)).toBeNull();
  });

  it('is a problem unless all went well', () => {
    expect(isProblem({ kind: 'first-cycle', counts, troubled: [] })).toBe(false);
    expect(isProblem({ kind: 'first-cycle', counts, troubled: [bo] })).toBe(true);
    expect(isProblem({ kind: 'job-changed', from: 'off', to: 'on' })).toBe(false);
    expect(isProblem({ kind: 'job-changed', from: 'on', to: 'off' })).toBe(true);
  });
});
