import { OneAtATime } from '../../src/commands/one-at-a-time';

test('starts a work once, gives everybody its outcome, and may start it again when it ended', async () => {
  const guard = new OneAtATime<number>();
  let started = 0;
  let end: (value: number) => void = () => undefined;
  const work = () => {
    started += 1;
    return new Promise<number>((resolve) => (end = resolve));
  };
  const asked = Array.from({ length: 1_000 }, () => guard.run('scan a>b', work));
  expect(asked.map(({ isNew }) => isNew).filter(Boolean)).toHaveLength(1);
  expect(guard.run('scan b>a', async () => 2).isNew).toBe(true);
  end(7);
  expect(new Set(await Promise.all(asked.map(({ outcome }) => outcome)))).toEqual(new Set([7]));
  expect(started).toBe(1);
  expect(guard.isRunning('scan a>b')).toBe(false);
  expect(guard.run('scan a>b', work).isNew).toBe(true);
});

test('forgets a work that broke', async () => {
  const guard = new OneAtATime<number>();
  const { outcome } = guard.run('scan', () => Promise.reject(new Error('broke')));
  await expect(outcome).rejects.toThrow('broke');
  await expect(guard.run('scan', async () => 1).outcome).resolves.toBe(1);
});
