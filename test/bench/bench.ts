import { StewardProcess } from '../helpers/steward-process';
import { measureAnswers } from './answers';
import { measureIdle } from './idle';
import { measureManyUsers } from './many-users';
import { measurePress } from './press';
import { measureVerifier } from './verify';

export interface BenchOptions {
  /** How often the set of commands is asked. */
  readonly rounds: number;
  /** What every Graph answer takes while commands are asked. */
  readonly latencyMs: number;
  readonly idleSeconds: number;
  /** Audit records of the export that the verifier checks. */
  readonly auditRecords: number;
  /** Users of the group that is read whole. */
  readonly users: number;
}

/** One bot process from its first start to rest: set up a link, answer under a slow Graph, then idle. */
export async function bench(options: BenchOptions): Promise<void> {
  const { rounds, latencyMs, idleSeconds, auditRecords, users } = options;
  print(await measureManyUsers(users));
  print(await measureVerifier(auditRecords));
  const steward = await StewardProcess.start({ REPLICATION_SECONDS: '60', LOG_LEVEL: 'error' });
  try {
    await steward.prepare();
    print(await measurePress(steward));
    // The first start made the database; what is measured from here on is what a restart costs.
    await steward.stop();
    const began = performance.now();
    await steward.launch();
    print(`bot ready after ${((performance.now() - began) / 1000).toFixed(1)} s`);
    print(await measureAnswers(steward, rounds, latencyMs));
    for (const line of await measureIdle(steward, idleSeconds)) print(line);
  } finally {
    await steward.close();
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
