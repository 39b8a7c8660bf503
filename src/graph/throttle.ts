import { BotError } from '../errors';
import type { Pace } from './pace';

/** What Graph counts separately per application and tenant (facts 7). */
export type ThrottleClass = 'directory' | 'reports' | 'on-demand';

interface Limit {
  readonly units: number;
  readonly seconds: number;
}

/** The documented rates; the directory's is that of the smallest tenant size (facts 7.1, 7.2). */
const limits: Readonly<Record<ThrottleClass | 'writes', Limit>> = {
  directory: { units: 3500, seconds: 10 },
  reports: { units: 5, seconds: 10 },
  'on-demand': { units: 5, seconds: 10 },
  writes: { units: 3000, seconds: 150 },
};

/** Arrival times differ from sending times; this much longer windows keep bursts apart at the other end. */
const windowMargin = 1.03;
const mostWaiting = 500;

/** Requests of this class that one `$batch` may hold, so that a batch alone cannot exceed the class. */
export function batchSize(kind: ThrottleClass): number {
  return Math.min(20, limits[kind].units);
}

export function throttleClassOf(path: string): ThrottleClass {
  if (path.endsWith('/provisionOnDemand')) return 'on-demand';
  if (/^\/(auditLogs|reports)\//.test(path) || /^\/users\/[^/]+\/authentication\//.test(path)) {
    return 'reports';
  }
  return 'directory';
}

/** Resource units of one request (facts 7.1); 1 in the other classes. */
export function unitsOf(method: string, path: string, query: string): number {
  if (throttleClassOf(path) !== 'directory' || method !== 'GET') return 1;
  const expand = query.includes('$expand') ? 1 : 0;
  const select = query.includes('$select') ? 1 : 0;
  const few = Number(/[?&]\$top=(\d+)/.exec(query)?.[1] ?? 20) < 20 ? 1 : 0;
  return Math.max(1, baseUnits(path) + expand - select - few);
}

function baseUnits(path: string): number {
  if (/^\/groups\/[^/]+\/transitiveMembers/.test(path)) return 5;
  if (/^\/groups\/[^/]+\/members/.test(path) || path.startsWith('/subscribedSkus')) return 3;
  if (/^\/users\/[^/]+\/(transitiveMemberOf|memberOf)/.test(path)) return 2;
  if (/^\/(users|applications)(\/|$)/.test(path) || path.endsWith('/appRoleAssignedTo')) return 2;
  return 1;
}

/** Keeps each application below the documented rate, per tenant and class, in this process. */
export class Budget {
  private readonly windows = new Map<string, SlidingWindow>();

  constructor(private readonly pace: Pace) {}

  /** Waits until the request may go. @throws BotError `busy` when too many wait already (I36) */
  async take(owner: string, kind: ThrottleClass, units: number, isWrite: boolean): Promise<void> {
    if (isWrite) await this.window(owner, 'writes').take(1);
    await this.window(owner, kind).take(units);
  }

  /** After a 429: nobody of this class goes before that time. */
  hold(owner: string, kind: ThrottleClass, seconds: number): void {
    this.window(owner, kind).hold(this.pace.now() + seconds * 1000);
  }

  private window(owner: string, kind: ThrottleClass | 'writes'): SlidingWindow {
    const key = `${owner} ${kind}`;
    const known = this.windows.get(key);
    if (known) return known;
    const fresh = new SlidingWindow(limits[kind], this.pace);
    this.windows.set(key, fresh);
    return fresh;
  }
}

/** At most `units` in any span of `seconds`, first come first served. */
class SlidingWindow {
  private entries: { at: number; units: number }[] = [];
  private used = 0;
  private heldUntil = 0;
  private waiting = 0;
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly limit: Limit,
    private readonly pace: Pace,
  ) {}

  hold(until: number): void {
    this.heldUntil = Math.max(this.heldUntil, until);
  }

  async take(units: number): Promise<void> {
    if (this.waiting >= mostWaiting) {
      throw new BotError('busy', 'waiting for a turn at Microsoft Graph', 'Try again in a minute.');
    }
    this.waiting += 1;
    const turn = this.last.then(async () => this.enter(Math.min(units, this.limit.units)));
    this.last = turn.catch(() => undefined);
    await turn.finally(() => (this.waiting -= 1));
  }

  private async enter(units: number): Promise<void> {
    for (let delay = this.delay(units); delay > 0; delay = this.delay(units)) await this.pace.sleep(delay);
    this.entries.push({ at: this.pace.now(), units });
    this.used += units;
  }

  /** Milliseconds until that many units are free. */
  private delay(units: number): number {
    const now = this.pace.now();
    const span = this.limit.seconds * 1000 * windowMargin;
    const kept = this.entries.findIndex((entry) => entry.at + span > now);
    const gone = this.entries.splice(0, kept === -1 ? this.entries.length : kept);
    this.used -= gone.reduce((sum, entry) => sum + entry.units, 0);
    const held = this.heldUntil - now;
    const oldest = this.entries[0];
    const full = this.used + units > this.limit.units && oldest ? oldest.at + span - now : 0;
    return Math.max(held, full, 0);
  }
}
