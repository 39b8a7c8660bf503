import { readFileSync } from 'node:fs';

import type { StewardProcess } from '../helpers/steward-process';

/** Nothing was asked of Graph for this long: the work of the load before is done. */
const quietMs = 15_000;
const patienceMs = 15 * 60_000;

/** What the process costs when nobody asks it anything, and the memory it then holds. Linux only. */
export async function measureIdle(steward: StewardProcess, idleSeconds: number): Promise<string[]> {
  const waited = await untilQuiet(steward);
  const began = cpuSeconds(steward.pid);
  await sleep(idleSeconds * 1000);
  const share = ((cpuSeconds(steward.pid) - began) / idleSeconds) * 100;
  return [
    `work of the load ended after ${(waited / 1000).toFixed(0)} s`,
    `idle over ${idleSeconds} s: ${share.toFixed(1)} % of a core`,
    `resident memory of the bot: ${residentMegabytes(steward.pid).toFixed(0)} MB`,
  ];
}

/** Waits until Graph is left alone. @throws Error when it never is */
async function untilQuiet(steward: StewardProcess): Promise<number> {
  const began = performance.now();
  let last = '';
  let since = performance.now();
  while (performance.now() - since < quietMs) {
    if (performance.now() - began > patienceMs) throw new Error('the bot does not come to rest');
    await sleep(1000);
    const now = JSON.stringify(await steward.simulator.control.requests());
    if (now !== last) since = performance.now();
    last = now;
  }
  return performance.now() - began - quietMs;
}

/** CPU seconds of the process so far (a clock tick of Linux is 1/100 s). */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function residentMegabytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
