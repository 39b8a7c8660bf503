import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { Report } from './main';
import { plants } from './plants';
import { tellFigure } from '../helpers/figures';

const isProof = process.env['PROVE'] === '1';
const seed = process.env['SEED'] === undefined ? null : Number(process.env['SEED']);
/** `SEEDS=2501-5000` plays a part of the long form. */
const [from, to] = (process.env['SEEDS'] ?? (isProof ? '1-10000' : '1-1000')).split('-').map(Number) as [
  number,
  number,
];
const first = seed ?? from;
const count = seed === null ? to - from + 1 : 1;
/** One process plays so many, then a fresh one goes on. */
const slice = 500;
const plan = { schedules: isProof ? 10_800_000 : 1_500_000, plants: 900_000 };

/** Plays in a process of its own: outside of jest a schedule takes half the time. */
function run<T>(...args: readonly (string | number)[]): Promise<T> {
  const register = join(__dirname, 'typescript.cjs');
  const command = ['-r', register, join(__dirname, 'main.ts'), ...args.map(String)];
  const options = { maxBuffer: 256 * 1024 * 1024, env: { ...process.env, LOG_LEVEL: 'silent' } };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, command, options, (error, stdout, stderr) => {
      if (error) return reject(new Error(`${error.message}\n${stderr}`));
      if (seed !== null) process.stderr.write(stderr);
      resolve(JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as T);
    });
  });
}

describe('the engine under seeded schedules', () => {
  it(
    `breaks no invariant in ${count} schedules of one to four replicas with faults`,
    async () => {
      const reports: Report[] = [];
      let next = first;
      const player = async (): Promise<void> => {
        while (next < first + count) {
          const start = next;
          next += slice;
          reports.push(await run<Report>(`${start}-${Math.min(next, first + count) - 1}`));
        }
      };
      await Promise.all([player(), player()]);
      const played = reports.reduce((total, one) => total + one.played, 0);
      const steps = reports.reduce((total, one) => total + one.steps, 0);
      const broken = reports.flatMap((one) => one.violations);
      const figure = `seeds ${first} to ${first + count - 1}, ${played} of one to four replicas, ${steps} calls of ports, ${broken.length} violations`;
      tellFigure(__filename, isProof ? `schedules from ${first}` : 'schedules', figure);
      for (const one of broken) {
        console.log(`SEED=${one.seed} npm run jest -- test/schedules\n${JSON.stringify(one, null, 1)}`);
      }
      expect(broken).toEqual([]);
      expect(reports.flatMap((one) => one.unsteady)).toEqual([]);
      expect(played).toBe(count);
    },
    plan.schedules,
  );

  const steady = seed === null ? '50,400,800' : String(seed);
  it(`plays seed ${steady} the same way in every process`, async () => {
    const [first, second] = await Promise.all([run<Report>(steady), run<Report>(steady)]);
    expect(first.steps).toBeGreaterThan(0);
    expect(second).toEqual(first);
  }, 120_000);

  const search = seed === null ? it : it.skip;
  search(
    'finds every planted bug',
    async () => {
      const found = await run<Record<string, number | null>>('plants', isProof ? 400 : 200);
      const missed = plants.filter(({ name }) => found[name] === null).map(({ name }) => name);
      expect(missed).toEqual([]);
      expect(Object.keys(found)).toHaveLength(plants.length);
    },
    plan.plants,
  );
});
