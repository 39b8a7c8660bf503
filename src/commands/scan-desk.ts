import { randomUUID } from 'node:crypto';
import type { JsonValue, Link, Person } from '../plan/types';
import type { ScanProgress, SmsScan } from '../scans';
import type { Store } from '../store/db';
import {
  claimScan,
  dropScan,
  findRunningScan,
  findScan,
  finishScan,
  renewScan,
  type RunningScan,
} from '../store/scans';
import { BotError } from '../errors';
import { Pool } from './pool';

export interface LastScan {
  readonly scan: SmsScan;
  /** ISO 8601. */
  readonly scannedAt: string;
}

type Work = (onProgress: (progress: ScanProgress) => Promise<void>) => Promise<SmsScan>;

/** Runs scans, few at a time and one for each link in all processes, and keeps the last result. */
export interface ScanDesk {
  /** The result, or how far the scan of somebody else is. @throws BotError `busy`, and what `work` throws */
  run(link: Link, askedBy: Person, work: Work): Promise<LastScan | { readonly running: RunningScan }>;
  findLast(link: Link): Promise<LastScan | undefined>;
  findRunning(link: Link): Promise<RunningScan | undefined>;
}

/** Scans at a time in this process: they live on the same few reads per ten seconds. */
const atOnce = 2;

export function scanDesk({ db }: Pick<Store, 'db'>): ScanDesk {
  const pool = new Pool(atOnce, 0);
  return {
    async run(link, askedBy, work) {
      const [key, runner] = [keyOf(link), randomUUID()];
      return pool.run(async () => {
        if (!(await claimScan(db, key, runner))) {
          return { running: (await findRunningScan(db, key)) ?? { done: 0, total: 0 } };
        }
        try {
          const scan = await work(async (progress) => {
            if (!(await renewScan(db, key, runner, progress))) throw lost();
          });
          const { tenantId, objectId, displayName } = askedBy;
          const result = JSON.parse(JSON.stringify(scan)) as JsonValue;
          await finishScan(db, key, runner, { result, askedBy: { tenantId, objectId, displayName } });
          return (await last(key)) ?? { scan, scannedAt: new Date().toISOString() };
        } catch (error) {
          await dropScan(db, key, runner);
          throw error;
        }
      });
    },
    findLast: (link) => last(keyOf(link)),
    findRunning: (link) => findRunningScan(db, keyOf(link)),
  };

  async function last(key: ReturnType<typeof keyOf>): Promise<LastScan | undefined> {
    const found = await findScan(db, key);
    return found && { scan: found.result as unknown as SmsScan, scannedAt: found.scannedAt };
  }
}

function keyOf({ source, target }: Link) {
  return { kind: 'sms/1', sourceTenantId: source.tenantId, targetTenantId: target.tenantId };
}

function lost(): BotError {
  return new BotError(
    'busy',
    'scanning for SMS sign-in',
    'Look again in a minute: another process scans now.',
  );
}
