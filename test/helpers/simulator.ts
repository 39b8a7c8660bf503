import { createSimulator, type SimulatorOptions } from '../../src/simulator/simulator';
import { unsignedToken } from '../../src/simulator/token';
import type { Fault } from '../../src/simulator/faults';
import type { Authentication, TenantKey, User, WriteEntry } from '../../src/simulator/world';
import { graphContract } from './openapi';

export interface WorldDescription {
  readonly seed: string;
  readonly now: string;
  readonly tenants: readonly {
    key: TenantKey;
    tenantId: string;
    displayName: string;
    defaultDomain: string;
    initialDomain: string;
  }[];
  readonly people: readonly {
    key: string;
    displayName: string;
    tenantKey: TenantKey;
    tenantId: string;
    aadObjectId: string;
    userPrincipalName: string;
    roles: string[];
    eligibleRoles: string[];
    userType: 'Member' | 'Guest';
    homeTenantKey: TenantKey;
  }[];
}

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

/** The control API with types. Every method throws with the answer's text when it is refused. */
export class SimulatorControl {
  onReset: (world: WorldDescription) => void = () => undefined;

  constructor(private readonly url: string) {}

  world(): Promise<WorldDescription> {
    return this.call('GET', 'world');
  }

  async writes(): Promise<WriteEntry[]> {
    return (await this.call<{ writes: WriteEntry[] }>('GET', 'writes')).writes;
  }

  async requests(): Promise<Record<string, Record<string, { requests: number; throttled: number }>>> {
    return (
      await this.call<{ requests: Record<string, Record<string, { requests: number; throttled: number }>> }>(
        'GET',
        'requests',
      )
    ).requests;
  }

  /** Moves simulated time on; due cycles run. `PT40M` is one interval. */
  advance(duration = 'PT40M'): Promise<{ now: string }> {
    return this.call('POST', 'clock', { advance: duration });
  }

  faults(...faults: Fault[]): Promise<unknown> {
    return this.call('POST', 'faults', { faults });
  }

  clearFaults(): Promise<unknown> {
    return this.call('DELETE', 'faults');
  }

  applications(
    applications: { clientId: string; displayName: string; permissions: string[] }[],
  ): Promise<unknown> {
    return this.call('POST', 'applications', { applications });
  }

  consent(tenant: TenantKey, permissions: 'all' | string[] = 'all', clientId?: string): Promise<unknown> {
    return this.call('POST', 'consent', { tenant, permissions, ...(clientId ? { clientId } : {}) });
  }

  /** A person by key, a role by name or template id. */
  roles(person: string, role: string, action: 'grant' | 'remove', kind = 'assigned'): Promise<unknown> {
    return this.call('POST', 'roles', { person, role, action, kind });
  }

  async users(
    tenant: TenantKey,
    search = '',
    deleted = false,
  ): Promise<(User & { authentication: Authentication })[]> {
    const query = new URLSearchParams({ tenant, search, limit: '1000', deleted: String(deleted) });
    return (
      await this.call<{ users: (User & { authentication: Authentication })[] }>('GET', `users?${query}`)
    ).users;
  }

  /** A change by hand: properties, the mobile phone's SMS state, or deletion. */
  changeUser(
    tenant: TenantKey,
    id: string,
    change: { changes?: Partial<User>; smsSignInState?: string; deleted?: boolean },
  ): Promise<{ user: User }> {
    return this.call('POST', 'users', { tenant, id, ...change });
  }

  async reset(seed?: string): Promise<WorldDescription> {
    const world = await this.call<WorldDescription>('POST', 'reset', seed === undefined ? {} : { seed });
    this.onReset(world);
    return world;
  }

  private async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.url}/_control/${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} /_control/${path}: ${response.status} ${text}`);
    return JSON.parse(text) as T;
  }
}
