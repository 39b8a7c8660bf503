import type { DecisionVerb } from '../../src/approvals/outcome';
import type { PlanKind } from '../../src/plan/types';
import { Random } from './random';

/** What the engine reaches the world through; every call of one is a point where a schedule may strike. */
export type Port = 'query' | 'transaction' | 'read' | 'write' | 'directory' | 'post' | 'update';

export type What =
  /** The process dies; with `after`, the effect has come about. */
  | 'crash-before'
  | 'crash-after'
  /** Stopped, as by SIGSTOP, and goes on later (zombie). */
  | 'pause'
  /** Asked to end, as by SIGTERM. */
  | 'stop'
  /** No answer comes, without or with the effect. */
  | 'error-before'
  | 'error-after'
  /** No answer comes, and the effect comes about some seconds later. */
  | 'late'
  | 'throttled-before'
  | 'throttled-after'
  | 'refused';

/** Strikes at the `nth` call of a port, counted over all replicas. */
export interface Fault {
  readonly port: Port | 'any';
  readonly nth: number;
  readonly what: What;
  /** How long a pause lasts, or a dead process stays away. */
  readonly seconds: number;
}

export type Tamper = 'revision' | 'no-nonce' | 'nonce-of-another' | 'stranger';

export type WishKind = Extract<PlanKind, 'setup' | 'trust' | 'unassign' | 'pause' | 'try' | 'assign'>;

/** Something from outside, `at` milliseconds after the beginning; it waits for what it needs (a card, a replica). */
export type WorldEvent = { readonly at: number; readonly wish: WishKind } & (
  | { readonly type: 'draft' }
  | {
      readonly type: 'press';
      readonly who: string;
      readonly verb: DecisionVerb;
      /** Also delivered so many milliseconds later, as the same activity. */
      readonly again: readonly number[];
      readonly tamper: Tamper | null;
    }
  | { readonly type: 'demote' | 'disable'; readonly who: string }
  | { readonly type: 'somebody'; readonly field: string }
  | { readonly type: 'jump'; readonly seconds: number }
  | { readonly type: 'show' | 'ask'; readonly who: string }
  | { readonly type: 'remind' }
);

export interface Schedule {
  readonly seed: number;
  readonly replicas: number;
  /** Graph's replicas show a write at most so late. */
  readonly lagSeconds: number;
  /** Most by which the clock of a replica is wrong. */
  readonly skewSeconds: number;
  readonly events: readonly WorldEvent[];
  readonly faults: readonly Fault[];
}

/** For each kind: who asks, who may decide, and what somebody else could change. */
export const wishes: Readonly<
  Record<
    WishKind,
    { readonly approvers: readonly string[]; readonly field: string; readonly isConfirmed: boolean }
  >
> = {
  setup: { approvers: ['bob', 'ann', 'bea', 'abe'], field: 'bb/inbound', isConfirmed: false },
  trust: { approvers: ['bob', 'bea'], field: 'bb/trust', isConfirmed: false },
  unassign: { approvers: ['ann', 'abe'], field: 'aa/member', isConfirmed: false },
  assign: { approvers: ['ann', 'abe'], field: 'aa/group', isConfirmed: false },
  pause: { approvers: [], field: 'aa/job', isConfirmed: true },
  try: { approvers: ['bob', 'bea'], field: 'bb/account', isConfirmed: false },
};

/** Everything about a schedule but the order of steps, which its seed decides while it runs. */
export function makeSchedule(seed: number): Schedule {
  const random = new Random(seed);
  const kinds = Object.keys(wishes) as WishKind[];
  const first = random.pick(kinds);
  const second = random.chance(0.3) ? random.pick(kinds) : first;
  const chosen = [...new Set([first, second])];
  return {
    seed,
    replicas: random.whole(1, 4),
    lagSeconds: random.pick([0, 0, 2, 20, 45]),
    skewSeconds: random.pick([0, 0, 600]),
    events: chosen.flatMap((wish) => withCanary(wish, eventsOf(wish, random), new Random(seed + 9))),
    faults: Array.from({ length: random.pick([0, 1, 1, 2, 2, 3, 5]) }, () => faultOf(random)),
  };
}

