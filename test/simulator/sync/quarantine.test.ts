import type { QuarantineReason } from '../../../src/simulator/sync/state';
import { effectsOf, nothing } from './effects';
import { allowSync, assignGroup, secretsFor, startLinked, type Linked } from './linked';

const big = { least: 1, share: 1, base: 1000, total: 1000 };

describe('quarantine', () => {
  let linked: Linked;

  beforeEach(async () => {
    linked = await startLinked();
  });
  afterEach(() => linked.simulator.close());

  const control = () => linked.simulator.control;
  const status = async () => (await linked.simulator.graph('con', 'GET', linked.job)).body.status;
  const act = (name: string, body?: object) =>
    linked.simulator.graph('con', 'POST', `${linked.job}/${name}`, body ? { body } : {});
  const restart = (resetScope: string) => act('restart', { criteria: resetScope ? { resetScope } : {} });
  const start = async (group: string) => {
    await assignGroup(linked, group);
    await act('start');
    await control().advance();
  };

  // Second Wave: 16 users are looked at, 5 of them fail.
  it.each<[QuarantineReason, object]>([
    ['EncounteredEscrowProportionThreshold', { ...big, share: 0.3 }],
    ['EncounteredBaseEscrowThreshold', { ...big, base: 4 }],
    ['EncounteredTotalEscrowThreshold', { ...big, least: 1000, total: 5 }],
  ])(
    'begins with too many failures (%s) and ends by a day later when they are fewer',
    async (reason, escrow) => {
      await control().sync({ escrow });
      await start('Second Wave');
      expect(await status()).toMatchObject({
        code: 'Quarantine',
        lastExecution: { state: 'EntryLevelErrors', countEscrowed: 5 },
        quarantine: { reason, seriesCount: 1 },
      });
      await control().sync({ escrow: big });
      await control().advance('P1D');
      expect(await status()).toMatchObject({ code: 'Active', quarantine: null });
    },
  );

  it('does not begin below the limits', async () => {
    await control().sync({ escrow: { ...big, share: 0.4, base: 5, total: 6 } });
    await start('Second Wave');
    expect((await status()).code).toBe('Active');
  });

  it.each<QuarantineReason>(['IngestionInterrupted', 'QuarantinedOnDemand', 'Unknown'])(
    'comes from the service (%s), slows cycles to one a day and ends by a good one',
    async (reason) => {
      await start('Pilot');
      await control().quarantine('con', reason, { code: 'Interrupted', message: 'Try later.' });
      expect(await status()).toMatchObject({
        code: 'Quarantine',
        quarantine: { reason, seriesCount: 1, error: { code: 'Interrupted' } },
      });
      const bob = linked.simulator.personId('bob');
      const change = () => control().changeUser('con', bob, { changes: { city: 'Bonn' } });
      expect(await effectsOf(linked, change, 'PT20H')).toEqual(nothing);
      const { rows } = await effectsOf(linked, async () => undefined, 'PT5H');
      expect(rows).toEqual(['Bob Fischer: update success']);
      expect((await status()).quarantine).toBeNull();
    },
  );

  it.each(['QuarantineState', 'Full', ''])('ends by a restart with the scope "%s"', async (resetScope) => {
    await start('Pilot');
    await control().quarantine('con', 'Unknown');
    await restart(resetScope);
    expect((await status()).quarantine).toBeNull();
  });

  it.each(['Watermark', 'Escrows', 'Watermark, Escrows', 'None'])(
    'outlasts a restart with the scope "%s" until its cycle is good',
    async (resetScope) => {
      await start('Pilot');
      await control().quarantine('con', 'Unknown');
      await restart(resetScope);
      expect((await status()).quarantine).toMatchObject({ reason: 'Unknown' });
      await control().advance('PT5M');
      expect((await status()).quarantine).toBeNull();
    },
  );

  it('tells since when for this reason and since when at all', async () => {
    await start('Pilot');
    await allowSync(linked.simulator, false);
    await control().advance('PT40M');
    const first = (await status()).quarantine;
    expect(first).toMatchObject({ reason: 'EncounteredQuarantineException', seriesCount: 1 });
    expect(first.seriesBegan).toBe(first.currentBegan);
    await control().advance('PT2H');
    await control().quarantine('con', 'IngestionInterrupted');
    const { quarantine } = await status();
    expect(quarantine).toMatchObject({ seriesBegan: first.seriesBegan, seriesCount: 2 });
    expect(quarantine.currentBegan > first.currentBegan).toBe(true);
    const filter = "$filter=activityDisplayName eq 'Quarantine'";
    const audits = await linked.simulator.graph('con', 'GET', `/v1.0/auditLogs/directoryAudits?${filter}`);
    expect(audits.body.value).toHaveLength(2);
  });

  it('tries failed users again after 6, 12 and 24 hours, and at once after a restart with Escrows', async () => {
    await start('Second Wave');
    const failures = async (act: () => Promise<unknown>, duration: string) =>
      (await effectsOf(linked, act, duration)).rows.filter((row) => row.includes('Ambiguous')).length;
    const wait = () => Promise.resolve();
    expect(await failures(wait, 'PT5H')).toBe(0);
    expect(await failures(wait, 'PT2H')).toBe(1);
    expect(await failures(wait, 'PT10H')).toBe(0);
    expect(await failures(wait, 'PT3H')).toBe(1);
    expect(await failures(() => restart('Escrows, Watermark'), 'PT5M')).toBe(1);
  });

  it('fails everybody new when the target directory is full, and nobody who is there', async () => {
    await start('Pilot');
    const { directorySizeQuota } = (await linked.simulator.graph('fab', 'GET', '/v1.0/organization')).body
      .value[0];
    await control().tenant('fab', { directoryQuota: directorySizeQuota.used });
    const { created, rows } = await effectsOf(linked, () => assignGroup(linked, 'EMEA-Sales'));
    expect(created).toEqual([]);
    expect(new Set(rows.map((row) => row.replace(/^.*: /, '')))).toEqual(
      new Set([
        'create failure AzureActiveDirectoryQuotaLimitExceeded',
        'other skipped EntrySynchronizationSkipped',
      ]),
    );
    await control().tenant('fab', { directoryQuota: 10_000 });
    const after = await effectsOf(linked, () => restart(''));
    expect(after.created.length).toBeGreaterThan(5);
  });

  it('refuses validateCredentials and quarantines at once with the same code', async () => {
    await start('Pilot');
    await allowSync(linked.simulator, false);
    const answer = await act('validateCredentials', { useSavedCredentials: true });
    await control().advance();
    expect([answer.status, answer.body.error.code]).toEqual([400, (await status()).quarantine.error.code]);
    await linked.simulator.graph('con', 'PUT', `${linked.root}/synchronization/secrets`, {
      body: secretsFor(linked.simulator.tenantId('win')),
    });
    const other = await act('validateCredentials', { useSavedCredentials: true });
    expect(other.body.error.code).toBe('AzureActiveDirectoryCrossTenantSyncPolicyCheckFailure');
  });
});
