import { roleTemplates } from '../../src/graph/role-templates';
import type { OperationName } from '../../src/graph/operations';
import { z } from 'zod/v4';
import type { Change, PlanKind, Side, Step, StepName, Tier } from '../../src/plan/types';
import { everyKind } from '../helpers/every-kind';
import type { WishKind } from './schedule';

interface ModelStep {
  readonly name: StepName;
  readonly side: Side;
  readonly tier: Tier;
  readonly operation: OperationName;
  /** Fields and what they shall be; null = gone. */
  readonly wanted: Readonly<Record<string, string | null>>;
  readonly isUnrepeatable?: boolean;
}

const kinds: Readonly<Record<WishKind, readonly ModelStep[]>> = {
  setup: [
    {
      name: 'partner-target',
      side: 'target',
      tier: 'T2',
      operation: 'partners.update',
      wanted: { inbound: 'on', redeem: 'on' },
    },
    {
      name: 'partner-source',
      side: 'source',
      tier: 'T2',
      operation: 'partners.update',
      wanted: { outbound: 'on' },
    },
  ],
  trust: [
    {
      name: 'inbound-trust',
      side: 'target',
      tier: 'T2',
      operation: 'partners.update',
      wanted: { trust: 'mfa', device: 'yes' },
    },
  ],
  unassign: [
    {
      name: 'unassign-principals',
      side: 'source',
      tier: 'T3',
      operation: 'appRoleAssignedTo.delete',
      wanted: { member: null },
    },
    {
      name: 'deletion-guard',
      side: 'source',
      tier: 'T2',
      operation: 'partners.update',
      wanted: { guard: '10' },
    },
  ],
  assign: [
    {
      name: 'assign-principals',
      side: 'source',
      tier: 'T2',
      operation: 'appRoleAssignedTo.create',
      // So many that the first one can be approved alone.
      wanted: { group: 'in', second: 'in', third: 'in', fourth: 'in' },
    },
  ],
  pause: [
    { name: 'pause-job', side: 'source', tier: 'T1', operation: 'jobs.pause', wanted: { job: 'paused' } },
  ],
  try: [
    {
      name: 'provision-on-demand',
      side: 'target',
      tier: 'T2',
      operation: 'jobs.provisionOnDemand',
      wanted: { account: 'made' },
      isUnrepeatable: true,
    },
  ],
};

/** Small plans of the kinds that schedules wish for; the real steps have their own fault tests (test/plan). */
export function modelSteps(): Readonly<Record<PlanKind, readonly Step[]>> {
  const made = Object.entries(kinds).map(([kind, steps]) => [kind, steps.map(stepOf)]);
  return { ...everyKind([]), ...(Object.fromEntries(made) as Record<WishKind, readonly Step[]>) };
}

const shown = z.object({ value: z.string().nullable() });

function stepOf({ name, side, tier, operation, wanted, isUnrepeatable = false }: ModelStep): Step {
  const step: Step<Record<string, string | null>> = {
    name,
    side,
    tier,
    roleTemplateIds: [roleTemplates.securityAdministrator],
    permissions: [],
    ...(isUnrepeatable ? { isUnrepeatable } : {}),
    title: () => `Step ${name}`,
    meaning: () => 'Nobody notices.',
    async observe(context) {
      const seen: Record<string, string | null> = {};
      for (const field of Object.keys(wanted)) {
        const options = { schema: shown, doing: `reading ${field}`, permissions: [] };
        seen[field] = (await context[side].get(field, options)).value;
      }
      return seen;
    },
    diff: (_context, observed) =>
      Object.entries(wanted)
        .filter(([field, value]) => isUnrepeatable || observed[field] !== value)
        .map(([field, value]): Change => ({
          operation,
          title: `Field ${field}`,
          fields: [
            {
              field,
              before: isUnrepeatable ? 'as it is' : (observed[field] ?? 'absent'),
              after: value ?? 'absent',
            },
          ],
          parameters: { field, wish: [value] },
          affectedUsers: 0,
          undo: true,
        })),
    async apply(write, { parameters }) {
      const field = String(parameters['field']);
      const [value] = parameters['wish'] as [string | null];
      const options = { parameters: { field }, body: { value }, doing: `writing ${field}` };
      const { requestIds } = await write.send(operation, options);
      return { requestIds };
    },
  };
  return step as Step;
}
