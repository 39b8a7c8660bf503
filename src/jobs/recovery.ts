import { expirePlans } from '../approvals/expire';
import type { ApprovalPorts } from '../approvals/ports';
import { remindOverdue } from '../approvals/remind';
import { log } from '../log';
import { anchorChain, usualPace } from './anchor';
import { releaseAllLeases } from '../store/executions';
import { deleteOldNonces } from '../store/nonces';
import { forgetSealed } from '../store/change-runs';
import { deleteOldMessages } from '../store/taken-messages';
import { deleteOldSends } from '../store/send-pace';
import { releaseCards } from '../store/outbox';
import { listAbandoned } from '../store/plan-lists';
import { listUndecidedPresses } from '../store/presses';

/** Takes up what a dead process left: at start, and in every replica as soon as a lease has run out (I28, I29). */
export class Recovery {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly ports: ApprovalPorts,
    private readonly leaseSeconds: number,
  ) {}

  /** With the embedded database nobody else can be at work, so leases of the dead are void at once. */
  async start(): Promise<void> {
    const { store, enqueue } = this.ports;
    const isAlone = store.dialect === 'pglite';
    if (isAlone) {
      await releaseAllLeases(store.db);
      await releaseCards(store.db);
    }
    await this.resume(isAlone ? 0 : this.leaseSeconds / 2);
    await store.transaction((tx) => enqueue(tx, { name: 'deliver' }));
    this.timer = setInterval(() => void this.look(), (this.leaseSeconds * 1000) / 4);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Once a minute: what is overdue ends, who has not answered is reminded, what is old goes. */
  async tidy(): Promise<void> {
    const { store, enqueue } = this.ports;
    await expirePlans(this.ports);
    await remindOverdue(this.ports);
    await anchorChain(this.ports, usualPace);
    await store.transaction((tx) => enqueue(tx, { name: 'deliver' }));
    await deleteOldNonces(store.db);
    await deleteOldMessages(store.db);
    await deleteOldSends(store.db);
    await forgetSealed(store.db);
  }

  private async look(): Promise<void> {
    await this.resume(this.leaseSeconds / 2).catch(() =>
      log.warn('nobody could look for what a dead process left', { part: 'jobs' }),
    );
  }

  /** @param pressSeconds a press that is undecided for so long was left by somebody dead */
  private async resume(pressSeconds: number): Promise<void> {
    const { store, enqueue } = this.ports;
    if (!(await store.isReady())) return;
    const planIds = await listAbandoned(store.db);
    const pressIds = await listUndecidedPresses(store.db, pressSeconds);
    if (planIds.length + pressIds.length === 0) return;
    await store.transaction(async (tx) => {
      for (const planId of planIds) await enqueue(tx, { name: 'apply', planId });
      for (const pressId of pressIds) await enqueue(tx, { name: 'decide', pressId });
    });
  }
}
