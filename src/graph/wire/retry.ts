import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import { BotError } from '../../errors';
import type { Pace } from '../pace';
import { backoffSeconds, longestWaitSeconds, retryAfterSeconds } from '../retry-after';
import { callOf, type CallOptions } from './call-options';

export interface Patience {
  readonly tries: number;
  /** From the first try to the last answer. */
  readonly totalSeconds: number;
}

/** Sends reads again after 429, 5xx and network faults; sends writes once (I23). */
export class Retry implements Middleware {
  private next: Middleware | undefined;

  constructor(
    private readonly pace: Pace,
    private readonly patience: Patience,
  ) {}

  setNext(next: Middleware): void {
    this.next = next;
  }

  async execute(context: Context): Promise<void> {
    const options = callOf(context);
    const end = this.pace.now() + this.patience.totalSeconds * 1000;
    for (let attempt = 1; ; attempt += 1) {
      const fault = await this.attempt(context, options);
      const isLast = attempt >= this.patience.tries || !options.call.isRepeatable;
      if (!fault.isTransient || isLast) return settle(fault);
      const wait = Math.min(
        options.retryAfterSeconds ?? backoffSeconds(attempt, this.pace.random()),
        longestWaitSeconds,
      );
      if (this.pace.now() + wait * 1000 > end) return settle(fault);
      await this.pace.sleep(wait * 1000);
    }
  }

  private async attempt(context: Context, options: CallOptions): Promise<Fault> {
    options.retryAfterSeconds = undefined;
    delete context.response;
    try {
      await this.next?.execute(context);
    } catch (error) {
      return { isTransient: !(error instanceof BotError), error };
    }
    const response = context.response as Response | undefined;
    if (!response || (response.status < 500 && response.status !== 429)) return { isTransient: false };
    options.retryAfterSeconds = retryAfterSeconds(response.headers.get('Retry-After'), this.pace.now());
    return { isTransient: true };
  }
}

interface Fault {
  readonly isTransient: boolean;
  readonly error?: unknown;
}

function settle(fault: Fault): void {
  if (fault.error !== undefined) throw fault.error as Error;
}
