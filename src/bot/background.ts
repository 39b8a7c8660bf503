import { randomUUID } from 'node:crypto';
import { log } from '../log';

/** Work that may outlive its turn, kept in sight so that a shutdown can wait for it. */
export interface Background {
  /** Starts nothing and changes nothing: a fault of `work` is logged here, never unhandled (I35). */
  watch(work: Promise<unknown>): void;
  /** Resolves when everything watched is done. */
  settled(): Promise<void>;
}

export const late = Symbol('late');

/** The outcome of the work, or `late` when it takes longer; the work itself goes on. */
export function withinTime<T>(work: Promise<T>, ms: number): Promise<T | typeof late> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(late), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** Writes a fault to the log. @returns the id under which the log has it */
export function logFault(error: unknown): string {
  const correlationId = randomUUID();
  const stack = error instanceof Error ? (error.stack ?? error.message) : 'not an Error';
  log.error('a turn ended in a fault', { event: 'turn-fault', correlationId, stack });
  return correlationId;
}

export function createBackground(): Background {
  const running = new Set<Promise<unknown>>();
  return {
    watch(work) {
      const watched = work.catch(logFault);
      running.add(watched);
      void watched.finally(() => running.delete(watched));
    },
    async settled() {
      while (running.size > 0) await Promise.allSettled([...running]);
    },
  };
}
