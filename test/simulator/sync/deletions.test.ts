import { effectsOf, nothing } from './effects';
import { assignGroup, secretsFor, startLinked, type Linked } from './linked';

const guard = (limit: number) => ({
  SyncNotificationSettings: JSON.stringify({
    Enabled: true,
    DeleteThresholdEnabled: true,
    DeleteThresholdValue: limit,
  }),
});

describe('accidental deletions', () => {
  let linked: Linked;

  beforeEach(async () => {
    linked = await startLinked();
    await assignGroup(linked, 'Pilot');
    await putGuard(5);
    await linked.simulator.graph('con', 'POST', `${linked.job}/start`);
    await linked.simulator.control.advance('PT40M');
  });
  afterEach(() => linked.simulator.close());

  const status = async () => (await linked.simulator.graph('con', 'GET', linked.job)).body.status;
  const putGuard = (limit: number) =>
    linked.simulator.graph('con', 'PUT', `${linked.root}/synchronization/secrets`, {
      body: secretsFor(linked.simulator.tenantId('fab'), guard(limit)),
    });
  const unassign = async () => {
    const { body } = await linked.simulator.graph('con', 'GET', `${linked.root}/appRoleAssignedTo`);
    await linked.simulator.graph('con', 'DELETE', `${linked.root}/appRoleAssignedTo/${body.value[0].id}`);
  };
  const restart = (resetScope?: string) => () =>
    linked.simulator.graph('con', 'POST', `${linked.job}/restart`, {
      body: { criteria: resetScope ? { resetScope } : {} },
    });

  it('stages too many, waits in quarantine and deletes when a person forces it', async () => {
    const staged = await effectsOf(linked, unassign);
    expect(staged).toEqual({ ...nothing, rows: staged.rows });
    expect(staged.rows.filter((row) => row.endsWith(': stagedDelete success'))).toHaveLength(11);
    expect(await status()).toMatchObject({ code: 'Quarantine', quarantine: { reason: 'TooManyDeletes' } });
    const forced = await effectsOf(linked, restart('ForceDeletes'));
    expect(forced.deleted).toHaveLength(11);
    expect(forced.rows.filter((row) => row.endsWith(': delete success'))).toHaveLength(11);
    expect(await status()).toMatchObject({ code: 'Active', quarantine: null });
  });

  it('forgets the deletions when the assignment comes back before a restart', async () => {
    await effectsOf(linked, unassign);
    await assignGroup(linked, 'Pilot');
    const effects = await effectsOf(linked, restart());
    expect([effects.deleted, effects.created, effects.restored]).toEqual([[], [], []]);
    expect(await status()).toMatchObject({ code: 'Active', quarantine: null });
  });

  it('deletes at once below the threshold', async () => {
    await putGuard(50);
    expect((await effectsOf(linked, unassign)).deleted).toHaveLength(11);
    expect((await status()).code).toBe('Active');
  });

  it('leaves everybody in place when the mapping does not delete', async () => {
    const { body: schema } = await linked.simulator.graph('con', 'GET', `${linked.job}/schema`);
    schema.synchronizationRules[0].objectMappings[0].flowTypes = 'Add, Update';
    await linked.simulator.graph('con', 'PUT', `${linked.job}/schema`, { body: schema });
    const { deleted, rows } = await effectsOf(linked, unassign);
    expect(deleted).toEqual([]);
    expect(rows.every((row) => row.endsWith('skipped NotEffectivelyEntitled'))).toBe(true);
  });

  it('does not bring back who was deleted in the target, and says so when the source user changes', async () => {
    const [made] = await linked.simulator.control.users('fab', 'bob_contoso');
    await linked.simulator.control.changeUser('fab', made?.id ?? '', { deleted: true });
    expect(await effectsOf(linked, async () => undefined)).toEqual(nothing);
    const bob = linked.simulator.personId('bob');
    const effects = await effectsOf(linked, () =>
      linked.simulator.control.changeUser('con', bob, { changes: { city: 'Bonn' } }),
    );
    expect(effects).toEqual({ ...nothing, rows: ['Bob Fischer: update failure InvalidAnchor'] });
    expect((await effectsOf(linked, restart())).created).toEqual([made?.userPrincipalName]);
  });

  it('follows a user deleted and restored in the source', async () => {
    const bob = linked.simulator.personId('bob');
    const name = 'bob_contoso.com#EXT#@fabrikam.onmicrosoft.com';
    const gone = await effectsOf(linked, () =>
      linked.simulator.control.changeUser('con', bob, { deleted: true }),
    );
    expect(gone).toEqual({ ...nothing, deleted: [name], rows: ['Bob Fischer: delete success'] });
    const back = await effectsOf(linked, () =>
      linked.simulator.graph('con', 'POST', `/v1.0/directory/deletedItems/${bob}/restore`),
    );
    expect(back).toEqual({ ...nothing, restored: [name], rows: ['Bob Fischer: update success'] });
  });
});
