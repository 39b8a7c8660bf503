import type { GraphResult } from '../../helpers/simulator';
import { effectsOf, nothing } from './effects';
import { allowSync, assign, startLinked, syncOptions, userId, type Linked } from './linked';

const statusInfoKey = 'Microsoft.Identity.Health.CPP.Common.DataContracts.SyncFabric.StatusInfo';

describe('provision on demand', () => {
  let linked: Linked;
  let answer: GraphResult;

  beforeEach(async () => {
    linked = await startLinked();
    await syncOptions(linked.simulator, { assignmentDelaySeconds: 60, onDemandAnswer: 'object' });
  });
  afterEach(() => linked.simulator.close());

  const bob = () => linked.simulator.personId('bob');
  const provision = async (objectId: string) => {
    const body = {
      parameters: [{ ruleId: linked.ruleId, subjects: [{ objectId, objectTypeName: 'User' }] }],
    };
    answer = await linked.simulator.graph('con', 'POST', `${linked.job}/provisionOnDemand`, { body });
    expect(answer.status).toBe(200);
    return answer;
  };
  const decoded = () => JSON.parse(answer.body.value);
  const scoping = () =>
    decoded().provisioningSteps.find(({ name }: { name: string }) => name === 'EntrySynchronizationScoping')
      .details;
  const assigned = async (id: string) => {
    await assign(linked, id);
    await linked.simulator.control.advance('PT2M');
  };

  it('creates the user, then says that both sides match', async () => {
    await assigned(bob());
    expect(await effectsOf(linked, () => provision(bob()), null)).toEqual({
      ...nothing,
      created: ['bob_contoso.com#EXT#@fabrikam.onmicrosoft.com'],
      rows: ['Bob Fischer: create success'],
    });
    expect(answer.body['@odata.context']).toMatch(/#microsoft\.graph\.stringKeyStringValuePair$/);
    expect(JSON.parse(answer.body.key)).toEqual({ result: 'Success', details: {} });
    expect(decoded()).toMatchObject({
      action: 'Create',
      reportableIdentifier: 'bob@contoso.com',
      provisioningSteps: [
        { name: 'EntryImport', type: 'Import', status: 'Success' },
        { name: 'EntrySynchronizationScoping', type: 'Scoping', status: 'Success' },
        { name: 'EntrySynchronizationAdd', type: 'Matching' },
        { name: 'EntryExportAdd', type: 'Export', status: 'Success' },
      ],
      statusInfo: { status: 'Success' },
      sourceIdentity: { id: bob() },
    });
    expect(scoping()).toEqual({
      IsActive: 'True',
      Assigned: 'True',
      IsEffectivelyEntitledForProvisioning: 'True',
      IsInProvisioningScopeDisplayName: 'True',
      ScopeEvaluationResult: '{}',
    });
    const again = await effectsOf(linked, () => provision(bob()), null);
    expect(again).toEqual({ ...nothing, rows: ['Bob Fischer: other skipped RedundantExport'] });
    expect(JSON.parse(answer.body.key)).toEqual({
      result: 'Skipped',
      details: {
        errorCode: 'RedundantExport',
        errorMessage: expect.stringMatching(
          /^The state of the user in both the source and target systems already match\./,
        ),
      },
    });
    expect(decoded()).toMatchObject({ action: 'Other', statusInfo: { status: 'Skipped', errorCode: null } });
    expect(decoded().provisioningSteps.at(-1)).toMatchObject({
      name: 'EntrySynchronizationSkip',
      details: { SkipReason: 'RedundantExport' },
    });
  });

  it('gives the other documented form: a literal key and a list', async () => {
    await syncOptions(linked.simulator, { onDemandAnswer: 'list' });
    await assigned(bob());
    await provision(bob());
    expect(answer.body.key).toBe(statusInfoKey);
    expect(decoded()).toMatchObject([{ action: 'Create', statusInfo: { status: 'Success' } }]);
  });

  it('changes between both forms with the subject', async () => {
    await syncOptions(linked.simulator, { onDemandAnswer: 'mixed' });
    const keys = new Set<boolean>();
    for (const key of ['carla', 'paul', 'greta', 'petra', 'rita']) {
      await provision(userId(key));
      keys.add(answer.body.key === statusInfoKey);
    }
    expect(keys.size).toBe(2);
  });

  it('skips who signs in by SMS and names the filter', async () => {
    const eve = linked.simulator.personId('eve');
    await assigned(eve);
    expect(await effectsOf(linked, () => provision(eve), null)).toEqual({
      ...nothing,
      rows: ['Eve Laurent: other skipped EntrySynchronizationSkipped'],
    });
    expect(scoping()).toMatchObject({
      Assigned: 'True',
      IsInProvisioningScopeDisplayName: 'False',
      ScopeEvaluationResult: '{"Filter external users.alternativeSecurityIds EQUALS \'None\'":false}',
    });
  });

  it('skips who is not assigned, and who was assigned a moment ago', async () => {
    const skipped = { ...nothing, rows: ['Bob Fischer: other skipped NotEffectivelyEntitled'] };
    expect(await effectsOf(linked, () => provision(bob()), null)).toEqual(skipped);
    expect(scoping()).toMatchObject({ Assigned: 'False', IsEffectivelyEntitledForProvisioning: 'False' });
    await assign(linked, bob());
    expect(await effectsOf(linked, () => provision(bob()), null)).toEqual(skipped);
    await linked.simulator.control.advance('PT61S');
    expect((await effectsOf(linked, () => provision(bob()), null)).rows).toEqual([
      'Bob Fischer: create success',
    ]);
  });

  it('takes an unassigned user away, and makes a second account afterwards', async () => {
    await assigned(bob());
    await provision(bob());
    const { body } = await linked.simulator.graph('con', 'GET', `${linked.root}/appRoleAssignedTo`);
    await linked.simulator.graph('con', 'DELETE', `${linked.root}/appRoleAssignedTo/${body.value[0].id}`);
    expect((await effectsOf(linked, () => provision(bob()), null)).rows).toEqual([
      'Bob Fischer: delete success',
    ]);
    await assigned(bob());
    const effects = await effectsOf(linked, () => provision(bob()), null);
    expect([effects.created.length, effects.restored]).toEqual([1, []]);
  });

  it('tells the error of the connection and writes no row when a switch is off', async () => {
    await assigned(bob());
    await allowSync(linked.simulator, false);
    expect(await effectsOf(linked, () => provision(bob()), null)).toEqual(nothing);
    expect(JSON.parse(answer.body.key)).toMatchObject({
      result: 'Failure',
      details: { errorCode: 'AzureActiveDirectoryCrossTenantSyncPolicyCheckFailure' },
    });
  });

  it('throttles the sixth call within ten seconds', async () => {
    for (let call = 0; call < 5; call += 1) await provision(bob());
    const body = {
      parameters: [{ ruleId: linked.ruleId, subjects: [{ objectId: bob(), objectTypeName: 'User' }] }],
    };
    const sixth = await linked.simulator.graph('con', 'POST', `${linked.job}/provisionOnDemand`, { body });
    expect([sixth.status, sixth.headers.get('retry-after')]).toEqual([429, expect.stringMatching(/^\d+$/)]);
  });
});
