import { BotError } from '../errors';

/** A bounded number of works at a time, a bounded number in the queue, and "busy" for the rest (I36). */
export class Pool {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly atOnce: number,
    private readonly queued: number,
  ) {}

  /** @throws BotError `busy` when the queue is full; nothing was begun then */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.running < this.atOnce) this.running += 1;
    else {
      if (this.waiting.length >= this.queued) {
        throw new BotError(
          'busy',
          'taking your message',
          'Try again in a minute: many people are asking now.',
        );
      }
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}
