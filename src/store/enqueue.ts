import type { Db } from './db';

/** Work that runs later, in this process or another; each job finds the present facts in the database. */
export type Job =
  | { readonly name: 'apply'; readonly planId: string }
  | { readonly name: 'decide'; readonly pressId: string }
  /** Sends whatever cards are due. */
  | { readonly name: 'deliver' }
  /** One look at one link. */
  | { readonly name: 'watch'; readonly sourceTenantId: string; readonly targetTenantId: string };

/** Puts a job into the queue as part of the transaction: it runs only if that commits. */
export type Enqueue = (tx: Db, job: Job, options?: { readonly afterSeconds?: number }) => Promise<void>;
