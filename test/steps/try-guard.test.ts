import type { StepContext } from '../../src/plan/types';
import { setupSteps, startSteps, trySteps } from '../../src/steps';
import { applyChange, changesOf, runStep, startStepWorld, type StepWorld } from './support/step-world';

const [step] = trySteps;
if (!step) throw new Error('try has a step');

jest.setTimeout(120_000);

let world: StepWorld;
let resolved: object;

beforeAll(async () => {
  world = await startStepWorld();
  const assignments = ['bob', 'alice', 'eve'].map((key) => ({
    principalId: world.simulator.personId(key),
    principalType: 'User' as const,
    displayName: key,
    userCount: 1,
  }));
  const context = world.context({ desired: { assignments } });
  resolved = {};
  for (const each of [...setupSteps, ...startSteps]) await runStep(world, each, context, resolved);
  await world.simulator.control.advance('PT40M');
}, 120_000);
afterAll(async () => world.close());

function trying(key: string): StepContext {
  return world.context({
    subject: {
      type: 'user',
      command: `try ${key} con>fab`,
      phoneType: null,
      userId: world.simulator.personId(key),
      userPrincipalName: `${key}@contoso.com`,
      displayName: key,
    },
  });
}

const tierOf = async (key: string) => step.tierOf?.(await changesOf(step, trying(key)));
const copies = async (key: string) =>
  (await world.simulator.control.users('fab', `${key}_`)).filter(({ creationType }) => creationType !== null);

it('needs nobody else for a user in scope', async () => {
  expect(await tierOf('bob')).toBe('T1');
  expect(await copies('bob')).toHaveLength(1);
});

it('tells SMS sign-in from an external user, by reading the user', async () => {
  const context = trying('alice');
  expect(await tierOf('alice')).toBe('T1');
  const [change] = await changesOf(step, context);
  if (!change) throw new Error('there is always something to try');
  const { outcome } = await applyChange(world, step, change, context, resolved);
  expect(outcome).toMatchObject({ result: 'Skipped', filterCause: 'sms' });
});

it('needs an approver when the account would be taken away, and refuses when it was already', async () => {
  const bob = world.simulator.personId('bob');
  await world.simulator.control.changeUser('con', bob, { smsSignInState: 'ready' });
  const context = trying('bob');
  const [change] = await changesOf(step, context);
  expect(change).toMatchObject({
    parameters: { isRemoval: true },
    fields: [{ field: 'account (SMS sign-in is on)', before: 'there' }],
  });
  expect(await tierOf('bob')).toBe('T2');
  if (!change) throw new Error('there is always something to try');
  await applyChange(world, step, change, context, resolved);
  expect(await copies('bob')).toHaveLength(0);
  await expect(changesOf(step, context)).rejects.toMatchObject({
    code: 'not-allowed',
    remedy: expect.stringContaining('Restore it') as string,
  });
});
