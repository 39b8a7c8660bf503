import { diffCard } from '../../../src/cards/diff';
import type { Maker } from './sample';
import { at, times } from './times';

export const diffMakers: readonly Maker[] = [
  {
    card: 'diff',
    of: '',
    draw: (cast, count) =>
      diffCard({
        link: cast.link,
        against: 'the documented set-up',
        column: 'Wanted',
        rows: [
          ...times(count, (index) => ({
            setting:
              ['Target: Automatic redemption, inbound', 'Job: State', 'Job: Configuration'][index % 3] ?? '',
            now: ['off', 'Paused', cast.group][index % 3] ?? '',
            against: ['on', 'Active', 'present'][index % 3] ?? '',
            isEqual: index % 7 === 6 ? null : false,
          })),
          { setting: 'Source: Partner entry', now: 'present', against: 'present', isEqual: true },
        ],
        notes: [
          'Trust, notification mails and the deletion guard are yours to choose; they are not compared.',
        ],
        plan: count === 0 ? null : 'setup con>fab',
        others: ['diff con>fab --against last'],
        readAt: at,
        timeZone: 'Europe/Berlin',
      }),
  },
];
