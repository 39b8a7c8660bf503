import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import { callOf } from './call-options';

/** Keeps our own error beside the call, because the SDK replaces what is thrown inside the chain. */
export class KeepError implements Middleware {
  private next: Middleware | undefined;

  setNext(next: Middleware): void {
    this.next = next;
  }

  async execute(context: Context): Promise<void> {
    try {
      await this.next?.execute(context);
    } catch (error) {
      callOf(context).error = error;
      throw error;
    }
  }
}
