import { powershellCard } from '../../../src/cards/powershell';
import { outdated } from '../../../src/export/powershell/outdated';
import { pagesOf } from '../../../src/export/powershell/pages';
import { planScript } from '../../../src/export/powershell/plan-script';
import { policyPart } from '../../../src/export/powershell/policy-reads';
import type { Maker } from './sample';
import { planRecord } from './plan-records';
import { setupSteps } from './plan-steps';

/** Scripts as the command composes them, with real rows. */
export const powershellMakers: readonly Maker[] = [
  {
    card: 'powershell',
    of: 'plan',
    draw: (cast, count) => {
      const { content } = planRecord(cast, 'setup', 'submitted', setupSteps(cast, Math.min(count, 200)));
      const script = planScript(content, cast.link, {}, () => true);
      const { pages } = pagesOf(script.parts);
      return powershellCard({
        subject: 'PL-0031',
        note: 'These lines do what the plan would do, in its order. Run by hand they go without approval, read-back and record.',
        parts: pages[0]?.parts ?? [],
        outdated: script.outdated,
        page: 1,
        nextPage: pages.length > 1 ? 'powershell PL-0031 --page 2' : null,
        back: null,
      });
    },
  },
  {
    card: 'powershell',
    of: 'policy',
    draw: (cast, count) => {
      const { pages } = pagesOf([policyPart(cast.link, 'target'), policyPart(cast.link, 'source')]);
      return powershellCard({
        subject: 'policy con>fab',
        note: 'This reads what policy reads; it changes nothing.',
        parts: count === 0 ? [] : (pages[0]?.parts ?? []),
        outdated: count === 0 ? [] : [outdated.basePolicy, outdated.readPartner],
        page: 1,
        nextPage: null,
        back: { title: 'Run policy', command: 'policy con>fab' },
      });
    },
  },
];
