import { log } from '../log';
import { deliverDueCards, type DeliverPorts } from './deliver';

/** Waiting for a card that is due soon is cheaper than a job of its own. */
const mostWaitSeconds = 60;

/** Sends cards as they become due: woken by jobs, and by its own timer for those that had to wait. */
export class Outbox {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private isStopped = false;

  constructor(private readonly ports: DeliverPorts) {}

  /** Sends what is due. Calls while it runs join one more round, so that nothing just written is missed. */
  async drain(): Promise<void> {
    const before = this.running ?? Promise.resolve();
    const round = before.then(() => this.round());
    this.running = round.catch(() => undefined);
    return round;
  }

  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  private async round(): Promise<void> {
    if (this.isStopped) return;
    const seconds = await deliverDueCards(this.ports);
    clearTimeout(this.timer);
    if (seconds === null || this.isStopped) return;
    this.timer = setTimeout(
      () => {
        this.drain().catch(() => log.warn('cards could not be delivered', { job: 'deliver' }));
      },
      Math.min(seconds, mostWaitSeconds) * 1000 + 20,
    );
    this.timer.unref();
  }
}
