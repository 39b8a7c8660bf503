import type { Evidence } from '../evidence';
import { claimsOf, isUnrepeatable, movesOf, plannedWrites, writesOf } from './plan-writes';

const unproven = ['writing', 'written', 'unknown'];

/** Writing (I22 to I28). */
export const execution = {
  'I22 a durable intent comes before every write, and each is sent once': ({ world, changes }: Evidence) =>
    world.graph.sent.flatMap(({ clientRequestId, at, field }, index, all) => {
      const intents = changes.filter(
        (one) => one.state === 'writing' && one.clientRequestId === clientRequestId,
      );
      if (!intents.some((one) => one.at < at)) return [`${field} was written without an intent`];
      const isRepeated = all.findIndex((one) => one.clientRequestId === clientRequestId) !== index;
      return isRepeated ? [`${field} was sent twice under one intent`] : [];
    }),
  'I23 nothing is written again without a look': (evidence: Evidence) =>
    evidence.plans.flatMap((plan) => {
      const writes = writesOf(evidence, plan.id);
      return writes.flatMap(({ sent, position }, index) => {
        const before = writes.slice(0, index).findLast((one) => one.position === position)?.sent;
        if (!before) return [];
        if (isUnrepeatable(plan)) return [`${plan.id} repeated what cannot be repeated`];
        const hasLooked = evidence.world.graph.looks.some(
          (look) => look.field === sent.field && look.at > before.at && look.at < sent.at,
        );
        return hasLooked ? [] : [`${plan.id} wrote ${sent.field} again without a look`];
      });
    }),
  'I24 a holder that lost its lease stores nothing': ({ changes, moves }: Evidence) => [
    ...changes
      .filter(({ fence, planFence, planState }) => fence !== planFence || planState !== 'applying')
      .map(({ planId, fence, planFence }) => `${planId}: lease ${fence} stored while ${planFence} counts`),
    ...moves
      .filter(({ planId, fence }, index) =>
        moves.slice(0, index).some((one) => one.planId === planId && one.fence > fence),
      )
      .map(({ planId }) => `the fence of ${planId} went back`),
  ],
  'I24 a holder that lost its lease writes nothing': (evidence: Evidence) =>
    evidence.plans.flatMap(({ id }) =>
      writesOf(evidence, id)
        .filter(({ sent, intent }) => {
          const stood = movesOf(evidence, id)
            .filter((one) => one.at <= sent.at)
            .at(-1);
          return stood?.fence !== intent.fence;
        })
        .map(({ sent, intent }) => `${id} wrote ${sent.field} under the lost lease ${intent.fence}`),
    ),
  'I25 applied means that it was there and was looked at': (evidence: Evidence) =>
    evidence.plans.flatMap((plan) => {
      const end = movesOf(evidence, plan.id).find(({ to }) => to === 'applied');
      const [claim] = claimsOf(evidence, plan.id);
      if (!end || !claim) return [];
      return plannedWrites(plan).flatMap(({ field, value, position }) => {
        const own = writesOf(evidence, plan.id).filter(
          (one) => one.position === position && one.sent.effectAt !== null,
        );
        if (isUnrepeatable(plan)) return own.length === 1 ? [] : [`${plan.id} is applied without ${field}`];
        const stood = evidence.world.graph.since(field, claim.at).filter((one) => one.at <= end.at);
        if (!stood.some((one) => one.value === value))
          return [`${plan.id} is applied, but ${field} never was so`];
        const looks = evidence.world.graph.looks.filter(
          (look) => look.field === field && look.at <= end.at && look.at > (own[0]?.sent.at ?? end.at),
        );
        return own.length === 0 || looks.length > 1 ? [] : [`${plan.id} did not read ${field} back`];
      });
    }),
  'I26 writes come in the approved order': (evidence: Evidence) =>
    evidence.plans.flatMap(({ id }) => {
      const positions = writesOf(evidence, id).map((one) => one.position);
      return positions.some((one, index) => one < (positions[index - 1] ?? 0))
        ? [`${id}: ${positions.join(', ')}`]
        : [];
    }),
  'I27 the first failure stops the rest': (evidence: Evidence) =>
    evidence.plans.flatMap(({ id }) => {
      const failed = evidence.changes.find((one) => one.planId === id && one.state === 'failed');
      const after = failed ? writesOf(evidence, id).filter(({ sent }) => sent.at > failed.at) : [];
      return after.map(({ sent }) => `${id} wrote ${sent.field} after a failure`);
    }),
  'I28 no end hides a write of which nobody knows': ({ plans, runs }: Evidence) =>
    plans
      .filter(({ state }) => state === 'applied' || state === 'failed' || state === 'stale')
      .flatMap(({ id, state }) =>
        runs
          .filter((run) => run.planId === id && unproven.includes(run.state))
          .map((run) => `${id} is ${state}, a change ${run.state}`),
      ),
} as const;
