import type { Store } from '../store/db';
import type { Enqueue } from '../store/enqueue';
import type { AuthorityPorts } from './authority';

/** What decisions need: the settings' tenants, live directory reads, the database and the queue. */
export interface ApprovalPorts extends AuthorityPorts {
  readonly store: Store;
  readonly enqueue: Enqueue;
}
