import type { PlanSubject } from '../../src/plan/subject';
import type { Step, StepContext } from '../../src/plan/types';
import { defaultPolicy } from '../../src/steps/default-policy';
import { inboundSync } from '../../src/steps/inbound-sync';
import { inboundTrust } from '../../src/steps/inbound-trust';
import { partnerSource } from '../../src/steps/partner-source';
import { partnerTarget } from '../../src/steps/partner-target';
import { redemptionInbound } from '../../src/steps/redemption-inbound';
import { redemptionOutbound } from '../../src/steps/redemption-outbound';
import { describeStep } from './support/describe-step';
import { applyChange, changesOf, runStep, startStepWorld, type StepWorld } from './support/step-world';

const steps = { inboundSync, inboundTrust, redemptionInbound, redemptionOutbound, defaultPolicy };
const [sync, trust, redeemIn, redeemOut, defaults] = Object.values(steps) as unknown as readonly [
  ...[Step, Step, Step, Step, Step],
];
const [entryInTarget, entryInSource] = [partnerTarget, partnerSource] as unknown as readonly [Step, Step];

function switchTo(isOn: boolean, ...claims: ('mfa' | 'device' | 'hybrid')[]): PlanSubject {
  return { type: 'switch', command: 'as typed', displayName: '', isOn, claims };
}

function field(name: string, value: string): PlanSubject {
  return { type: 'default', command: 'as typed', displayName: '', tenantId: '', field: name, value };
}

describeStep(trust, { after: [entryInTarget], subject: () => switchTo(true, 'mfa') });
describeStep(defaults, { subject: () => field('trust-mfa', 'on') });
describeStep(defaults, { subject: () => field('b2b-inbound', 'blocked') });

