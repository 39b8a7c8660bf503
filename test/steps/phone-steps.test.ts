import { listPhoneMethods } from '../../src/graph/authentication-methods';
import type { Step, StepContext } from '../../src/plan/types';
import { phoneRemoval } from '../../src/steps/phone-removal';
import { smsSignInOff } from '../../src/steps/sms-sign-in-off';
import { smsSignInOffAdministrator } from '../../src/steps/sms-sign-in-off-administrator';
import { describeStep } from './support/describe-step';
import { changesOf, runStep, startStepWorld, type StepWorld } from './support/step-world';

type PhoneType = 'mobile' | 'alternateMobile' | 'office';

interface Wish {
  readonly phoneType?: PhoneType;
  readonly acceptsLockout?: boolean;
}

async function idOf(world: StepWorld, alias: string): Promise<string> {
  const known = world.simulator.personId(alias);
  if (known) return known;
  const found = await world.simulator.graph('con', 'GET', `/v1.0/users/${alias}@contoso.com`);
  return (found.body as { id: string }).id;
}

function subjectFor(userId: string, alias: string, wish: Wish = {}): StepContext['subject'] {
  return {
    type: 'user',
    command: `fix sms ${userId} con>fab`,
    displayName: alias,
    userId,
    userPrincipalName: `${alias}@contoso.com`,
    phoneType: wish.phoneType ?? null,
    ...(wish.acceptsLockout ? { acceptsLockout: true } : {}),
  };
}

/** Steps are generic in what they observe; the suites below do not care. */
const plain = (step: unknown) => step as Step;

describeStep(plain(smsSignInOff), {
  subject: (world) => subjectFor(world.simulator.personId('alice'), 'alice'),
});
describeStep(plain(phoneRemoval), {
  subject: (world) => subjectFor(world.simulator.personId('bob'), 'bob', { phoneType: 'mobile' }),
});

describe('phones of odd users', () => {
  let world: StepWorld;
  beforeEach(async () => {
    world = await startStepWorld();
  });
  afterEach(async () => world.close());

  async function contextOf(alias: string, wish: Wish = {}): Promise<StepContext> {
    return world.context({ subject: subjectFor(await idOf(world, alias), alias, wish) });
  }

  it('keeps the number when SMS sign-in goes, and shows it nowhere whole', async () => {
    const context = await contextOf('alice');
    const userId = world.simulator.personId('alice');
    const [change] = await runStep(world, plain(smsSignInOff), context, {});
    const [phone] = await listPhoneMethods(context.source, userId);
    expect(phone).toMatchObject({ smsSignInState: 'notEnabled', phoneType: 'mobile' });
    const { body } = await world.simulator.graph(
      'con',
      'GET',
      `/v1.0/users/${userId}/authentication/phoneMethods`,
    );
    const whole = (body as { value: { phoneNumber: string }[] }).value[0]?.phoneNumber ?? '';
    expect(whole).toMatch(/^\+1 \d{10}$/);
    expect(JSON.stringify({ change, phone })).not.toContain(whole.slice(3));
    expect(change?.fields[2]).toMatchObject({ after: 'Microsoft Authenticator, password' });
    expect(change?.fields[1]).toEqual({
      field: 'mobile number',
      before: `+•• ••• ••${whole.slice(-2)}`,
      after: 'kept',
    });
  });

  it('locks nobody out, unless that is what was asked for', async () => {
    await expect(changesOf(plain(smsSignInOff), await contextOf('smsonly'))).rejects.toMatchObject({
      code: 'not-allowed',
    });
    const accepted = await contextOf('smsonly', { acceptsLockout: true });
    const [change] = await runStep(world, plain(smsSignInOff), accepted, {});
    expect(change?.fields.at(-1)?.after).toBe('nothing (may be locked out)');
    expect(await changesOf(plain(smsSignInOff), accepted)).toEqual([]);
  });

  it.each([
    ['twophones', 'mobile', /alternate mobile phone first/],
    ['alice', 'mobile', null],
    ['twophones', 'alternateMobile', null],
  ] as const)('removes of %s the %s phone only as Graph lets it', async (alias, phoneType, refusal) => {
    const context = await contextOf(alias, { phoneType });
    if (refusal === null) {
      await runStep(world, plain(phoneRemoval), context, {});
      expect(await changesOf(plain(phoneRemoval), context)).toEqual([]);
      expect(await world.accepted()).toEqual(['phoneMethods.delete']);
      return;
    }
    await expect(changesOf(plain(phoneRemoval), context)).rejects.toMatchObject({
      remedy: expect.stringMatching(refusal),
    });
  });

  it('does not try to remove the default method', async () => {
    const context = await contextOf('smsonly', { phoneType: 'mobile', acceptsLockout: true });
    await expect(changesOf(plain(phoneRemoval), context)).rejects.toMatchObject({
      remedy: expect.stringMatching(/another default sign-in method/),
    });
  });

  it('is one step for administrators and another for everybody else', async () => {
    const steps = [smsSignInOff, smsSignInOffAdministrator];
    const counts = async (alias: string) => {
      const context = await contextOf(alias, { phoneType: 'mobile', acceptsLockout: true });
      return Promise.all(steps.map(async (step) => (await changesOf(plain(step), context)).length));
    };
    expect(await counts('alice')).toEqual([1, 0]);
    const unit = await world.simulator.graph(
      'con',
      'PATCH',
      '/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/sms',
      {
        body: {
          '@odata.type': '#microsoft.graph.smsAuthenticationMethodConfiguration',
          includeTargets: [
            {
              targetType: 'group',
              id: 'all_users',
              isRegistrationRequired: false,
              isUsableForSignIn: true,
            },
          ],
        },
      },
    );
    expect(unit.status).toBe(204);
    const added = await world.simulator.graph(
      'con',
      'POST',
      `/v1.0/users/${world.simulator.personId('omar')}/authentication/phoneMethods`,
      { body: { phoneNumber: '+49 1711234567', phoneType: 'mobile' } },
    );
    expect(added.status).toBe(201);
    expect(await counts('omar')).toEqual([0, 1]);
  });
});
