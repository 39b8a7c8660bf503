import { changedTenantIds, neededApprovals } from '../../../src/plan/tier';
import type { DecisionFacts, Evidence, PlanFacts } from '../evidence';
import { claimsOf, movesOf, writesOf } from './plan-writes';

/** Who may decide (I8 to I14). */
export const voices = {
  'I8 nobody decides on what is superseded': (evidence: Evidence) =>
    evidence.decisions.flatMap(({ planId, revision, person, at }) => {
      const stood = movesOf(evidence, planId)
        .filter((one) => one.at < at)
        .at(-1);
      const isPresent = stood?.revision === revision && stood.to !== 'superseded';
      return isPresent ? [] : [`${person} decided on revision ${revision} of ${planId}`];
    }),
  'I9 nobody approves what they asked for': ({ plans, decisions }: Evidence) =>
    decisions
      .filter(({ planId, person, decision }) => isApproval(decision) && person === requesterOf(plans, planId))
      .map(({ planId, person }) => `${person} approved their own ${planId}`),
  'I10 an approved plan has its number of distinct people': (evidence: Evidence) =>
    evidence.plans.flatMap((plan) =>
      movesOf(evidence, plan.id)
        .filter(({ to }) => to === 'approved')
        .filter(
          ({ at }) =>
            !isQuorum(
              plan,
              evidence.decisions.filter((one) => one.planId === plan.id && one.at <= at),
            ),
        )
        .map(() => `${plan.id} was approved by too few`),
    ),
  'I11 a decision rests on authority of the last minute': ({ world, decisions }: Evidence) =>
    decisions
      .filter(({ decision }) => isApproval(decision) || decision === 'confirmed')
      .filter(({ person, at }) => world.demoted.some((one) => one.person === person && one.at + 60_000 < at))
      .map(({ person, planId }) => `${person} decided on ${planId} long after losing the role`),
  'I11 nobody continues on authority of longer ago': ({ world, audit }: Evidence) =>
    audit
      .filter(({ event }) => event === 'continued')
      .filter(({ actor, at }) => world.demoted.some((one) => one.person === actor && one.at + 60_000 < at))
      .map(({ actor, planId }) => `${actor ?? ''} continued ${planId ?? ''} long after losing the role`),
  'I11 nothing is written on approvals of people who lost their role before it began': (evidence: Evidence) =>
    evidence.plans.flatMap((plan) =>
      claimsOf(evidence, plan.id)
        .filter(({ fence }) => writesOf(evidence, plan.id).some(({ intent }) => intent.fence === fence))
        .filter((claim) => !stands(evidence, plan, claim.at))
        .map(({ fence }) => `${plan.id} wrote under lease ${fence} though its approvals did not stand`),
    ),
  'I30 authority is read between the claim and the first write': (evidence: Evidence) =>
    evidence.plans.flatMap((plan) =>
      claimsOf(evidence, plan.id).flatMap(({ fence, at }) => {
        const first = writesOf(evidence, plan.id).find(({ intent }) => intent.fence === fence)?.sent;
        if (!first) return [];
        const looked = evidence.world.roleLooks
          .filter((look) => look.replica === first.replica && look.at >= at && look.at <= first.at)
          .map((look) => look.person);
        const counted = ofPlan(evidence, plan.id).filter((one) => looked.includes(one.person));
        return isQuorum(plan, counted)
          ? []
          : [`${plan.id} wrote under lease ${fence} without asking the directory`];
      }),
    ),
  'I13 a stranger leaves no row and causes no look': ({ world, presses }: Evidence) => [
    ...presses
      .filter(({ person }) => person.startsWith('zz/'))
      .map(({ activityId }) => `a row for ${activityId}`),
    ...world.roleLooks
      .filter(({ person }) => person.startsWith('zz/'))
      .map(({ person }) => `a look at ${person}`),
  ],
} as const;

/** Of the whole plan, or of its first changes. */
function isApproval(decision: string): boolean {
  return decision === 'approved' || decision === 'approved-canary';
}

function ofPlan({ decisions }: Evidence, planId: string): readonly DecisionFacts[] {
  return decisions.filter((one) => one.planId === planId);
}

function requesterOf(plans: readonly PlanFacts[], planId: string): string | undefined {
  const requester = plans.find(({ id }) => id === planId)?.content.requester;
  return requester && `${requester.tenantId}/${requester.objectId}`;
}

function stands(evidence: Evidence, plan: PlanFacts, at: number): boolean {
  const lost = evidence.world.demoted.filter((one) => one.at < at).map((one) => one.person);
  return isQuorum(
    plan,
    ofPlan(evidence, plan.id).filter(({ person }) => !lost.includes(person)),
  );
}

/** Said anew, from decisions.md: distinct people for each changed tenant, none of whom asked. */
function isQuorum(plan: PlanFacts, decisions: readonly DecisionFacts[]): boolean {
  const { requester } = plan.content;
  const self = `${requester.tenantId}/${requester.objectId}`;
  const tenantIds = changedTenantIds(plan.content);
  if (plan.tier === 'T1') {
    const own = decisions.filter((one) => one.decision === 'confirmed' && one.person === self);
    return tenantIds.every((tenantId) => own.some((one) => one.forTenantId === tenantId));
  }
  const approvals = decisions.filter((one) => isApproval(one.decision) && one.person !== self);
  if (plan.tier === 'T3' && new Set(approvals.map((one) => one.person)).size < 2) return false;
  return neededApprovals(plan.tier as 'T2', plan.content).every(({ tenantId, needed }) => {
    const people = approvals.filter((one) => one.forTenantId === tenantId).map((one) => one.person);
    return new Set(people).size >= needed;
  });
}
