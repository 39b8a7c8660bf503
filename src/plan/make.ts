import type { GraphRead } from '../graph/client';
import { digestOf } from './digest';
import { decideTier, neededApprovals } from './tier';
import type {
  Change,
  DesiredState,
  Link,
  Person,
  PlanContent,
  PlanKind,
  PlannedStep,
  Step,
  StepContext,
  Tier,
} from './types';
import type { PlanSubject } from './subject';

export interface PlanWish {
  readonly kind: PlanKind;
  readonly link: Link;
  readonly requester: Person;
  readonly desired: DesiredState | null;
  readonly subject: PlanSubject | null;
  readonly isSubjectPrivileged?: boolean;
  /** 1 for a new plan; one more than the draft that this replaces. */
  readonly revision?: number;
  /** The steps of this kind, in order. */
  readonly steps: readonly Step[];
  readonly source: GraphRead;
  readonly target: GraphRead;
}

export interface MadePlan {
  readonly content: PlanContent;
  readonly digest: string;
  readonly tier: Tier;
  readonly tierRaise: string | null;
  readonly needed: readonly { readonly tenantId: string; readonly needed: number }[];
}

/** Grows when the meaning of tiers, quorums or steps changes, so that old approvals do not carry over (I3). */
export const policyVersion = 1;

/**
 * Looks at both tenants and writes down what is missing; cannot write. `null` when everything is as wished (I7).
 * @throws BotError of the reads: a plan that could not be completed does not exist (I7)
 */
export async function makePlan(wish: PlanWish): Promise<MadePlan | null> {
  const steps: PlannedStep[] = [];
  for (const step of wish.steps) {
    const changes = step.diff(wish, await step.observe(wish));
    if (changes.length > 0) steps.push(planStep(step, wish, changes));
  }
  if (steps.length === 0) return null;
  const content: PlanContent = plain({
    kind: wish.kind,
    sourceTenantId: wish.link.source.tenantId,
    targetTenantId: wish.link.target.tenantId,
    requester: {
      tenantId: wish.requester.tenantId,
      objectId: wish.requester.objectId,
      displayName: wish.requester.displayName,
    },
    revision: wish.revision ?? 1,
    policyVersion,
    desired: wish.desired,
    subject: wish.subject,
    steps,
  });
  const { tier, raise } = decideTier(content, wish.isSubjectPrivileged === true);
  return {
    content,
    digest: digestOf(content),
    tier,
    tierRaise: raise,
    needed: neededApprovals(tier, content),
  };
}

function planStep(step: Step, context: StepContext & PlanWish, changes: readonly Change[]): PlannedStep {
  return {
    name: step.name,
    side: step.side,
    tenantId: context.link[step.side].tenantId,
    tier: step.tierOf?.(changes) ?? step.tier,
    title: step.title(context),
    meaning: step.meaning(context),
    roleTemplateIds: step.roleTemplateIds,
    changes,
  };
}

/** Exactly what the database gives back: no undefined, no prototypes. */
function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
