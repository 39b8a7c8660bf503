import { startTestSimulator, type TestSimulator } from '../helpers/simulator';

const root = '/v1.0/policies/crossTenantAccessPolicy';

describe('cross-tenant access policy', () => {
  let simulator: TestSimulator;
  let fab: string;
  let con: string;

  beforeEach(async () => {
    simulator = await startTestSimulator();
    [fab, con] = [simulator.tenantId('fab'), simulator.tenantId('con')];
  });
  afterEach(() => simulator.close());

  const partner = (tenantId: string) => `${root}/partners/${tenantId}`;
  const create = () => simulator.graph('fab', 'POST', `${root}/partners`, { body: { tenantId: con } });

  it('creates a partner that inherits everything', async () => {
    const made = await create();
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      tenantId: con,
      inboundTrust: null,
      automaticUserConsentSettings: { inboundAllowed: null, outboundAllowed: null },
    });
    const read = await simulator.graph('fab', 'GET', partner(con));
    expect(read.body).not.toHaveProperty('identitySynchronization');
  });

  it('refuses a second partner and a second inbound policy with 409', async () => {
    await create();
    const again = await create();
    expect(again.status).toBe(409);
    expect(again.body.error.code).toBe('Request_MultipleObjectsWithSameKeyValue');
    expect(again.body.error.message).toBe(
      'Another object with the same value for property tenantId already exists.',
    );
    const path = `${partner(con)}/identitySynchronization`;
    const body = { displayName: 'Contoso', userSyncInbound: { isSyncAllowed: true } };
    expect((await simulator.graph('fab', 'PUT', path, { body })).status).toBe(204);
    const second = await simulator.graph('fab', 'PUT', path, { body });
    expect(second.status).toBe(409);
    expect(second.body.error.details[0].code).toBe('ConflictingObjects');
    expect((await simulator.graph('fab', 'GET', path)).body).toMatchObject({ tenantId: con, ...body });
  });

  it('refuses PATCH of an inbound policy that was never PUT', async () => {
    await create();
    const body = { userSyncInbound: { isSyncAllowed: true } };
    const answer = await simulator.graph('fab', 'PATCH', `${partner(con)}/identitySynchronization`, { body });
    expect(answer.status).toBe(404);
    expect(answer.body.error).toMatchObject({
      code: 'Directory_ObjectNotFound',
      message: 'Unable to read the company information from the directory.',
    });
  });

  it('lets a partner go only after its inbound policy', async () => {
    await create();
    const sync = `${partner(con)}/identitySynchronization`;
    await simulator.graph('fab', 'PUT', sync, { body: { userSyncInbound: { isSyncAllowed: true } } });
    expect((await simulator.graph('fab', 'DELETE', partner(con))).status).toBe(400);
    expect((await simulator.graph('fab', 'DELETE', sync)).status).toBe(204);
    expect((await simulator.graph('fab', 'DELETE', partner(con))).status).toBe(204);
    expect((await simulator.graph('fab', 'GET', partner(con))).status).toBe(404);
  });

  it('changes only the members that were sent and lists every write', async () => {
    await create();
    const body = { automaticUserConsentSettings: { inboundAllowed: true } };
    const patched = await simulator.graph('fab', 'PATCH', partner(con), { body });
    expect([patched.status, patched.body]).toEqual([204, undefined]);
    const read = await simulator.graph('fab', 'GET', partner(con));
    expect(read.body.automaticUserConsentSettings).toEqual({ inboundAllowed: true, outboundAllowed: null });
    expect((await simulator.control.writes()).map(({ operation, status }) => [operation, status])).toEqual([
      ['partners.create', 201],
      ['partners.update', 204],
    ]);
  });

  it('hides group settings from v1.0 and shows them in beta', async () => {
    await create();
    const path = `${partner(con)}/identitySynchronization`;
    const beta = path.replace('v1.0', 'beta');
    const body = { userSyncInbound: { isSyncAllowed: true }, groupSyncInbound: { isSyncAllowed: true } };
    expect((await simulator.graph('fab', 'PUT', path, { body })).status).toBe(400);
    expect((await simulator.graph('fab', 'PUT', beta, { body })).status).toBe(204);
    expect((await simulator.graph('fab', 'GET', path)).body).not.toHaveProperty('groupSyncInbound');
    expect((await simulator.graph('fab', 'GET', beta)).body).toMatchObject(body);
  });

  it('keeps the two tenants apart', async () => {
    await create();
    expect((await simulator.graph('con', 'GET', `${root}/partners`)).body.value).toEqual([]);
    expect((await simulator.graph('con', 'GET', partner(fab))).status).toBe(404);
  });
});
