import { BotError } from '../errors';
import type { Step } from '../plan/types';
import { provisionOnDemand } from './provision-on-demand';
import { namesOf } from './step-words';
import { subjectOf } from './subject-of';

type Proof = typeof provisionOnDemand extends Step<infer Observed> ? Observed | null : never;

/**
 * After SMS sign-in is off, the engine itself says whether the user gets through now. Left out where there is no job
 * yet. Its effect cannot be told from a cycle's: never repeated.
 */
export const syncProof: Step<Proof> = {
  ...provisionOnDemand,
  name: 'sync-proof',
  title: (context) =>
    `Prove it: synchronize ${subjectOf(context, 'user').displayName} to ${namesOf(context).target} now`,
  meaning: (context) =>
    `As proof the user is created or updated in ${namesOf(context).target} at once, if in scope. Microsoft may take some minutes to notice the change before; then it still says skipped.`,
  async observe(context) {
    try {
      return await provisionOnDemand.observe(context);
    } catch (error) {
      if (error instanceof BotError && error.code === 'not-found') return null;
      throw error;
    }
  },
  diff: (context, observed) => (observed ? provisionOnDemand.diff(context, observed) : []),
  resolve: (observed) => (observed ? { ...observed } : {}),
};
