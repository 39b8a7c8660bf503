import type { ApplyPorts, Run } from '../../../src/plan/run';
import type { ChangeRun, Link, PlanContent, PlannedStep, Step } from '../../../src/plan/types';
import { everyKind } from '../../helpers/every-kind';
import { closedGraph } from '../../helpers/fake-steps';

const tenant = (tenantId: string) =>
  ({ tenantId, key: tenantId, displayName: tenantId, cloud: 'public' }) as const;
export const link: Link = { source: tenant('aa'), target: tenant('bb') };

/** The plan of what these steps find to do now. */
export async function plannedFrom(steps: readonly Step[]): Promise<readonly PlannedStep[]> {
  const planned = steps.map(async (step): Promise<PlannedStep> => {
    const context = contextOf();
    const { name, side, tier, roleTemplateIds } = step;
    const changes = step.diff(context, await step.observe(context));
    return {
      name,
      side,
      tenantId: link[side].tenantId,
      tier,
      title: name,
      meaning: '',
      roleTemplateIds,
      changes,
    };
  });
  return Promise.all(planned);
}

function contextOf(): Run['context'] {
  const [source, target] = [closedGraph.read('aa'), closedGraph.read('bb')];
  return { link, desired: null, subject: null, source, target, verified: null };
}

/** A run without a database, whose waits are written down and take no time. */
export function plainRun(
  steps: readonly Step[],
  planned: readonly PlannedStep[],
  states: Readonly<Record<string, ChangeRun['state']>> = {},
  more: Partial<ApplyPorts> = {},
): { readonly run: Run; readonly waits: number[] } {
  const waits: number[] = [];
  const elapsed = () => waits.reduce((total, one) => total + one, 0);
  const pace = { sleep: async (milliseconds: number) => void waits.push(milliseconds), elapsed };
  const ports = { steps: everyKind(steps), pace, ...more } as unknown as ApplyPorts;
  const content = { kind: 'setup', steps: planned } as unknown as PlanContent;
  const run = {
    ports,
    lease: { planId: 'PL-0001', fence: 1, isResumed: false },
    record: { content },
    context: contextOf(),
    resolved: {},
    states: new Map(Object.entries(states)),
    renewedAt: 0,
  };
  return { run: run as unknown as Run, waits };
}
