import type { ThrottleClass } from './route';
import type { TenantState } from './world';

/** How much of a class's budget one call takes, and whether that was too much. */
export interface Charge {
  readonly refused: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

interface Bucket {
  level: number;
  at: number;
}

interface Budget {
  readonly capacity: number;
  readonly windowMs: number;
}

const reports: Budget = { capacity: 5, windowMs: 10_000 };
const reportsOfApplication: Budget = { capacity: 122, windowMs: 10_000 };
const writesOfApplicationAndTenant: Budget = { capacity: 3000, windowMs: 150_000 };

/** Resource units per 10 s by size of the tenant (facts 7.1). */
function directoryBudget(users: number): Budget {
  const capacity = users < 50 ? 3500 : users <= 500 ? 5000 : 8000;
  return { capacity, windowMs: 10_000 };
}

export interface ChargeRequest {
  readonly tenant: TenantState;
  readonly clientId: string;
  readonly throttle: ThrottleClass;
  readonly cost: number;
  readonly isWrite: boolean;
  readonly users: number;
}

/** Leaky buckets on real time, one for each application, tenant and class (facts 7). */
export class Throttle {
  private readonly buckets = new Map<string, Bucket>();

  /** Takes the cost of a call; throttled calls count too. */
  charge(request: ChargeRequest): Charge {
    const { tenant, clientId, throttle, cost, isWrite } = request;
    const pair = `${clientId}/${tenant.tenantId}`;
    if (throttle === 'reports') {
      const all = this.take(`reports/${clientId}`, reportsOfApplication, 1);
      const own = this.take(`reports/${pair}`, reports, 1);
      const waitMs = Math.max(all.waitMs, own.waitMs);
      return waitMs ? refusal(waitMs, 'CPULimitExceeded', 'Read', pair) : { refused: false, headers: {} };
    }
    if (throttle === 'provisionOnDemand') {
      const { waitMs } = this.take(`demand/${pair}`, reports, 1);
      return waitMs ? refusal(waitMs, 'CPULimitExceeded', 'Write', pair) : { refused: false, headers: {} };
    }
    return this.directory(request, pair, cost, isWrite);
  }

  private directory(request: ChargeRequest, pair: string, cost: number, isWrite: boolean): Charge {
    const units = this.take(`directory/${pair}`, directoryBudget(request.users), cost);
    const writes = isWrite
      ? this.take(`writes/${pair}`, writesOfApplicationAndTenant, 1)
      : { waitMs: 0, share: 0 };
    const share = Math.max(units.share, writes.share);
    const headers: Record<string, string> = { 'x-ms-resource-unit': String(cost) };
    if (share >= 0.8) headers['x-ms-throttle-limit-percentage'] = Math.min(share, 1.8).toFixed(1);
    const waitMs = Math.max(units.waitMs, writes.waitMs);
    if (!waitMs) return { refused: false, headers };
    const information = writes.waitMs ? 'WriteLimitExceeded' : 'ResourceUnitLimitExceeded';
    const refused = refusal(waitMs, information, isWrite ? 'Write' : 'ReadWrite', pair);
    return { refused: true, headers: { ...headers, ...refused.headers } };
  }

  private take(key: string, { capacity, windowMs }: Budget, cost: number): { waitMs: number; share: number } {
    const now = Date.now();
    const bucket = this.buckets.get(key) ?? { level: 0, at: now };
    bucket.level = Math.max(0, bucket.level - ((now - bucket.at) * capacity) / windowMs) + cost;
    bucket.at = now;
    this.buckets.set(key, bucket);
    const over = bucket.level - capacity;
    bucket.level = Math.min(bucket.level, capacity * 1.8);
    return {
      waitMs: over > 0 ? Math.max(1, (over * windowMs) / capacity) : 0,
      share: bucket.level / capacity,
    };
  }
}

function refusal(waitMs: number, information: string, kind: string, pair: string): Charge {
  return {
    refused: true,
    headers: {
      'Retry-After': String(Math.ceil(waitMs / 1000)),
      'x-ms-throttle-scope': `Tenant_Application/${kind}/${pair}`,
      'x-ms-throttle-information': information,
    },
  };
}
