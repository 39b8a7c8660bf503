import type { PlanContent, PlanKind, PlannedStep, Tier } from './types';

/** More affected people than this raise the tier. */
const fewPeople = 25;

/**
 * Starting, pausing and restarting switch the job and reach nobody by themselves; a default is T3 as it is, and counts
 * partner entries instead of people.
 */
const neverRaised: readonly PlanKind[] = ['start', 'pause', 'restart', 'default', 'unfreeze'];

const tiers: readonly Tier[] = ['T1', 'T2', 'T3'];

export interface TierDecision {
  readonly tier: Tier;
  /** "40 people affected"; null when the tier is that of the steps. */
  readonly raise: string | null;
}

/** The tenants that a plan changes, in the order of its steps. */
export function changedTenantIds(content: Pick<PlanContent, 'steps'>): readonly string[] {
  return [...new Set(content.steps.map((step) => step.tenantId))];
}

/** People who will notice: the most that any one step affects, for steps of one plan affect the same people. */
export function affectedPeople(content: Pick<PlanContent, 'steps'>): number {
  return Math.max(0, ...content.steps.map((step) => sum(step.changes.map((one) => one.affectedUsers))));
}

/** Deletes something, or a step of it needs two people whatever its size: one at a time per link (I10, I19). */
export function isDestructive(content: Pick<PlanContent, 'steps'>): boolean {
  // To lift a freeze takes two people, but deletes nothing: what is open must not keep it from being lifted.
  if (content.steps.every((step) => step.name.startsWith('lift-freeze'))) return false;
  return content.steps.some(
    (step) => step.tier === 'T3' || step.changes.some(({ operation }) => isDeletion(operation)),
  );
}

function isDeletion(operation: string): boolean {
  return /\.(delete|remove|unassign)/i.test(operation);
}

/** `setup` that makes a partner entry: approved by one person per changed tenant, 24 h, no typed count (decisions, Approval). */
export function createsPartner(content: Pick<PlanContent, 'kind' | 'steps'>): boolean {
  const isCreate = (step: PlannedStep) =>
    step.changes.some((change) => change.operation === 'partners.create');
  return content.kind === 'setup' && content.steps.some(isCreate);
}

/**
 * The highest tier of the steps, raised at most once: more than 25 people, more than one tenant, or an
 * administrator affected, or a lock-out accepted. Switching the job is never raised, a new partner entry has rules of
 * its own, and the two halves of automatic redemption are one switch: each tenant approves its own half.
 */
export function decideTier(
  content: Pick<PlanContent, 'kind' | 'steps'> & Partial<Pick<PlanContent, 'subject'>>,
  affectsAdministrator = false,
): TierDecision {
  const { subject } = content;
  if (subject?.type !== 'undo') return ownTier(content, affectsAdministrator);
  // Taken back by the rules of what it takes back, and never by fewer people.
  const own = ownTier({ ...content, kind: subject.kind }, affectsAdministrator);
  if (tiers.indexOf(own.tier) >= tiers.indexOf(subject.tier)) return own;
  return { tier: subject.tier, raise: `${subject.planId} was ${subject.tier}` };
}

function ownTier(
  content: Pick<PlanContent, 'kind' | 'steps'> & Partial<Pick<PlanContent, 'subject'>>,
  affectsAdministrator: boolean,
): TierDecision {
  const highest = content.steps.reduce((most, step) => Math.max(most, tiers.indexOf(step.tier)), 0);
  const tier = tiers[highest] ?? 'T3';
  if (neverRaised.includes(content.kind) || createsPartner(content)) {
    return { tier, raise: null };
  }
  const raise = whyRaise(content, affectsAdministrator);
  return raise === null ? { tier, raise } : { tier: tiers[highest + 1] ?? 'T3', raise };
}

function whyRaise(
  content: Pick<PlanContent, 'kind' | 'steps'> & Partial<Pick<PlanContent, 'subject'>>,
  affectsAdministrator: boolean,
): string | null {
  const { subject } = content;
  if (subject?.type === 'user' && subject.acceptsLockout === true) return 'the user may be locked out';
  const people = affectedPeople(content);
  const isOneSwitch = content.kind === 'redeem';
  if (people > fewPeople) return `${people} people are affected`;
  if (changedTenantIds(content).length > 1 && !isOneSwitch) return 'two tenants are changed';
  return affectsAdministrator ? 'an administrator is affected' : null;
}

/** How many people of each changed tenant must approve; none for T1, which its requester confirms. */
export function neededApprovals(
  tier: Tier,
  content: Pick<PlanContent, 'steps'>,
): readonly { readonly tenantId: string; readonly needed: number }[] {
  if (tier === 'T1') return [];
  const tenantIds = changedTenantIds(content);
  const needed = tier === 'T3' && tenantIds.length < 2 ? 2 : 1;
  return tenantIds.map((tenantId) => ({ tenantId, needed }));
}

/** Seconds that a submitted plan waits for its approvals: T2 24 h, T3 8 h. */
export function approvalSeconds(tier: Tier): number {
  return (tier === 'T3' ? 8 : 24) * 3600;
}

/** The number an approver of this plan must type; null when none is asked for. */
export function typedCount(tier: Tier, content: Pick<PlanContent, 'steps'>): number | null {
  return tier === 'T3' ? affectedPeople(content) : null;
}

/** Plans of these kinds are changes that do not need each other. */
const independent: readonly PlanKind[] = ['assign', 'unassign'];

/**
 * How many changes at the head of the plan somebody may approve alone, to see them work before the rest is begun;
 * `null` where there are too few, or they need each other. The number is kept with the voice: a later version that
 * counts otherwise widens none.
 */
export function canarySize({ kind, steps }: Pick<PlanContent, 'kind' | 'steps'>): number | null {
  const [step] = steps;
  if (!independent.includes(kind) || steps.length !== 1 || !step) return null;
  if (step.changes.length < 4) return null;
  return step.changes.length < 10 ? 1 : 5;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