function eventsOf(wish: WishKind, random: Random): WorldEvent[] {
  const { approvers, field, isConfirmed } = wishes[wish];
  const events: WorldEvent[] = [{ type: 'draft', at: random.whole(0, 3_000), wish }];
  const press = (who: string, verb: DecisionVerb, at: number, tamper: Tamper | null = null) =>
    events.push({ type: 'press', wish, who, verb, at, tamper, again: againOf(random) });
  press('rae', isConfirmed ? 'confirm' : 'submit', 15_000);
  const votes = random.whole(25_000, 40_000);
  // Together, as a race, or one after the other.
  const apart = random.pick([0, 0, 3_000, 60_000]);
  const asked = wish === 'setup' || wish === 'unassign' ? approvers : approvers.slice(0, random.whole(1, 2));
  asked.forEach((who, index) => press(who, 'approve', votes + index * apart));
  const soon = () => votes + random.whole(-5_000, 40_000);
  if (random.chance(0.15) && approvers.length > 0) press(random.pick(approvers), 'reject', soon());
  if (random.chance(0.15)) press('rae', random.pick(['withdraw', 'discard'] as const), soon());
  if (random.chance(0.15)) press('rae', 'approve', soon());
  if (random.chance(0.2)) {
    const tamper = random.pick(['revision', 'no-nonce', 'nonce-of-another', 'stranger'] as const);
    press(random.pick([...approvers, 'rae']), random.pick(['approve', 'confirm'] as const), soon(), tamper);
  }
  if (random.chance(0.1)) events.push({ type: 'draft', at: soon(), wish });
  if (random.chance(0.2)) events.push({ type: 'somebody', wish, field, at: random.whole(5_000, 90_000) });
  if (random.chance(0.15)) {
    const type = random.pick(['demote', 'disable'] as const);
    events.push({ type, wish, who: random.pick([...approvers, 'rae']), at: soon() });
  }
  if (random.chance(0.15)) {
    const seconds = random.pick([600, 1_900, 4.01 * 3_600, 8 * 3_600, 24 * 3_600]);
    events.push({ type: 'jump', wish, seconds, at: soon() });
  }
  if (random.chance(0.15)) {
    const who = random.pick([...approvers, 'rae']);
    events.push({ type: random.pick(['show', 'ask'] as const), wish, who, at: soon() });
  }
  if (random.chance(0.1)) events.push({ type: 'remind', wish, at: soon() });
  return events;
}

/** Some approve only the first change, and continue later, too early, twice or never; some stop it where it waits. */
function withCanary(wish: WishKind, events: readonly WorldEvent[], random: Random): readonly WorldEvent[] {
  if (wish !== 'assign') return events;
  const added: WorldEvent[] = [];
  const changed = events.map((event): WorldEvent => {
    const isVoice = event.type === 'press' && event.verb === 'approve' && event.who !== 'rae';
    if (!isVoice || !random.chance(0.7)) return event;
    const later = event.at + random.pick([500, 20_000, 90_000, 400_000]);
    const press = { type: 'press', wish, at: later, tamper: null, again: againOf(random) } as const;
    if (random.chance(0.8)) added.push({ ...press, who: event.who, verb: 'continue' });
    if (random.chance(0.15)) added.push({ ...press, who: 'rae', verb: 'stop' });
    return { ...event, verb: 'approve-canary' };
  });
  return [...changed, ...added];
}

function againOf(random: Random): number[] {
  if (!random.chance(0.25)) return [];
  return Array.from({ length: random.whole(1, 2) }, () => random.pick([0, 50, 3_000, 600_000]));
}

const anywhere: readonly What[] = ['crash-before', 'crash-after', 'pause', 'stop'];
const faultsOf: Readonly<Record<Port, readonly What[]>> = {
  query: ['error-before', 'error-after'],
  transaction: ['error-before', 'error-after'],
  read: ['error-before', 'throttled-before'],
  write: ['error-before', 'error-after', 'late', 'throttled-before', 'throttled-after', 'refused'],
  directory: ['error-before'],
  post: ['error-before', 'error-after', 'throttled-before', 'refused'],
  update: ['error-before', 'error-after', 'throttled-before'],
};
const usualCalls: Readonly<Record<Port | 'any', number>> = {
  any: 350,
  query: 200,
  transaction: 40,
  read: 40,
  write: 4,
  directory: 30,
  post: 6,
  update: 12,
};

function faultOf(random: Random): Fault {
  const isOfPort = random.chance(0.6);
  const ports = ['write', 'write', 'write', ...(Object.keys(faultsOf) as Port[])] as const;
  const isAimed = isOfPort || random.chance(0.4);
  const port = isAimed ? random.pick(ports) : 'any';
  const what = isOfPort && port !== 'any' ? random.pick(faultsOf[port]) : random.pick(anywhere);
  const seconds =
    what === 'pause' ? random.pick([10, 40, 70, 100, 400, 4_000]) : random.pick([1, 5, 30, 90, 300]);
  return { port, what, seconds, nth: random.whole(1, usualCalls[port]) };
}
