import { log } from '../log';

/** Asked to end: the current change is finished. After a fault nobody knows what still works (safety D2). */
const longestStopMs = { asked: 30_000, faulty: 10_000 };

/**
 * Ends this process cleanly on SIGTERM and SIGINT, on a second one at once; a fault that nobody caught ends it with
 * code 1. Under a parent (local mode) the end of the parent counts as well, and Ctrl-C is the parent's to act on.
 */
export function stopOnSignals(part: string, stop: () => Promise<void>): void {
  let isStopping = false;
  const end = (code: number, reason: string) => {
    if (isStopping) process.exit(1);
    isStopping = true;
    log.info('stopping', { event: 'stopping', part, reason });
    setTimeout(() => process.exit(1), code === 0 ? longestStopMs.asked : longestStopMs.faulty).unref();
    stop().then(
      () => process.exit(code),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', () => end(0, 'SIGTERM'));
  process.on('SIGINT', () => {
    if (process.send === undefined) end(0, 'SIGINT');
  });
  process.on('disconnect', () => end(0, 'the parent ended'));
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      const stack = error instanceof Error ? (error.stack ?? error.message) : 'not an Error';
      log.error('a fault that nobody caught', { event, part, stack });
      if (!isStopping) end(1, event);
    });
  }
}

/** npm may die without passing a signal on (SIGKILL): then this process goes as well, and leaves nobody behind. */
export function stopWithParent(): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, 1_000).unref();
}
