import { CommandLimits } from '../../src/bot/command-limits';
import { CommandRate } from '../../src/bot/command-rate';
import type { Incoming } from '../../src/commands/command';
import { homeTenantId, messageFrom, pressFrom, startEdge } from '../helpers/edge';

function by(objectId: string, type: 'text' | 'refresh' = 'text'): Incoming {
  const content = type === 'text' ? { type, text: 'help' } : { type, planId: 'PL-1' };
  const person = { tenantId: 't', objectId, displayName: 'P', teamsUserId: '29:p' };
  return { person, content } as unknown as Incoming;
}

test('takes a minute’s worth at once, then as many as a minute refills', () => {
  let time = 0;
  const rate = new CommandRate(30, () => time);
  expect(Array.from({ length: 30 }, () => rate.take('a')).every((wait) => wait === null)).toBe(true);
  expect(rate.take('a')).toEqual({ seconds: 2, isNews: true });
  expect(rate.take('a')).toEqual({ seconds: 2, isNews: false });
  expect(rate.take('b')).toBeNull();
  time += 2_000;
  expect(rate.take('a')).toBeNull();
  expect(rate.take('a')).toEqual({ seconds: 2, isNews: true });
});

test('remembers a bounded number of people, the latest ones', () => {
  const rate = new CommandRate(1, () => 0);
  rate.take('first');
  for (let count = 0; count < 10_000; count += 1) rate.take(`person ${count}`);
  expect(rate.take('person 9999')).not.toBeNull();
  expect(rate.take('first')).toBeNull();
});

test('lets one person use up neither another’s commands nor their own by the tenant’s limit', () => {
  let time = 0;
  const limits = new CommandLimits({ person: 2, tenant: 3 }, () => time);
  expect([limits.check(by('a')), limits.check(by('a'))]).toEqual([null, null]);
  expect(limits.check(by('a'))).toMatchObject({ of: 'person', perMinute: 2, seconds: 30 });
  expect(limits.check(by('b'))).toBeNull();
  expect(limits.check(by('b'))).toMatchObject({ of: 'tenant', perMinute: 3, seconds: 20 });
  time += 20_000;
  expect(limits.check(by('b'))).toBeNull();
});

test('does not count what Teams asks on its own', () => {
  const limits = new CommandLimits({ person: 1, tenant: 1 }, () => 0);
  expect(Array.from({ length: 50 }, () => limits.check(by('a', 'refresh')))).toEqual(
    Array.from({ length: 50 }, () => null),
  );
});

test('answers a flood with one card that says how long to wait, and nothing behind the edge hears of the rest', async () => {
  const edge = await startEdge({ commandsPerMinute: { person: 1, tenant: 100 } });
  const { serviceUrl } = edge.connector;
  const statuses = await Promise.all(
    Array.from({ length: 40 }, async () => (await edge.post(messageFrom(serviceUrl))).status),
  );
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(edge.incoming).toHaveLength(1);
  expect(edge.connector.requests).toHaveLength(2);
  expect(edge.connector.sent()).toMatch(/Wait \d\d s, then send it again/);
  const press = await edge.post(pressFrom(serviceUrl, 'command', { command: 'help' }));
  expect(await press.text()).toMatch(/Too many commands: wait \d+ s/);
  const other = { from: { id: '29:o', name: 'Other', aadObjectId: homeTenantId } };
  await edge.post(messageFrom(serviceUrl, other));
  expect(edge.incoming).toHaveLength(2);
  await edge.close();
}, 120_000);
