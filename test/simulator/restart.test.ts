import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSimulator } from '../../src/simulator/simulator';
import { startTestSimulator } from '../helpers/simulator';

const partners = '/v1.0/policies/crossTenantAccessPolicy/partners';

describe('a restart', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'simulator-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('goes on where it was: policies, users, clock, consents and writes', async () => {
    const stateFile = join(folder, 'data', 'simulator.json');
    const first = await startTestSimulator({ stateFile, seed: 'kept' });
    const alice = first.personId('alice');
    await first.graph('con', 'POST', partners, { body: { tenantId: first.tenantId('fab') } });
    await first.graph('con', 'PATCH', `/v1.0/users/${alice}`, { body: { jobTitle: 'Director' } });
    const { now } = await first.control.advance('P1D');
    const writes = await first.control.writes();
    await first.close();

    const second = await startTestSimulator({ stateFile, seed: 'ignored' });
    expect((await second.control.world()).now).toBe(now);
    expect(await second.control.writes()).toEqual(writes);
    expect((await second.graph('con', 'GET', partners)).body.value).toHaveLength(1);
    expect((await second.graph('con', 'GET', `/v1.0/users/${alice}`)).body.jobTitle).toBe('Director');
    await second.close();
    expect(await readdir(join(folder, 'data'))).toEqual(['simulator.json', 'simulator.json.1.log']);
  });

  it('finds what was saved within half a second although nobody closed', async () => {
    const stateFile = join(folder, 'simulator.json');
    const first = await startTestSimulator({ stateFile });
    await first.graph('con', 'POST', partners, { body: { tenantId: first.tenantId('fab') } });
    await new Promise((resolve) => setTimeout(resolve, 500));
    const second = await startTestSimulator({ stateFile });
    expect((await second.graph('con', 'GET', partners)).body.value).toHaveLength(1);
    await second.close();
    await first.close();
  });

  it('says when the port is taken', async () => {
    const first = await createSimulator();
    const port = Number(new URL(first.url).port);
    await expect(createSimulator({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await first.close();
  });
});
