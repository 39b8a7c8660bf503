import { powershellCard } from '../../../src/cards/powershell';
import { outdated } from '../../../src/export/powershell/outdated';
import { pagesOf } from '../../../src/export/powershell/pages';
import { planScript } from '../../../src/export/powershell/plan-script';
import { policyPart } from '../../../src/export/powershell/policy-reads';
import type { PlannedStep, Step, StepContext } from '../../../src/plan/types';
import { setupSteps } from '../../../src/steps';
import type { Cast } from './cast';
import { planRecord } from './plan-records';
import type { Maker } from './sample';
import { times } from './times';

/** What every step sees in two tenants where nothing is there yet. */
const nothingYet = {
  partner: null,
  identitySynchronization: null,
  configuration: null,
  servicePrincipalId: null,
  job: null,
  secrets: [],
  principalIds: [],
  userType: 'Member',
  resolved: {},
};

function freshSteps(cast: Cast, count: number): PlannedStep[] {
  const context = {
    link: cast.link,
    desired: {
      userType: 'guest',
      deletionGuard: 10,
      notificationMail: 'ops@contoso.com',
      assignments: times(count, (index) => ({
        principalId: `${String(index).padStart(8, '0')}-dddd-4ddd-8ddd-dddddddddddd`,
        principalType: 'Group',
        displayName: cast.group,
        userCount: 12,
      })),
    },
    subject: null,
  } as unknown as StepContext;
  return setupSteps.map((step: Step) => ({
    ...step,
    tenantId: context.link[step.side].tenantId,
    title: step.title(context),
    meaning: step.meaning(context),
    changes: step.diff(context, nothingYet),
  }));
}

/** Scripts as the command composes them, with real steps and rows. */
export const powershellMakers: readonly Maker[] = [
  ...[1, 2].map((page): Maker => ({
    card: 'powershell',
    of: page === 1 ? 'plan' : 'plan-next',
    draw: (cast, count) => {
      const { content } = planRecord(cast, 'setup', 'submitted', freshSteps(cast, Math.min(count, 200)));
      const script = planScript(content, cast.link, {}, () => true);
      const { pages } = pagesOf(script.parts);
      return powershellCard({
        subject: 'PL-0031',
        note: 'These lines do what the plan would do, in its order. Run by hand they go without approval, read-back and record.',
        parts: pages[page - 1]?.parts ?? [],
        outdated: page === 1 ? script.outdated : [],
        page,
        nextPage: page < pages.length ? `powershell PL-0031 --page ${page + 1}` : null,
        back: null,
      });
    },
  })),
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
