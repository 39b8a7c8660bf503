import { renderNotice } from '../../src/cards/render-notice';
import { renderPlanCard } from '../../src/cards/render-plan-card';
import type { Config } from '../../src/config';
import type { Graph } from '../../src/graph/create-graph';
import { isMemberOfGroup, listActiveRoles, listEligibleRoles, readPerson } from '../../src/graph/directory';
import { listGroupPeople, listRoleHolders } from '../../src/graph/role-holders';
import { createSteering, type Steering } from '../../src/jobs/steering';
import { stepsOf } from '../../src/steps';
import type { Store } from '../../src/store/db';
import { liftFreezeSteps } from '../../src/steps/lift-freeze';
import { undoStepsWith } from '../../src/steps/undo/undo-steps';
import { testSealer } from './test-sealer';
import type { Messenger } from '../../src/store/ports';

export interface TestSteeringParts {
  readonly config: Config;
  readonly store: Store;
  readonly graph: Graph;
  readonly messenger: Messenger;
}

/** The engine as the composition root wires it, started. */
export async function steeringFor({ config, store, graph, messenger }: TestSteeringParts): Promise<Steering> {
  const steering = await createSteering({
    store,
    tenants: config.tenants,
    graph,
    steps: stepsOf,
    liftFreezeSteps,
    undoStepsWith,
    sealer: testSealer,
    directory: {
      readPerson: (tenantId, objectId) => readPerson(graph.read(tenantId), objectId),
      listActiveRoleTemplateIds: (tenantId, objectId) => listActiveRoles(graph.read(tenantId), objectId),
      listEligibleRoleTemplateIds: (tenantId, objectId) => listEligibleRoles(graph.read(tenantId), objectId),
      isMemberOfGroup: (tenantId, objectId, groupId) =>
        isMemberOfGroup(graph.read(tenantId), objectId, groupId),
      listRoleHolders: (tenantId, roles) => listRoleHolders(graph.read(tenantId), roles),
      listGroupPeople: (tenantId, groupId) => listGroupPeople(graph.read(tenantId), groupId),
    },
    messenger,
    renderPlanCard,
    renderNotice,
  });
  await steering.start();
  return steering;
}
