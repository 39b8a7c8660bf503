import type { Evidence } from '../evidence';
import { movesOf, writesOf } from './plan-writes';

const absorbing = ['rejected', 'withdrawn', 'expired', 'superseded', 'stale', 'applied', 'failed'];
const open = ['submitted', 'approved', 'applying', 'needs-attention'];

/** One winner, one end, in time (I16 to I21, I29). */
export const lifecycle = {
  'I16 what has ended stays ended': ({ moves }: Evidence) =>
    moves
      .filter(({ from }) => from !== null && absorbing.includes(from))
      .map(({ planId, from, to }) => `${planId} went from ${from ?? ''} to ${to}`),
  'I17 after a committed rejection or withdrawal nothing is written': (evidence: Evidence) =>
    evidence.decisions
      .filter(({ decision }) => decision === 'rejected' || decision === 'withdrawn')
      .flatMap(({ planId, at }) => writesOf(evidence, planId).filter(({ sent }) => sent.at > at))
      .map(({ sent }) => `${sent.field} was written after the plan was stopped`),
  'I18 time limits hold by the clock of the database': ({ moves, changes }: Evidence) => [
    ...moves.flatMap(({ planId, from, to, at, expiresAt, startBy }) => {
      if (from === 'submitted' && to === 'approved' && at >= (expiresAt ?? 0))
        return [`${planId} approved too late`];
      if (from === 'approved' && to === 'applying' && at >= (startBy ?? 0))
        return [`${planId} started too late`];
      const limit = (from === 'approved' ? startBy : expiresAt) ?? 0;
      return to === 'expired' && at < limit ? [`${planId} expired too early`] : [];
    }),
    ...changes
      .filter((one) => one.state === 'writing')
      .filter(
        ({ planId, at }) => at > (moves.filter((one) => one.planId === planId).at(-1)?.windowEndsAt ?? 0),
      )
      .map(({ planId }) => `${planId} wrote after its window`),
  ],
  'I19 one open destructive plan of a link at a time': ({ moves }: Evidence) => {
    const held = new Set<string>();
    return moves.flatMap(({ planId, to, isDestructive }) => {
      if (isDestructive && open.includes(to)) held.add(planId);
      else held.delete(planId);
      return held.size > 1 ? [`${[...held].join(' and ')} are open at once`] : [];
    });
  },
  'I20 the same activity is answered in the same way': ({ world, presses }: Evidence) => [
    ...world.answers.flatMap((one) => {
      const stored = presses.find((press) => press.activityId === one.activityId)?.outcome;
      const told = one.outcome?.type;
      return stored && told && stored !== told
        ? [`${one.activityId} was told ${told}, kept is ${stored}`]
        : [];
    }),
    ...presses.filter(({ isDone }) => !isDone).map(({ activityId }) => `${activityId} was never decided`),
  ],
  'I21 what was acknowledged is there': ({ world, decisions, audit }: Evidence) =>
    world.answers
      .filter(({ outcome }) => outcome?.type === 'recorded')
      .filter(({ request: { verb, planId, person } }) => {
        const name = `${person.tenantId}/${person.objectId}`;
        const isVote = decisions.some((one) => one.planId === planId && one.person === name);
        const isTold = (event: string) => audit.some((one) => one.planId === planId && one.event === event);
        const told: Readonly<Record<string, string>> = {
          ...{ submit: 'submitted', stop: 'stop-asked', continue: 'continued' },
        };
        return verb in told ? !isTold(told[verb] ?? '') : !isVote;
      })
      .map(({ request: { verb, planId } }) => `an acknowledged ${verb} of ${planId} is gone`),
  'I29 everything ends, or waits for a person': (evidence: Evidence) =>
    evidence.plans
      .filter(({ state }) => !absorbing.includes(state) && state !== 'needs-attention')
      .map(({ id, state }) => `${id} is still ${state} (${movesOf(evidence, id).length} moves)`),
} as const;
