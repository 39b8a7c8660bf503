import { inboundSync } from '../../src/steps/inbound-sync';
import { partnerSource } from '../../src/steps/partner-source';
import { partnerTarget } from '../../src/steps/partner-target';
import { redemptionInbound } from '../../src/steps/redemption-inbound';
import { redemptionOutbound } from '../../src/steps/redemption-outbound';
import type { Step } from '../../src/plan/types';
import { describeStep } from './support/describe-step';
import { applyChange, changesOf, runStep, startStepWorld, type StepWorld } from './support/step-world';

const [target, inbound, redeemIn, source, redeemOut] = [
  partnerTarget,
  inboundSync,
  redemptionInbound,
  partnerSource,
  redemptionOutbound,
] as unknown as readonly [Step, Step, Step, Step, Step];

describeStep(target);
describeStep(inbound, { after: [target] });
describeStep(redeemIn, { after: [target] });
describeStep(source);
describeStep(redeemOut, { after: [source] });

describe('policy steps', () => {
  let world: StepWorld;
  beforeEach(async () => {
    world = await startStepWorld();
  });
  afterEach(async () => world.close());

  const partner = (other: 'con' | 'fab') =>
    `/v1.0/policies/crossTenantAccessPolicy/partners/${world.simulator.tenantId(other)}`;

  it('takes a partner that somebody else made meanwhile as done', async () => {
    const context = world.context();
    const [change] = await changesOf(target, context);
    await world.simulator.graph('fab', 'POST', '/v1.0/policies/crossTenantAccessPolicy/partners', {
      body: { tenantId: world.simulator.tenantId('con') },
    });
    await expect(applyChange(world, target, change!, context, {})).resolves.toHaveProperty('requestIds');
    expect(await changesOf(target, context)).toEqual([]);
  });

  it('switches from PUT to PATCH when the inbound policy appeared behind a stale read', async () => {
    const context = world.context();
    await runStep(world, target, context, {});
    const path = `${partner('con')}/identitySynchronization`;
    await world.simulator.graph('fab', 'PUT', path, { body: { userSyncInbound: { isSyncAllowed: false } } });
    await world.simulator.control.faults({
      method: 'GET',
      pathPattern: 'identitySynchronization',
      count: 1,
      status: 404,
    });
    const [change] = await changesOf(inbound, context);
    await world.simulator.control.faults({
      method: 'GET',
      pathPattern: 'identitySynchronization',
      count: 1,
      status: 404,
    });
    await applyChange(world, inbound, change!, context, {});
    expect(await changesOf(inbound, context)).toEqual([]);
    expect(
      (await world.simulator.control.writes()).map(({ method, status }) => `${method} ${status}`),
    ).toEqual(['POST 201', 'PUT 204', 'PUT 409', 'PATCH 204']);
  });

  it('leaves the other direction of automatic redemption as it is', async () => {
    const context = world.context();
    await runStep(world, target, context, {});
    await world.simulator.graph('fab', 'PATCH', partner('con'), {
      body: { automaticUserConsentSettings: { inboundAllowed: false, outboundAllowed: true } },
    });
    const changes = await runStep(world, redeemIn, context, {});
    expect(changes[0]?.fields).toEqual([
      { field: 'automaticUserConsentSettings.inboundAllowed', before: false, after: true },
    ]);
    const read = await world.simulator.graph('fab', 'GET', partner('con'));
    expect((read.body as { automaticUserConsentSettings: unknown }).automaticUserConsentSettings).toEqual({
      inboundAllowed: true,
      outboundAllowed: true,
    });
  });

  it('reads back what a lost answer really did', async () => {
    const context = world.context();
    const [change] = await changesOf(target, context);
    await world.simulator.control.faults({
      method: 'POST',
      pathPattern: 'partners',
      dropAfterEffect: true,
      count: 1,
    });
    await expect(applyChange(world, target, change!, context, {})).rejects.toMatchObject({
      code: 'graph-ambiguous',
    });
    expect(await changesOf(target, context)).toEqual([]);
    expect(await world.accepted()).toEqual(['partners.create']);
  });
});
