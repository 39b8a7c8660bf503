import type { PackName } from '../../../src/config';
import { createGraph, type Graph } from '../../../src/graph/create-graph';
import { permissionNames } from '../../../src/graph/permissions';
import type { Change, DesiredState, ResolvedIds, Step, StepContext, Tenant } from '../../../src/plan/types';
import { startTestSimulator, type TestSimulator } from '../../helpers/simulator';

const clientIds: Record<PackName, string> = {
  read: 'aaaaaaaa-0000-4000-8000-000000000001',
  write: 'aaaaaaaa-0000-4000-8000-000000000002',
  phone: 'aaaaaaaa-0000-4000-8000-000000000003',
};

/** Two simulated tenants with all packs consented, and the Graph layer on top. */
export interface StepWorld {
  readonly simulator: TestSimulator;
  readonly graph: Graph;
  context(wanted?: { desired?: Partial<DesiredState>; subject?: StepContext['subject'] }): StepContext;
  /** Named writes that Graph accepted, in order. */
  accepted(): Promise<readonly string[]>;
  close(): Promise<void>;
}

export async function startStepWorld({
  consented = ['con', 'fab'],
}: { consented?: readonly ('con' | 'fab')[] } = {}): Promise<StepWorld> {
  const simulator = await startTestSimulator({ requests: 'all' });
  await hurry(simulator);
  const packs = ['read', 'write', 'phone'] as const;
  await simulator.control.applications(
    packs.map((pack) => ({
      clientId: clientIds[pack],
      displayName: `Sync Steward ${pack}`,
      permissions: [...permissionNames(pack)],
    })),
  );
  for (const tenant of consented) await simulator.control.consent(tenant, 'all');
  const tenants = [tenantOf(simulator, 'con', 'Contoso'), tenantOf(simulator, 'fab', 'Fabrikam')] as const;
  const graph = createGraph({
    mode: 'local',
    graphBaseUrl: simulator.url,
    authorityUrl: simulator.url,
    writesEnabled: true,
    tenants: tenants.map((tenant) => ({ ...tenant, groups: {} })),
    packs: {
      read: { clientId: clientIds.read, credential: { type: 'simulator' } },
      write: { clientId: clientIds.write, credential: { type: 'simulator' } },
      phone: { clientId: clientIds.phone, credential: { type: 'simulator' } },
    },
  });
  const [source, target] = tenants;
  return {
    simulator,
    graph,
    context: ({ desired, subject } = {}) => ({
      link: { source, target },
      desired: {
        userType: 'member',
        assignments: [],
        deletionGuard: null,
        notificationMail: null,
        ...desired,
      },
      subject: subject ?? null,
      source: graph.read(source.tenantId),
      target: graph.read(target.tenantId),
    }),
    accepted: async () =>
      (await simulator.control.writes()).filter(({ effect }) => effect).map(({ operation }) => operation),
    close: async () => simulator.close(),
  };
}

function tenantOf(simulator: TestSimulator, key: 'con' | 'fab', displayName: string): Tenant {
  return { tenantId: simulator.tenantId(key), key, displayName, cloud: 'public' };
}

/** What is still to do. */
export async function changesOf(step: Step, context: StepContext): Promise<Change[]> {
  return step.diff(context, await step.observe(context));
}

/** Applies every change of a step as the executor would; `resolved` collects the ids. */
export async function runStep(
  world: StepWorld,
  step: Step,
  context: StepContext,
  resolved: ResolvedIds,
): Promise<Change[]> {
  const observed = await step.observe(context);
  Object.assign(resolved, step.resolve?.(observed));
  const changes = step.diff(context, observed);
  for (const change of changes) await applyChange(world, step, change, context, resolved);
  return changes;
}

export async function applyChange(
  world: StepWorld,
  step: Step,
  change: Change,
  context: StepContext,
  resolved: ResolvedIds,
) {
  const tenantId = context.link[step.side].tenantId;
  const result = await step.apply(world.graph.write(tenantId), change, resolved, context);
  Object.assign(resolved, result.resolved);
  return result;
}

/** A new application answers 404 for a moment only, so that tests need not wait (facts 4.1). */
async function hurry({ url }: TestSimulator): Promise<void> {
  const response = await fetch(`${url}/_control/sync`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ replicationMs: 20 }),
  });
  if (!response.ok) throw new Error(await response.text());
}
