import { createSimulator, type SimulatorOptions } from '../../src/simulator/simulator';
import { unsignedToken } from '../../src/simulator/token';
import type { TenantKey } from '../../src/simulator/world';
import { graphContract } from './openapi';
import { SimulatorControl } from './simulator-control';

export { SimulatorControl, type WorldDescription } from './simulator-control';

export interface TestSimulatorOptions extends SimulatorOptions {
  /**
   * Whose requests must fit the OpenAPI subset: `all`, or only those that the simulator `accepted` (default: tests
   * that send wrong requests on purpose need that). Answers are always checked.
   */
  readonly requests?: 'all' | 'accepted';
}

/** A simulator for one test file, on a free port. `close` throws when any exchange broke the OpenAPI subset. */
export interface TestSimulator {
  readonly url: string;
  readonly control: SimulatorControl;
  /** Violations found so far. */
  readonly violations: readonly string[];
  /** Bearer text for a tenant; `roles` defaults to everything a test may want. */
  token(tenant: TenantKey, roles?: readonly string[], clientId?: string): string;
  /** One Graph request with JSON in and out; `path` with version: `/v1.0/users`. */
  graph(tenant: TenantKey, method: string, path: string, options?: GraphOptions): Promise<GraphResult>;
  tenantId(tenant: TenantKey): string;
  personId(key: string): string;
  close(): Promise<void>;
}

export interface GraphOptions {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly roles?: readonly string[];
  /** Whose budget the call uses. */
  readonly clientId?: string;
}

export interface GraphResult {
  readonly status: number;
  readonly headers: Headers;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- Graph JSON, read freely by tests
  readonly body: any;
}

/** Every application permission of facts 1.2 and the ones for method policies. */
export const everyPermission: readonly string[] = [
  'Policy.Read.All',
  'Policy.ReadWrite.CrossTenantAccess',
  'Policy.ReadWrite.Authorization',
  'Policy.Read.AuthenticationMethod',
  'Policy.ReadWrite.AuthenticationMethod',
  'Organization.Read.All',
  'LicenseAssignment.Read.All',
  'Domain.Read.All',
  'CrossTenantInformation.ReadBasic.All',
  'RoleManagement.Read.Directory',
  'RoleAssignmentSchedule.Read.Directory',
  'RoleEligibilitySchedule.Read.Directory',
  'User.Read.All',
  'User.ReadWrite.All',
  'User.DeleteRestore.All',
  'Group.Read.All',
  'GroupMember.Read.All',
  'Group.ReadWrite.All',
  'Application.Read.All',
  'Application.ReadWrite.OwnedBy',
  'Application.ReadWrite.All',
  'Synchronization.Read.All',
  'Synchronization.ReadWrite.All',
  'AppRoleAssignment.ReadWrite.All',
  'AuditLog.Read.All',
  'ProvisioningLog.Read.All',
  'UserAuthMethod-Phone.Read.All',
  'UserAuthMethod-Phone.ReadWrite.All',
  'UserAuthenticationMethod.Read.All',
  'UserAuthenticationMethod.ReadWrite.All',
  'OrgContact.Read.All',
];

export const testClientId = '7e57c11e-0000-4000-8000-000000000001';

/** Starts a simulator whose clock stands still (`speed: 0`) unless told otherwise. */
export async function startTestSimulator(options: TestSimulatorOptions = {}): Promise<TestSimulator> {
  const contract = graphContract();
  const violations: string[] = [];
  const checked = options.requests ?? 'accepted';
  const simulator = await createSimulator({
    speed: 0,
    ...options,
    onExchange: (request, response) => {
      options.onExchange?.(request, response);
      if (!contract || response.injected) return;
      const { method, path, query, body } = request;
      if (checked === 'all' || response.status < 300) {
        violations.push(...contract.checkRequest(method, path, query.keys(), body));
      }
      violations.push(...contract.checkResponse(method, path, response.status, response.body));
    },
  });
  const control = new SimulatorControl(simulator.url);
  let world = await control.world();
  const tenantId = (key: TenantKey) => world.tenants.find((tenant) => tenant.key === key)?.tenantId ?? '';
  const token = (tenant: TenantKey, roles = everyPermission, clientId = testClientId) =>
    unsignedToken({ tid: tenantId(tenant), appid: clientId, roles }, simulator.url);
  control.onReset = (next) => (world = next);
  return {
    url: simulator.url,
    control,
    violations,
    token,
    tenantId,
    personId: (key) => world.people.find((person) => person.key === key)?.aadObjectId ?? '',
    graph: async (tenant, method, path, { body, headers = {}, roles, clientId } = {}) => {
      const response = await fetch(simulator.url + path, {
        method,
        headers: {
          Authorization: `Bearer ${token(tenant, roles, clientId)}`,
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        body: text ? (JSON.parse(text) as unknown) : undefined,
      };
    },
    close: async () => {
      await simulator.close();
      if (violations.length) {
        throw new Error(
          `traffic broke the Graph subset:\n${[...new Set(violations)].slice(0, 20).join('\n')}`,
        );
      }
    },
  };
}
