import { digestOf } from '../../../src/plan/digest';
import type { AuditFacts, Evidence } from '../evidence';
import { claimsOf, isUnrepeatable, movesOf, plannedWrites, stateAt, writesOf } from './plan-writes';

function hasContinued(records: readonly AuditFacts[], person: string | null, at: number): boolean {
  return records.some((one) => one.event === 'continued' && one.actor === person && one.at <= at);
}

/** What was approved is what happens, once (I1 to I8). */
export const binding = {
  'I1 a change takes effect at most once': (evidence: Evidence) =>
    evidence.plans.flatMap(({ id }) => {
      const effects = writesOf(evidence, id).filter(({ sent }) => sent.effectAt !== null);
      const doubled = effects.filter(
        (one, index) => effects.findIndex((other) => other.position === one.position) !== index,
      );
      return doubled.map(
        ({ sent }) => `${id} wrote ${sent.field} twice, the second time as ${sent.clientRequestId}`,
      );
    }),
  'I2 nothing is written but by a claimed plan': (evidence: Evidence) =>
    evidence.plans.flatMap(({ id }) =>
      writesOf(evidence, id)
        .filter(({ sent }) => stateAt(evidence, id, sent.at)?.to !== 'applying')
        .map(
          ({ sent }) => `${id} wrote ${sent.field} while ${stateAt(evidence, id, sent.at)?.to ?? 'unknown'}`,
        ),
    ),
  'I3 the digest and every written value are those that were approved': (evidence: Evidence) =>
    evidence.plans.flatMap((plan) => {
      const problems = digestOf(plan.content) === plan.digest ? [] : [`${plan.id} has another digest`];
      const planned = plannedWrites(plan);
      for (const { sent, position } of writesOf(evidence, plan.id)) {
        const own = planned.find((one) => one.position === position);
        const isOwn =
          own?.field === sent.field && own.value === sent.value && own.operation === sent.operation;
        if (!isOwn)
          problems.push(`${plan.id} wrote ${sent.field}=${String(sent.value)}, which nobody approved`);
      }
      return problems;
    }),
  'I3 nothing is written beyond what every voice is for': (evidence: Evidence) =>
    evidence.plans.flatMap(({ id }) => {
      const records = evidence.audit.filter(({ planId }) => planId === id);
      const limited = records.filter(({ event }) => event === 'approved-canary');
      return writesOf(evidence, id).flatMap(({ sent, position }) =>
        limited
          .filter(({ facts }) => position >= Number(facts['firstChanges'])) // of the one step
          .filter(({ actor }) => !hasContinued(records, actor, sent.at))
          .map(({ actor }) => `${id} wrote ${sent.field}, which ${actor ?? ''} had not approved yet`),
      );
    }),
  'I4 what a card carries cannot make anybody decide': ({ world, presses }: Evidence) =>
    presses
      .filter((press) => press.outcome === 'recorded')
      .filter((press) => world.answers.some((one) => one.isTampered && one.activityId === press.activityId))
      .map((press) => `the tampered press ${press.activityId} was recorded`),
  'I6 nothing is written after somebody else changed the same': (evidence: Evidence) =>
    evidence.plans.flatMap((plan) => {
      if (isUnrepeatable(plan)) return [];
      const [made] = movesOf(evidence, plan.id);
      const [claim] = claimsOf(evidence, plan.id);
      if (!made || !claim || writesOf(evidence, plan.id).length === 0) return [];
      const fields = plannedWrites(plan).map((one) => one.field);
      const shownAt = claim.at - evidence.world.schedule.lagSeconds * 1_000;
      return evidence.world.graph.foreign
        .filter(({ at, field }) => fields.includes(field) && at > made.at && at < shownAt)
        .map(({ field }) => `${plan.id} wrote though somebody had changed ${field}`);
    }),
  'I7 no empty plan succeeds': ({ plans, runs }: Evidence) =>
    plans
      .filter(({ id, state }) => state === 'applied' && !runs.some((run) => run.planId === id))
      .map(({ id }) => `${id} is applied without a change`),
} as const;
