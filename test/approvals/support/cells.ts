import type { DecisionVerb } from '../../../src/approvals/outcome';
import type { PlanState } from '../../../src/plan/types';

/** Every value of every dimension of the decision table. */
export const dimensions = {
  verb: [
    ...(['submit', 'confirm', 'discard', 'approve', 'reject', 'withdraw', 'close', 'stop'] as const),
    ...(['approve-canary', 'continue'] as const),
  ],
  surface: ['execute', 'submit', 'text', 'job'],
  /** `delegate`: of a third tenant, whose groups the settings name for the target. */
  tenant: ['source', 'target', 'delegate', 'third', 'stranger'],
  /** `removed`: held every role when the card was drawn, and when a stored press was taken; not when it is decided. */
  role: [
    'all',
    'some',
    'some-eligible',
    'eligible',
    'removed',
    'global',
    'reader',
    'approvers',
    'operators',
    'none',
    'unread',
  ],
  /** How the directory shows the person. */
  account: [
    'member',
    'ext-name',
    'invited',
    'redeemed',
    'guest',
    'untyped',
    'disabled',
    'state-unread',
    'unknown',
  ],
  isRequester: [false, true],
  /** The plan names the object id of this person. */
  isNamed: [false, true],
  state: [
    'draft',
    'submitted',
    'approved',
    'applying',
    'applied',
    'failed',
    'needs-attention',
    'stale',
    'rejected',
    'withdrawn',
    'expired',
    'superseded',
  ],
  isOverdue: [false, true],
  revision: ['present', 'older', 'none'],
  nonce: ['own', 'none', 'other-person', 'other-plan', 'garbage'],
  /**
   * T3 changes both tenants, T3-one the source alone; T1 changes the source, T2 both. T2-many is one step of four changes
   * of the source, of which the first can be approved alone.
   */
  tier: ['T1', 'T2', 'T3', 'T3-one', 'T2-many'],
  /** Who has approved already: nobody, all others who are needed, this very person, or they the first change alone. */
  voices: ['none', 'others', 'mine', 'mine-first'],
  /** The first change is made: what was approved for it alone holds. */
  isHeld: [false, true],
  /** Whether reason and typed count came along. */
  given: ['all', 'nothing'],
} as const;

export type Dimension = keyof typeof dimensions;
export type Cell = { readonly [Name in Dimension]: (typeof dimensions)[Name][number] };

/** Somebody who may do it, at the right moment, by a button. */
export function goodCell(verb: Cell['verb']): Cell {
  const isOwn = ['submit', 'confirm', 'discard', 'withdraw'].includes(verb);
  const states: Partial<Record<DecisionVerb, PlanState>> = {
    approve: 'submitted',
    'approve-canary': 'submitted',
    continue: 'applying',
    reject: 'submitted',
    withdraw: 'submitted',
    close: 'needs-attention',
    stop: 'applying',
  };
  const isCanary = verb === 'approve-canary' || verb === 'continue';
  return {
    verb,
    surface: 'execute',
    tenant: 'source',
    role: 'all',
    account: 'member',
    isRequester: isOwn,
    isNamed: false,
    state: states[verb] ?? 'draft',
    isOverdue: false,
    revision: 'present',
    nonce: 'own',
    tier: verb === 'confirm' ? 'T1' : isCanary ? 'T2-many' : 'T2',
    voices: verb === 'continue' ? 'mine-first' : 'none',
    isHeld: verb === 'continue',
    given: 'all',
  };
}

/** All cells that differ from `base` in these dimensions only. */
export function* product(base: Cell, names: readonly Dimension[]): Generator<Cell> {
  const [name, ...rest] = names;
  if (name === undefined) return yield base;
  for (const value of dimensions[name]) yield* product({ ...base, [name]: value } as Cell, rest);
}

/** States that a plan of this tier never has, and cards that nobody can hold by text. */
export function isPossible(cell: Cell): boolean {
  const { tenant, tier, state, surface, nonce, revision, isOverdue, voices, isHeld } = cell;
  if (tier === 'T1' && (state === 'submitted' || state === 'rejected')) return false;
  if (surface === 'text' && (nonce !== 'none' || revision !== 'none')) return false;
  if (isOverdue && state !== 'draft' && state !== 'submitted') return false;
  if (isHeld && (state !== 'applying' || tier !== 'T2-many')) return false;
  const isAsked = tier === 'T2-many' && tenant === 'source';
  if (voices === 'mine-first') return isAsked && (state === 'submitted' || state === 'applying');
  return voices === 'none' || state === 'submitted' || (voices === 'mine' && state === 'applying');
}

/** One step of a small generator of random numbers (mulberry32), so that a failing seed plays again. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Any cell: each dimension is as it should be, or (one time in three) anything. */
export function randomCell(random: () => number): Cell {
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const cell: Record<string, unknown> = { ...goodCell(pick(dimensions.verb)) };
  for (const name of Object.keys(dimensions) as Dimension[]) {
    if (name !== 'verb' && random() < 1 / 3) cell[name] = pick<unknown>(dimensions[name]);
  }
  if (cell['surface'] === 'text') Object.assign(cell, { nonce: 'none', revision: 'none' });
  return cell as Cell;
}

export function nameOf(cell: Cell): string {
  return Object.entries(cell)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(' ');
}
