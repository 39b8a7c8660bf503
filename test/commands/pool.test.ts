import { Once } from '../../src/commands/once';
import { Pool } from '../../src/commands/pool';

function gate() {
  let open: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => (open = resolve));
  return { closed, open: () => open() };
}

describe('the pool', () => {
  it('runs no more than its number at once, in order, and says busy beyond its queue', async () => {
    const pool = new Pool(2, 3);
    const { closed, open } = gate();
    const begun: number[] = [];
    let most = 0;
    let running = 0;
    const work = (number: number) => async () => {
      begun.push(number);
      most = Math.max(most, (running += 1));
      await closed;
      running -= 1;
      return number;
    };
    const accepted = [1, 2, 3, 4, 5].map((number) => pool.run(work(number)));
    await expect(pool.run(work(6))).rejects.toMatchObject({ code: 'busy' });
    expect(begun).toEqual([1, 2]);
    open();
    expect(await Promise.all(accepted)).toEqual([1, 2, 3, 4, 5]);
    expect(begun).toEqual([1, 2, 3, 4, 5]);
    expect(most).toBe(2);
  });

  it('goes on after a work that failed', async () => {
    const pool = new Pool(1, 1);
    await expect(pool.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await pool.run(() => Promise.resolve('yes'))).toBe('yes');
  });
});

describe('once', () => {
  it('gives a repeat the first answer, until it is old or too many came after', async () => {
    let now = 0;
    let count = 0;
    const once = new Once<number>(2, 1_000, () => now);
    const run = (key: string) => once.run(key, () => Promise.resolve((count += 1)));
    expect([await run('a'), await run('a')]).toEqual([1, 1]);
    now = 1_000;
    expect(await run('a')).toBe(2);
    await run('b');
    await run('c');
    expect(await run('a')).toBe(5);
  });
});
