import { effectsOf, nothing } from './effects';
import { assignGroup, startLinked, type Linked } from './linked';

/** Pilot: eleven users and Eve, who signs in by SMS. */
describe('a restart', () => {
  let linked: Linked;

  beforeEach(async () => {
    linked = await startLinked();
  });
  afterEach(() => linked.simulator.close());

  const start = async (group: string) => {
    await assignGroup(linked, group);
    await linked.simulator.graph('con', 'POST', `${linked.job}/start`);
    await linked.simulator.control.advance();
  };
  const restart = (resetScope?: string) => () =>
    linked.simulator.graph('con', 'POST', `${linked.job}/restart`, {
      body: { criteria: resetScope ? { resetScope } : {} },
    });
  const unassign = async () => {
    const { body } = await linked.simulator.graph('con', 'GET', `${linked.root}/appRoleAssignedTo`);
    await linked.simulator.graph('con', 'DELETE', `${linked.root}/appRoleAssignedTo/${body.value[0].id}`);
  };
  const tally = (rows: readonly string[]) => {
    const counts: Record<string, number> = {};
    for (const row of rows) {
      const what = row.replace(/^.*?: /, '');
      counts[what] = (counts[what] ?? 0) + 1;
    }
    return counts;
  };

  it.each([undefined, 'Watermark', 'Full', 'Watermark, Escrows, QuarantineState'])(
    'with %s looks at everybody again at once',
    async (resetScope) => {
      await start('Pilot');
      const effects = await effectsOf(linked, restart(resetScope), 'PT5M');
      expect(effects).toEqual({ ...nothing, rows: effects.rows });
      expect(tally(effects.rows)).toEqual({
        'other skipped RedundantExport': 11,
        'other skipped EntrySynchronizationSkipped': 1,
      });
    },
  );

  it.each(['None', 'Escrows', 'QuarantineState', 'ForceDeletes'])(
    'with %s looks at nobody who did not change',
    async (resetScope) => {
      await start('Pilot');
      expect(await effectsOf(linked, restart(resetScope), 'PT5M')).toEqual(nothing);
    },
  );

  it('forgets whom it made with ConnectorDataStore: nobody is taken away for leaving', async () => {
    await start('Pilot');
    const forgets = async () => {
      await unassign();
      await restart('ConnectorDataStore')();
    };
    expect(await effectsOf(linked, forgets)).toEqual(nothing);
    const back = await effectsOf(linked, () => assignGroup(linked, 'Pilot'));
    expect([back.created, back.restored]).toEqual([[], []]);
  });

  it('makes somebody anew who came back after 30 days, and a second account after a reset in between', async () => {
    await start('Pilot');
    const { deleted } = await effectsOf(linked, unassign);
    expect(deleted).toHaveLength(11);
    await linked.simulator.control.advance('P31D');
    const back = await effectsOf(linked, () => assignGroup(linked, 'Pilot'));
    expect([back.created, back.restored]).toEqual([deleted, []]);
    await effectsOf(linked, unassign);
    const reset = await effectsOf(linked, async () => {
      await restart('Full')();
      await assignGroup(linked, 'Pilot');
    });
    expect([reset.created, reset.restored]).toEqual([deleted, []]);
    const gone = await linked.simulator.control.users('fab', 'bob_contoso', true);
    expect(gone).toHaveLength(1);
  });
});
