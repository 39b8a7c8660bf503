import { guideStepCard, type GuideItem } from '../../../src/cards/guide-step';
import { guide } from '../../../src/diagnose/guide';
import type { Maker } from './sample';
import { at, times } from './times';

const states: readonly GuideItem['state'][] = ['missing', 'look', 'done', 'unknown'];

const stepMaker = (number: 1 | 2 | 3 | 4 | 5): Maker => ({
  card: 'guide-step',
  of: String(number),
  draw: (cast, count) => {
    const step = guide.find((one) => one.number === number);
    const name = `${cast.link.source.key}>${cast.link.target.key}`;
    return guideStepCard({
      number,
      title: step?.title ?? '',
      about: step?.about ?? '',
      link: cast.link,
      items: times(count, (index) => ({
        state: states[index % states.length] ?? 'done',
        title: `Identity synchronization, ${cast.link.target.displayName} (target)`,
        current: index % 4 === 2 ? 'on' : 'off',
        remedy:
          index % 4 === 2 ? '' : `Ask ${cast.targetApprover.displayName}. Who can: Security Administrator.`,
      })),
      guide: step?.lines ?? [],
      next: [
        { title: 'Plan setup', command: `setup ${name}` },
        { title: 'Show policy', command: `policy ${name}` },
      ],
      canTry: number === 5,
      readAt: at,
      timeZone: 'Europe/Berlin',
    });
  },
});

/** The steps of the guide. */
export const guideMakers: readonly Maker[] = ([1, 2, 3, 4, 5] as const).map(stepMaker);
