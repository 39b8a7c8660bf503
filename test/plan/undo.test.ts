import { filtersOf } from '../../src/engine/filters';
import { mappingLinesOf } from '../../src/engine/mapping-lines';
import { listAssignments } from '../../src/graph/app-role-assignments';
import { findConfiguration } from '../../src/graph/configurations';
import {
  findIdentitySynchronization,
  findPartner,
  readDefaultPolicy,
} from '../../src/graph/cross-tenant-access-policy';
import { findCrossTenantJob } from '../../src/graph/synchronization-jobs';
import { findSchema } from '../../src/graph/synchronization-schema';
import { readSecrets } from '../../src/graph/synchronization-secrets';
import type { PlanSubject } from '../../src/plan/subject';
import type { PlanKind, PlanRecord } from '../../src/plan/types';
import type { Fault } from '../../src/simulator/faults';
import { openTestStore, type TestStore } from '../helpers/stores';
import { startStepWorld, type StepWorld } from '../steps/support/step-world';
import { planRunner, type PlanRunner } from './support/plan-runner';

const nameless = { command: '', displayName: '' } as const;
const switchTo = (isOn: boolean, claims: ('mfa' | 'device')[] = []): PlanSubject => ({
  ...nameless,
  type: 'switch',
  isOn,
  claims,
});

/** What one plan does to a link that is set up. */
interface Case {
  readonly kind: PlanKind;
  readonly subject: (world: StepWorld) => PlanSubject | null;
  /** A plan that must stand before. */
  readonly before?: Case;
}

const person = (world: StepWorld, key: string) => ({
  principalId: world.simulator.personId(key),
  principalType: 'User' as const,
  displayName: key,
  userCount: 1,
});
const people = (world: StepWorld, ...keys: string[]): PlanSubject => ({
  ...nameless,
  type: 'assignments',
  assignments: keys.map((key) => person(world, key)),
});
const filter = (city: string): PlanSubject => ({
  ...nameless,
  type: 'scope',
  who: 'assigned',
  filter: [{ attribute: 'city', operator: 'EQUALS', values: [city] }],
});
const mapped = (attribute: string, expression: string): PlanSubject => ({
  ...nameless,
  ...{ type: 'mapping', attribute, source: { type: 'Constant', expression } },
});
const setting = (limit: number): PlanSubject => ({
  ...nameless,
  ...{ type: 'setting', setting: { name: 'guard', limit } },
});
const trust = (isOn: boolean): Case => ({ kind: 'trust', subject: () => switchTo(isOn, ['mfa', 'device']) });
const start: Case = { kind: 'start', subject: () => null };

const cases: readonly (readonly [string, Case])[] = [
  ['allow off', { kind: 'allow', subject: () => switchTo(false) }],
  ['redeem off', { kind: 'redeem', subject: () => switchTo(false) }],
  ['trust, the first of an entry', trust(true)],
  ['trust off', { ...trust(false), before: trust(true) }],
  ['assign', { kind: 'assign', subject: (world) => people(world, 'alice', 'eve') }],
  ['unassign', { kind: 'unassign', subject: (world) => people(world, 'bob') }],
  ['guard', { kind: 'guard', subject: () => setting(5) }],
  [
    'mail',
    {
      kind: 'mail',
      subject: () => ({
        ...nameless,
        type: 'setting',
        setting: { name: 'mail', address: 'other@example.org' },
      }),
    },
  ],
  [
    'scope set all',
    { kind: 'scope-set', subject: () => ({ ...nameless, type: 'scope', who: 'all', filter: null }) },
  ],
  ['the first filter', { kind: 'scope-set', subject: () => filter('Rome') }],
  [
    'another filter',
    {
      kind: 'scope-set',
      subject: () => filter('Oslo'),
      before: { kind: 'scope-set', subject: () => filter('Rome') },
    },
  ],
  ['map set', { kind: 'map-set', subject: () => mapped('department', '"Sales"') }],
  ['start', start],
  ['pause', { kind: 'pause', subject: () => null, before: start }],
  [
    'default set',
    {
      kind: 'default',
      subject: (world) => ({
        ...nameless,
        ...{ type: 'default', tenantId: world.simulator.tenantId('fab'), field: 'trust-mfa', value: 'on' },
      }),
    },
  ],
];

