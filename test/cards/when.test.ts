import { distance, when } from '../../src/cards/when';

const iso = '2026-11-23T10:04:00Z';

describe('when', () => {
  it('says UTC when no zone is known', () => {
    expect(when(iso).plain).toBe('23 Nov 2026, 10:04 UTC');
    expect(when(iso, 'Mars/Olympus').plain).toBe('23 Nov 2026, 10:04 UTC');
  });

  it('says local time and UTC', () => {
    expect(when(iso, 'Europe/Berlin').plain).toBe('23 Nov 2026, 11:04 CET (10:04 UTC)');
  });

  it('names both days when they differ', () => {
    expect(when(iso, 'Pacific/Auckland').plain).toBe('23 Nov 2026, 23:04 GMT+13 (10:04 UTC)');
    expect(when('2026-11-23T20:04:00Z', 'Asia/Tokyo').plain).toBe(
      '24 Nov 2026, 05:04 GMT+9 (23 Nov 2026, 20:04 UTC)',
    );
  });

  it('does not invent a moment', () => {
    expect(when('yesterday').plain).toBe('at an unknown time');
  });
});

describe('distance', () => {
  const now = new Date(iso);
  it.each([
    ['2026-11-23T10:04:20Z', 'just now'],
    ['2026-11-23T10:44:00Z', 'in 40 min'],
    ['2026-11-24T09:03:00Z', 'in 22 h'],
    ['2026-11-23T09:52:00Z', '12 min ago'],
    ['2026-11-20T10:04:00Z', '3 days ago'],
  ])('says of %s: %s', (moment, words) => {
    expect(distance(moment, now).plain).toBe(words);
  });

  it('does not invent a distance', () => {
    expect(distance('soon', now).plain).toBe('at an unknown time');
  });
});
