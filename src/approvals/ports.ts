import type { PlanRecord } from '../plan/types';
import type { Store } from '../store/db';
import type { Enqueue } from '../store/enqueue';
import type { AuthorityPorts } from './authority';

/** What decisions need: the settings' tenants, live directory reads, the database and the queue. */
export interface ApprovalPorts extends AuthorityPorts {
  readonly store: Store;
  readonly enqueue: Enqueue;
  /** Reads both tenants again, for a plan whose outcome is not known. */
  readonly readBack: (record: PlanRecord) => Promise<ReadBack>;
}

/** `unknowable`: nothing of such a plan can be read back. @throws BotError when a tenant cannot be read */
export type ReadBack = 'as-wanted' | 'different' | 'unknowable';