describe('switches of the policy', () => {
  let world: StepWorld;
  beforeEach(async () => {
    world = await startStepWorld();
  });
  afterEach(async () => world.close());

  const root = '/v1.0/policies/crossTenantAccessPolicy';
  const partner = () => `${root}/partners/${world.simulator.tenantId('con')}`;
  const read = async (path: string) => (await world.simulator.graph('fab', 'GET', path)).body as never;
  const as = (subject: PlanSubject): StepContext => world.context({ subject });

  async function turnOn(step: Step, entry: Step): Promise<void> {
    await runStep(world, entry, as(switchTo(true)), {});
    await runStep(world, step, as(switchTo(true)), {});
  }

  it.each([
    ['inbound synchronization', sync, entryInTarget, 'identitySynchronization.update'],
    ['inbound redemption', redeemIn, entryInTarget, 'partners.update'],
    ['outbound redemption', redeemOut, entryInSource, 'partners.update'],
  ] as const)('turns %s off and reads it back', async (_, step, entry, operation) => {
    await turnOn(step, entry);
    const off = as(switchTo(false));
    const changes = await runStep(world, step, off, {});
    expect(changes).toMatchObject([{ operation, fields: [{ before: true, after: false }] }]);
    expect(await changesOf(step, off)).toEqual([]);
    expect(await changesOf(step, as(switchTo(true)))).toHaveLength(1);
    expect(step.meaning(off)).toMatch(/quarantine/);
    expect(step.title(off)).not.toBe(step.title(as(switchTo(true))));
  });

  it.each([
    ['inbound synchronization', sync],
    ['inbound redemption', redeemIn],
    ['outbound redemption', redeemOut],
    ['trust', trust],
  ] as const)('has nothing to turn off, and no entry to turn %s on in', async (_, step) => {
    expect(await changesOf(step, as(switchTo(false, 'mfa')))).toEqual([]);
    await expect(changesOf(step, as(switchTo(true, 'mfa')))).rejects.toMatchObject({
      code: 'not-found',
      remedy: expect.stringMatching(/^Run setup con>fab/),
    });
  });

  it('takes trust off the default with what holds there, and says so', async () => {
    await runStep(world, entryInTarget, as(switchTo(true)), {});
    const inboundTrust = {
      isMfaAccepted: false,
      isCompliantDeviceAccepted: true,
      isHybridAzureADJoinedDeviceAccepted: false,
    };
    await world.simulator.graph('fab', 'PATCH', `${root}/default`, { body: { inboundTrust } });
    const changes = await runStep(world, trust, as(switchTo(true, 'mfa')), {});
    expect(changes[0]?.fields).toEqual([
      { field: 'inboundTrust.isMfaAccepted', before: false, after: true },
      { field: 'inboundTrust', before: 'follows the default', after: 'set for this partner' },
    ]);
    expect(await read(partner())).toMatchObject({ inboundTrust: { ...inboundTrust, isMfaAccepted: true } });
    expect(await changesOf(trust, as(switchTo(true, 'device')))).toEqual([]);
  });

  it('changes one member of the default and keeps the others of its block', async () => {
    const inboundTrust = {
      isMfaAccepted: false,
      isCompliantDeviceAccepted: true,
      isHybridAzureADJoinedDeviceAccepted: true,
    };
    await world.simulator.graph('fab', 'PATCH', `${root}/default`, { body: { inboundTrust } });
    await runStep(world, defaults, as(field('trust-mfa', 'on')), {});
    expect(await read(`${root}/default`)).toMatchObject({
      isServiceDefault: false,
      inboundTrust: { ...inboundTrust, isMfaAccepted: true },
      b2bCollaborationInbound: { usersAndGroups: { accessType: 'allowed' } },
    });
  });

  it('counts the partner entries that follow the default, block by block', async () => {
    await runStep(world, entryInTarget, as(switchTo(true)), {});
    const [before] = await changesOf(defaults, as(field('trust-mfa', 'on')));
    await runStep(world, trust, as(switchTo(true, 'mfa')), {});
    const [after] = await changesOf(defaults, as(field('trust-mfa', 'on')));
    const [other] = await changesOf(defaults, as(field('b2b-inbound', 'blocked')));
    expect((before?.affectedUsers ?? 0) - (after?.affectedUsers ?? 0)).toBe(1);
    expect(other?.affectedUsers).toBe(before?.affectedUsers);
  });

  it('keeps a default that was set for some people in full, so that it can be put back', async () => {
    const some = {
      usersAndGroups: {
        accessType: 'allowed',
        targets: [{ target: world.simulator.personId('mina'), targetType: 'user' }],
      },
      applications: {
        accessType: 'allowed',
        targets: [{ target: 'AllApplications', targetType: 'application' }],
      },
    };
    await world.simulator.graph('fab', 'PATCH', `${root}/default`, {
      body: { b2bCollaborationInbound: some },
    });
    const [change] = await changesOf(defaults, as(field('b2b-inbound', 'blocked')));
    expect(change?.fields).toEqual([{ field: 'b2bCollaborationInbound', before: some, after: 'blocked' }]);
  });

  describe('when Graph fails', () => {
    const lost = [
      ['before its effect', { reset: true }, false],
      ['after its effect', { dropAfterEffect: true }, true],
    ] as const;
    const writes = [
      ['allow off', sync, switchTo(false)],
      ['redeem off, inbound', redeemIn, switchTo(false)],
      ['trust on', trust, switchTo(true, 'mfa', 'hybrid')],
      ['default set', defaults, field('direct-inbound', 'blocked')],
    ] as const;

    beforeEach(async () => {
      await turnOn(sync, entryInTarget);
      await runStep(world, redeemIn, as(switchTo(true)), {});
      await world.simulator.graph('fab', 'PATCH', `${root}/default`, {
        body: {
          b2bDirectConnectInbound: {
            usersAndGroups: {
              accessType: 'allowed',
              targets: [{ target: 'AllUsers', targetType: 'user' }],
            },
            applications: {
              accessType: 'allowed',
              targets: [{ target: 'AllApplications', targetType: 'application' }],
            },
          },
        },
      });
    });

    it.each(lost.flatMap(([when, fault, done]) => writes.map((one) => [...one, when, fault, done] as const)))(
      'tells by looking whether %s took effect',
      async (_name, step, subject, _when, fault, done) => {
        const context = as(subject);
        const [change] = await changesOf(step, context);
        await world.simulator.control.faults({ ...fault, method: 'PATCH', pathPattern: '.', count: 1 });
        await expect(applyChange(world, step, change!, context, {})).rejects.toMatchObject({
          code: 'graph-ambiguous',
        });
        expect(await changesOf(step, context)).toEqual(done ? [] : [change]);
      },
    );

    it.each(writes)('changes nothing when %s is refused', async (_name, step, subject) => {
      const context = as(subject);
      const [change] = await changesOf(step, context);
      const body = { error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges' } };
      await world.simulator.control.faults({
        status: 403,
        body,
        method: 'PATCH',
        pathPattern: '.',
        count: 1,
      });
      await expect(applyChange(world, step, change!, context, {})).rejects.toMatchObject({
        code: 'permission-missing',
      });
      expect(await changesOf(step, context)).toEqual([change]);
    });
  });
});
