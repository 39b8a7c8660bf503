import { specialId } from '../../../src/simulator/address-index';
import { namedGuid } from '../../../src/simulator/hash';
import {
  startTestSimulator,
  type GraphResult,
  type TestSimulator,
  type TestSimulatorOptions,
} from '../../helpers/simulator';

const policy = '/v1.0/policies/crossTenantAccessPolicy/partners';
export const templateId = '518e5f48-1fc8-4c48-9387-9fdf28b0dfe7';

/** Two tenants with a configuration from con to fab: policies open, credentials saved, nobody assigned, not started. */
export interface Linked {
  readonly simulator: TestSimulator;
  readonly servicePrincipalId: string;
  readonly appRoleId: string;
  readonly jobId: string;
  readonly ruleId: string;
  /** `/v1.0/servicePrincipals/{id}` */
  readonly root: string;
  /** `{root}/synchronization/jobs/{id}` */
  readonly job: string;
}

export const secretsFor = (tenantId: string, changes: Record<string, string> = {}) => {
  const values: Record<string, string> = {
    AuthenticationType: 'SyncPolicy',
    CompanyId: tenantId,
    SyncNotificationSettings:
      '{"Enabled":false,"DeleteThresholdEnabled":false,"HumanResourcesLookaheadQueryEnabled":false}',
    SyncAll: 'false',
    ...changes,
  };
  return { value: Object.entries(values).map(([key, value]) => ({ key, value })) };
};

/** The three switches of facts 10, through Graph. */
export async function openPolicies(simulator: TestSimulator): Promise<void> {
  const [con, fab] = [simulator.tenantId('con'), simulator.tenantId('fab')];
  await simulator.graph('fab', 'POST', policy, { body: { tenantId: con } });
  await simulator.graph('fab', 'PUT', `${policy}/${con}/identitySynchronization`, {
    body: { displayName: 'Contoso', userSyncInbound: { isSyncAllowed: true } },
  });
  await consent(simulator, 'fab', con, { inboundAllowed: true });
  await simulator.graph('con', 'POST', policy, { body: { tenantId: fab } });
  await consent(simulator, 'con', fab, { outboundAllowed: true });
}

export function consent(
  simulator: TestSimulator,
  tenant: 'con' | 'fab',
  partner: string,
  automaticUserConsentSettings: Record<string, boolean>,
): Promise<GraphResult> {
  return simulator.graph(tenant, 'PATCH', `${policy}/${partner}`, { body: { automaticUserConsentSettings } });
}

export function allowSync(simulator: TestSimulator, isSyncAllowed: boolean): Promise<GraphResult> {
  return simulator.graph('fab', 'PATCH', `${policy}/${simulator.tenantId('con')}/identitySynchronization`, {
    body: { userSyncInbound: { isSyncAllowed } },
  });
}

/** Changes the engine's delays: `POST /_control/sync`. */
export async function syncOptions(simulator: TestSimulator, options: Record<string, unknown>): Promise<void> {
  const response = await fetch(`${simulator.url}/_control/sync`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(options),
  });
  if (!response.ok) throw new Error(`/_control/sync: ${await response.text()}`);
}

export async function instantiate(simulator: TestSimulator, displayName = 'Fabrikam'): Promise<GraphResult> {
  return simulator.graph('con', 'POST', `/v1.0/applicationTemplates/${templateId}/instantiate`, {
    body: { displayName },
  });
}

export async function startLinked(options: TestSimulatorOptions = {}): Promise<Linked> {
  const simulator = await startTestSimulator({ users: 100, startMs: Date.UTC(2026, 0, 5, 9), ...options });
  return linkTenants(simulator);
}

/** The same on a simulator that runs already. */
export async function linkTenants(simulator: TestSimulator): Promise<Linked> {
  await syncOptions(simulator, { replicationMs: 0 });
  await openPolicies(simulator);
  const { servicePrincipal } = (await instantiate(simulator)).body;
  const root = `/v1.0/servicePrincipals/${servicePrincipal.id}`;
  const made = await simulator.graph('con', 'POST', `${root}/synchronization/jobs`, {
    body: { templateId: 'Azure2Azure' },
  });
  await simulator.graph('con', 'PUT', `${root}/synchronization/secrets`, {
    body: secretsFor(simulator.tenantId('fab')),
  });
  const job = `${root}/synchronization/jobs/${made.body.id}`;
  const schema = await simulator.graph('con', 'GET', `${job}/schema`);
  return {
    simulator,
    servicePrincipalId: servicePrincipal.id,
    appRoleId: servicePrincipal.appRoles[0].id,
    jobId: made.body.id,
    ruleId: schema.body.synchronizationRules[0].id,
    root,
    job,
  };
}

export function assign({ simulator, servicePrincipalId, appRoleId, root }: Linked, principalId: string) {
  return simulator.graph('con', 'POST', `${root}/appRoleAssignedTo`, {
    body: { principalId, resourceId: servicePrincipalId, appRoleId },
  });
}

export const groupId = (displayName: string) => namedGuid('1', 'con', 'group', displayName);

/** A user of con who is no person of the cast, by key (`special-users.ts`). */
export const userId = (key: string, tenant: 'con' | 'fab' = 'con') =>
  specialId({ seed: '1', userCount: 100 }, tenant, key);

/** Assigns a group of con by its name. */
export async function assignGroup(linked: Linked, displayName: string): Promise<string> {
  const id = groupId(displayName);
  const { status } = await assign(linked, id);
  if (status !== 201) throw new Error(`group ${displayName}: ${status}`);
  return id;
}

let clients = 0;

/** The provisioning log, oldest first; each call comes from another client, so that no test waits for its budget. */
export async function logRows({ simulator }: Linked, filter?: string): Promise<GraphResult['body'][]> {
  clients += 1;
  const clientId = `00000000-0000-4000-8000-${String(clients).padStart(12, '0')}`;
  const query = `$top=999&$orderby=activityDateTime desc${filter ? `&$filter=${encodeURIComponent(filter)}` : ''}`;
  const answer = await simulator.graph('con', 'GET', `/v1.0/auditLogs/provisioning?${query}`, {
    headers: { Authorization: `Bearer ${simulator.token('con', undefined, clientId)}` },
  });
  if (answer.status !== 200) throw new Error(`log: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body.value.reverse();
}