describe('an undo', () => {
  let opened: TestStore;
  let world: StepWorld;
  let runner: PlanRunner;
  let setUp: PlanRecord;

  beforeAll(async () => {
    opened = await openTestStore();
    runner = planRunner(opened, () => world);
  }, 120_000);
  afterAll(async () => opened.end());
  beforeEach(async () => {
    world = await startStepWorld();
    setUp = await runner.done({
      kind: 'setup',
      desired: {
        userType: 'member',
        deletionGuard: 10,
        notificationMail: 'ops@example.org',
        assignments: [person(world, 'bob')],
      },
    });
  }, 60_000);
  afterEach(async () => world.close());

  /** All that plans touch, as both tenants tell it. */
  async function picture(): Promise<string> {
    const context = await runner.context();
    const { source, target, link } = context;
    const configuration = await findConfiguration(source, link.target);
    if (!configuration) throw new Error('no configuration');
    const job = await findCrossTenantJob(source, configuration.id);
    const schema = job && (await findSchema(source, configuration.id, job.id));
    if (!schema) throw new Error('no job');
    const assigned = await listAssignments(source, configuration.id);
    const { isServiceDefault: _is, ...byDefault } = await readDefaultPolicy(target);
    const seen = [
      await findPartner(target, link.source.tenantId),
      await findIdentitySynchronization(target, link.source.tenantId),
      await findPartner(source, link.target.tenantId),
      byDefault,
      assigned.items.map(({ principalId }) => principalId).sort(),
      await readSecrets(source, configuration.id),
      mappingLinesOf(schema).toSorted((a, b) => a.target.localeCompare(b.target)),
      filtersOf(schema),
      job.schedule?.state === 'Active',
    ];
    return JSON.stringify(seen, null, 1);
  }

  const wishOf = ({ kind, subject }: Case) => ({ kind, subject: subject(world) });

  it.each(cases)(
    'of %s leaves both tenants as they were, has nothing to do then, and can be undone itself',
    async (_name, one) => {
      if (one.before) await runner.done(wishOf(one.before));
      const before = await picture();
      const record = await runner.done(wishOf(one));
      const after = await picture();
      expect(after).not.toBe(before);
      const undo = await runner.undoOf(record);
      expect(undo.left).toEqual([]);
      const undone = await runner.done(undo);
      expect(await picture()).toBe(before);
      const again = await runner.assess(record);
      expect(again.parts).toEqual([]);
      expect(again.left.every(({ reason }) => reason === 'It is already as it was before.')).toBe(true);
      await runner.done(await runner.undoOf(undone));
      expect(await picture()).toBe(after);
    },
    60_000,
  );

  it.each<[string, Fault]>([
    ['lost before its effect', { reset: true, count: 1 }],
    ['lost after its effect', { dropAfterEffect: true, count: 1 }],
  ])(
    'loses and doubles nothing when its write is %s, whichever kind it takes back',
    async (_name, fault) => {
      for (const [name, one] of cases) {
        if (one.before) await runner.done(wishOf(one.before)).catch(() => undefined);
        const before = await picture();
        const record = await runner.done(wishOf(one));
        const planId = await runner.approved(await runner.undoOf(record));
        await world.simulator.control.faults(
          ...['POST', 'PATCH', 'PUT', 'DELETE'].flatMap((method) =>
            ['/policies/', '/servicePrincipals/'].map((pathPattern) => ({ ...fault, method, pathPattern })),
          ),
        );
        expect([name, await runner.apply(planId)]).toEqual([name, { type: 'ended', state: 'applied' }]);
        await world.simulator.control.clearFaults();
        expect([name, await picture()]).toEqual([name, before]);
      }
    },
    240_000,
  );

  it('of a set-up takes the switches and people back, and says what stays', async () => {
    const { left, ...undo } = await runner.undoOf(setUp);
    expect(left.map(({ title }) => title)).toEqual([
      'Partner entry for Contoso',
      'Partner entry for Fabrikam',
      'Configuration application "Fabrikam"',
      'Synchronization job to Fabrikam',
      'Settings of the configuration "Fabrikam"',
    ]);
    const undone = await runner.done(undo);
    expect(undone.content.steps.map(({ name }) => name)).toEqual([
      'unassign-principals',
      'redemption-outbound',
      'redemption-inbound',
      'inbound-sync',
    ]);
    expect((await runner.context()).desired).toMatchObject({ assignments: [] });
  });
});
