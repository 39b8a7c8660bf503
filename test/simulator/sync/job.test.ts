import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestSimulator } from '../../helpers/simulator';
import { effectsOf, nothing } from './effects';
import {
  allowSync,
  assign,
  assignGroup,
  instantiate,
  secretsFor,
  startLinked,
  syncOptions,
  type Linked,
} from './linked';

describe('a synchronization job', () => {
  let linked: Linked;

  beforeEach(async () => {
    linked = await startLinked();
  });
  afterEach(() => linked.simulator.close());

  const read = async () => (await linked.simulator.graph('con', 'GET', linked.job)).body;
  const act = (name: string) => linked.simulator.graph('con', 'POST', `${linked.job}/${name}`);

  it('is made disabled, as documented', async () => {
    const { '@odata.context': context, id, ...job } = await read();
    expect(context).toContain(
      `servicePrincipals('${linked.servicePrincipalId}')/synchronization/jobs/$entity`,
    );
    expect(id).toBe(linked.jobId);
    expect(job).toEqual({
      templateId: 'Azure2Azure',
      schedule: { expiration: null, interval: 'PT40M', state: 'Disabled' },
      status: {
        code: 'Paused',
        countSuccessiveCompleteFailures: 0,
        escrowsPruned: false,
        lastExecution: null,
        lastSuccessfulExecution: null,
        lastSuccessfulExecutionWithExports: null,
        quarantine: null,
        progress: [],
        steadyStateFirstAchievedTime: '0001-01-01T00:00:00Z',
        steadyStateLastAchievedTime: '0001-01-01T00:00:00Z',
        troubleshootingUrl: null,
        synchronizedEntryCountByType: [],
      },
      synchronizationJobSettings: [
        { name: 'AzureIngestionAttributeOptimization', value: 'False' },
        { name: 'LookaheadQueryEnabled', value: 'False' },
      ],
    });
  });

  it('lets the cycle under way end when it is paused, and goes on later', async () => {
    await assignGroup(linked, 'Pilot');
    await act('start');
    await linked.simulator.control.advance('PT1M');
    const paused = await effectsOf(linked, () => act('pause'), 'PT2H');
    expect((await read()).schedule.state).toBe('Paused');
    expect((await read()).status).toMatchObject({ code: 'Paused', lastExecution: { countExported: 11 } });
    expect(paused.created.length).toBeGreaterThan(5);
    const zoe = linked.simulator.personId('zoe');
    expect(await effectsOf(linked, () => assign(linked, zoe), 'PT2H')).toEqual(nothing);
    const { created } = await effectsOf(linked, () => act('start'), 'PT5M');
    expect(created).toEqual(['zoe_contoso.com#EXT#@fabrikam.onmicrosoft.com']);
    expect((await read()).status.code).toBe('Active');
  });

  it('leaves quarantine at once by restart when the fault is mended', async () => {
    await assign(linked, linked.simulator.personId('bob'));
    await allowSync(linked.simulator, false);
    expect(await effectsOf(linked, () => act('start'))).toEqual(nothing);
    expect((await read()).status.code).toBe('Quarantine');
    await allowSync(linked.simulator, true);
    const { created } = await effectsOf(linked, () => act('restart'), 'PT5M');
    expect(created).toHaveLength(1);
    expect((await read()).status).toMatchObject({ code: 'Active', quarantine: null });
  });

  it('is off after four weeks in quarantine', async () => {
    await allowSync(linked.simulator, false);
    await act('start');
    await linked.simulator.control.advance('P27D');
    expect((await read()).schedule.state).toBe('Active');
    await linked.simulator.control.advance('P3D');
    expect((await read()).schedule.state).toBe('Disabled');
  });

  it('synchronizes all internal members with SyncAll', async () => {
    await linked.simulator.graph('con', 'PUT', `${linked.root}/synchronization/secrets`, {
      body: secretsFor(linked.simulator.tenantId('fab'), { SyncAll: 'true' }),
    });
    const { created, rows } = await effectsOf(linked, () => act('start'));
    expect(rows.length).toBe((await linked.simulator.control.users('con')).length);
    expect(created.length).toBeGreaterThan(50);
  });

  it('goes back from SyncAll to the assigned users only after a restart', async () => {
    const secrets = (SyncAll: string) =>
      linked.simulator.graph('con', 'PUT', `${linked.root}/synchronization/secrets`, {
        body: secretsFor(linked.simulator.tenantId('fab'), { SyncAll }),
      });
    await assign(linked, linked.simulator.personId('bob'));
    expect((await effectsOf(linked, () => act('start'))).created).toHaveLength(1);
    const all = await effectsOf(linked, () => secrets('true'));
    expect(all.created.length).toBeGreaterThan(50);
    expect(await effectsOf(linked, () => secrets('false'))).toEqual(nothing);
    const { deleted } = await effectsOf(linked, () => act('restart'));
    expect(deleted.sort()).toEqual(expect.arrayContaining(all.created));
  });

  it('goes on where it was when the simulator restarts in the middle of a cycle', async () => {
    const stateFile = join(mkdtempSync(join(tmpdir(), 'sync-steward-')), 'world.json');
    const first = await startLinked({ stateFile });
    await assignGroup(first, 'Pilot');
    await first.simulator.graph('con', 'POST', `${first.job}/start`);
    await first.simulator.control.advance('PT1M');
    await first.simulator.close();
    const second = { ...first, simulator: await startTestSimulator({ stateFile }) };
    const made = async () => (await second.simulator.control.users('fab', '_contoso.com')).length;
    const before = await made();
    const { created } = await effectsOf(second, async () => undefined, 'PT5M');
    expect(created.length).toBeGreaterThan(5);
    expect(await made()).toBe(before + created.length);
    const job = await second.simulator.graph('con', 'GET', second.job);
    expect(job.body.status).toMatchObject({ code: 'Active', lastExecution: { countExported: 11 } });
    await second.simulator.close();
  });

  it('is gone with its state after DELETE, and its target users stay', async () => {
    await assign(linked, linked.simulator.personId('bob'));
    await act('start');
    await linked.simulator.control.advance();
    expect(await effectsOf(linked, () => linked.simulator.graph('con', 'DELETE', linked.job))).toEqual(
      nothing,
    );
    expect((await linked.simulator.graph('con', 'GET', linked.job)).status).toBe(404);
  });

  it('writes the configuration changes into the directory audit', async () => {
    await act('start');
    await act('pause');
    const audits = await linked.simulator.graph('con', 'GET', '/v1.0/auditLogs/directoryAudits?$top=50');
    const names = audits.body.value.map((row: { activityDisplayName: string }) => row.activityDisplayName);
    expect(names).toEqual(
      expect.arrayContaining([
        'Update provisioning setting or credentials',
        'Enable/start provisioning configuration',
        'Disable/pause provisioning configuration',
      ]),
    );
  });

  it('answers 404 right after instantiate until the directory caught up', async () => {
    await syncOptions(linked.simulator, { replicationMs: 300 });
    const { body } = await instantiate(linked.simulator, 'Slow');
    expect(body.servicePrincipal).toMatchObject({
      applicationTemplateId: '518e5f48-1fc8-4c48-9387-9fdf28b0dfe7',
      appRoleAssignmentRequired: true,
      appRoles: [{ displayName: 'msiam_access', value: null, allowedMemberTypes: ['User'] }],
      homepage: expect.stringContaining('metadata=aad2aadsync|ISV9.1|primary|z'),
    });
    const path = `/v1.0/servicePrincipals/${body.servicePrincipal.id}/synchronization/templates`;
    expect((await linked.simulator.graph('con', 'GET', path)).status).toBe(404);
    await new Promise((resolve) => setTimeout(resolve, 350));
    const ready = await linked.simulator.graph('con', 'GET', path);
    expect([ready.status, ready.body.value[0].factoryTag]).toEqual([200, 'Azure2Azure']);
  });
});
