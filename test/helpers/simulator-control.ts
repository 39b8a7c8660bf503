import type { Fault } from '../../src/simulator/faults';
import type { QuarantineReason } from '../../src/simulator/sync/state';
import type { Authentication, TenantKey, User, WriteEntry } from '../../src/simulator/world';

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

  /** A change that a person makes in the portal: any Graph write. Throws when it was refused. */
  async outside(
    tenant: TenantKey,
    actor: string,
    method: 'POST' | 'PATCH' | 'PUT' | 'DELETE',
    path: string,
    body?: unknown,
  ): Promise<unknown> {
    const change = { method, path, ...(body === undefined ? {} : { body }) };
    const answer = await this.call<{ status: number; body: unknown }>('POST', 'outside', {
      ...{ tenant, actor, change },
    });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer.body;
  }

  /** Licences and object quota of a tenant. */
  tenant(tenant: TenantKey, change: { premium?: boolean; directoryQuota?: number }): Promise<unknown> {
    return this.call('POST', 'tenants', { tenant, ...change });
  }

  /** How the engine behaves: delays, answer shapes, limits of failures. */
  sync(options: Record<string, unknown>): Promise<unknown> {
    return this.call('POST', 'sync', options);
  }

  /** The service quarantines the job of this source tenant. */
  quarantine(
    tenant: TenantKey,
    reason: QuarantineReason,
    error?: { code: string; message: string },
  ): Promise<unknown> {
    return this.call('POST', 'quarantine', { tenant, reason, ...(error ? { error } : {}) });
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
