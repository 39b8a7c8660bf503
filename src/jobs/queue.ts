import { BotError } from '../errors';
import { log } from '../log';
import type { Store } from '../store/db';
import type { Enqueue, Job } from '../store/enqueue';
import type { LinkKey } from '../store/links';
import { statementTag } from '../store/statement';

export type JobName = Job['name'] | 'expire';

/** What is done with a job; a rejection lets the queue try again. */
export type JobHandlers = {
  readonly [Name in Job['name']]: (job: Extract<Job, { name: Name }>) => Promise<void>;
} & { readonly expire: () => Promise<void> };

export interface Queue {
  readonly enqueue: Enqueue;
  /** From now on these links, and no others, are looked at on schedule. */
  schedule(links: readonly LinkKey[], everySeconds: number): Promise<void>;
  start(handlers: JobHandlers): Promise<void>;
  /** Takes no more jobs of these kinds, without waiting for those that run. */
  takeNoMore(names: readonly JobName[]): Promise<void>;
  /** Takes no more work and waits up to 20 s for what runs. */
  stop(): Promise<void>;
}

/** `limit` = how many of a kind run at once in this process; `seconds` = when the queue gives one up for dead. */
interface Kind {
  readonly limit: number;
  readonly seconds: number;
  readonly retries: number;
  /** `short`: at most one waiting job of a key. Not for `deliver`: the waiting one may run before we commit. */
  readonly policy: 'short' | 'standard';
  /** Jobs taken at once, and done by one call. */
  readonly batch: number;
}

export const kinds: Readonly<Record<JobName, Kind>> = {
  decide: { limit: 4, seconds: 120, retries: 3, policy: 'short', batch: 1 },
  apply: { limit: 2, seconds: 3600, retries: 3, policy: 'short', batch: 1 },
  deliver: { limit: 1, seconds: 300, retries: 1, policy: 'standard', batch: 100 },
  expire: { limit: 1, seconds: 300, retries: 0, policy: 'short', batch: 1 },
  watch: { limit: 2, seconds: 300, retries: 0, policy: 'short', batch: 1 },
};

/** The job queue on the store's own database. Polls rarely: jobs announce themselves (stack 4.3). */
export async function openQueue(store: Store): Promise<Queue> {
  const { fromDrizzle, fromPglite, PgBoss } = await import('pg-boss'); // it is an ES module
  const { engine } = store;
  const connection =
    engine.dialect === 'pglite'
      ? { db: fromPglite(engine.client), backend: 'pglite' as const }
      : { connectionString: engine.connectionString, max: 5 };
  const boss = new PgBoss({ ...connection, ...quiet });
  boss.on('error', (error: unknown) => log.warn('the job queue reported a fault', { reason: String(error) }));
  const workers = new Map<JobName, string[]>();
  const timers = new Set<NodeJS.Timeout>();
  let hasStarted = false;

  async function enqueue(...[tx, job, options = {}]: Parameters<Enqueue>): Promise<void> {
    if (!hasStarted)
      throw new BotError('busy', 'queueing work before the queue runs', 'Try again in a minute.');
    const { afterSeconds } = options;
    await boss.send(job.name, job, {
      db: fromDrizzle(tx as never, statementTag),
      ...keyOf(job),
      ...(afterSeconds === undefined ? {} : { startAfter: Math.ceil(afterSeconds) }),
    });
    if (afterSeconds !== undefined) wakeLater(job.name, afterSeconds);
  }

  /** A deferred job does not announce itself when its time comes. */
  function wakeLater(name: JobName, seconds: number): void {
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        for (const id of workers.get(name) ?? []) boss.notifyWorker(id);
      },
      Math.ceil(seconds) * 1000 + 250,
    );
    timer.unref();
    timers.add(timer);
  }

  async function start(handlers: JobHandlers): Promise<void> {
    await boss.start();
    for (const name of Object.keys(kinds) as JobName[]) {
      const { limit, seconds, retries, policy, batch } = kinds[name];
      const options = { expireInSeconds: seconds, retryLimit: retries, retryDelay: 5, retryBackoff: true };
      await boss.createQueue(name, { ...options, policy, notify: true, deleteAfterSeconds: 3600 });
      const work = handlers[name] as (job: unknown) => Promise<void>;
      const pace = { localConcurrency: limit, batchSize: batch, burstWhenBatchFull: true };
      const id = await boss.work(name, { ...pace, ...polling }, async ([job]) => {
        if (job)
          await reportFault(name, async () => {
            await requireReady(store);
            await work(job.data);
          });
      });
      workers.set(name, [...(workers.get(name) ?? []), id]);
    }
    hasStarted = true;
    await boss.schedule('expire', '* * * * *');
  }

  async function takeNoMore(names: readonly JobName[]): Promise<void> {
    for (const name of names) await boss.offWork(name, { wait: false });
  }

  async function stop(): Promise<void> {
    for (const timer of timers) clearTimeout(timer);
    timers.clear();
    if (hasStarted) await boss.stop({ graceful: true, timeout: 20_000, close: store.dialect === 'postgres' });
    hasStarted = false;
  }

  /** One schedule per link (cron knows whole minutes); those of links that nobody watches end. */
  async function schedule(links: readonly LinkKey[], everySeconds: number): Promise<void> {
    const wanted = new Map(links.map((link) => [linkKey(link), link]));
    const cron = `*/${Math.min(59, Math.max(1, Math.round(everySeconds / 60)))} * * * *`;
    for (const { key, cron: known } of await boss.getSchedules('watch')) {
      if (!wanted.has(key)) await boss.unschedule('watch', key);
      else if (known === cron) wanted.delete(key);
    }
    for (const [key, { sourceTenantId, targetTenantId }] of wanted) {
      const job = { name: 'watch', sourceTenantId, targetTenantId };
      await boss.schedule('watch', cron, job, { key, singletonKey: key });
    }
  }

  return { enqueue, schedule, start, takeNoMore, stop };
}

/** At most one waiting job of a key; `deliver` has none (see `policy`). */
export function keyOf(job: Job): { readonly singletonKey?: string } {
  switch (job.name) {
    case 'apply':
      return { singletonKey: job.planId };
    case 'decide':
      return { singletonKey: job.pressId };
    case 'watch':
      return { singletonKey: linkKey(job) };
    case 'deliver':
      return {};
  }
}

/** pg-boss takes letters, digits, `-`, `_`, `.` and `/` in a key. */
function linkKey({ sourceTenantId, targetTenantId }: LinkKey): string {
  return `${sourceTenantId}/${targetTenantId}`;
}

const polling = { pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 30 };

/** Rare housekeeping, for an idle bot shall rest. */
const quiet = {
  useListenNotify: true,
  flowIntervalSeconds: 3600,
  bamIntervalSeconds: 3600,
  cronMonitorIntervalSeconds: 45,
  cronWorkerIntervalSeconds: 45,
  superviseIntervalSeconds: 60,
};

/** Nothing is done on a schema that a newer program has made: that program has the job when it is tried again (I30). */
async function requireReady(store: Store): Promise<void> {
  if (await store.isReady()) return;
  throw new BotError(
    'storage-unavailable',
    'beginning a job on a database that does not answer or is of a newer version',
    'Check the database, or start the version that last used it.',
  );
}

async function reportFault(name: JobName, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    log.error('a job stopped on an error', {
      job: name,
      code: error instanceof BotError ? error.code : 'internal',
      stack: (error as Error).stack,
    });
    throw error;
  }
}
