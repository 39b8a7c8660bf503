import { z } from 'zod/v4';
import type { ReadOptions } from '../../src/graph/client';
import { permissionNames } from '../../src/graph/permissions';
import { FakeWire, noContent, otherTenantId, problem, tenantId, token } from './support/fake-wire';

const users: ReadOptions<unknown> = {
  schema: z.unknown(),
  doing: 'reading users',
  permissions: ['User.Read.All', 'Directory.Read.All'],
};
const pause = { parameters: { servicePrincipalId: 's', jobId: 'j' }, doing: 'pausing the job' };

describe('tokens', () => {
  it('says that consent is missing before any call when the token has no roles', async () => {
    const wire = new FakeWire([Response.json({})]);
    wire.tokenFor = (_, tenant) => token(tenant, null);
    await expect(wire.graph().read(tenantId).get('/users', users)).rejects.toMatchObject({
      code: 'consent-missing',
      remedy: expect.stringContaining('Tenant One') as string,
    });
    expect(wire.sent).toHaveLength(0);
  });

  it('names the permission that a token lacks', async () => {
    const wire = new FakeWire([Response.json({})]);
    wire.tokenFor = (_, tenant) => token(tenant, ['Policy.Read.All']);
    await expect(wire.graph().read(tenantId).get('/users', users)).rejects.toMatchObject({
      code: 'permission-missing',
      remedy: expect.stringContaining('User.Read.All (read pack)') as string,
    });
    expect(wire.sent).toHaveLength(0);
  });

  it('needs every group of permissions for an assignment', async () => {
    const wire = new FakeWire([noContent()]);
    wire.tokenFor = (_, tenant) => token(tenant, ['AppRoleAssignment.ReadWrite.All']);
    const sending = wire.graph().write(tenantId).send('appRoleAssignedTo.create', pause);
    await expect(sending).rejects.toMatchObject({
      code: 'permission-missing',
      remedy: expect.stringContaining('Application.Read.All') as string,
    });
    expect(wire.sent).toHaveLength(0);
  });

  it('refuses a token of another tenant', async () => {
    const wire = new FakeWire([Response.json({})]);
    wire.tokenFor = () => token(otherTenantId, ['User.Read.All']);
    await expect(wire.graph().read(tenantId).get('/users', users)).rejects.toMatchObject({
      code: 'wrong-tenant',
    });
    expect(wire.sent).toHaveLength(0);
  });

  it('lets Graph decide when the token cannot be read', async () => {
    const wire = new FakeWire([Response.json({ value: [] })]);
    await expect(wire.graph().read(tenantId).get('/users', users)).resolves.toEqual({ value: [] });
  });

  it('keeps one token per tenant and application, also when calls come together', async () => {
    const wire = new FakeWire([Response.json({})]);
    wire.tokenFor = (clientId, tenant) => `${clientId}-${tenant}`;
    const graph = wire.graph();
    await Promise.all(
      [tenantId, otherTenantId, tenantId, otherTenantId].map(async (id) =>
        graph.read(id).get(`/users/${id}`, users),
      ),
    );
    expect(wire.tokenRequests).toHaveLength(2);
    for (const sent of wire.sent) {
      const asked = sent.url.pathname.split('/').at(-1);
      expect(sent.headers.get('authorization')).toBe(`Bearer reader-${asked}`);
    }
  });

  it('gets a new token once after a 401, for a write too, and then gives up', async () => {
    const wire = new FakeWire([problem(401, 'InvalidAuthenticationToken'), noContent()]);
    await wire.graph().write(tenantId).send('jobs.pause', pause);
    expect(wire.tokenRequests).toHaveLength(2);
    const refusing = new FakeWire([problem(401, 'InvalidAuthenticationToken')]);
    await expect(refusing.graph().write(tenantId).send('jobs.pause', pause)).rejects.toMatchObject({
      code: 'consent-missing',
    });
    expect(refusing.sent).toHaveLength(2);
  });

  it('renews a token before it ends and after dropTokens', async () => {
    const wire = new FakeWire([Response.json({})]);
    const graph = wire.graph();
    await graph.read(tenantId).get('/users', users);
    wire.pace.advance(54 * 60_000);
    await graph.read(tenantId).get('/users', users);
    const renewals = wire.tokenRequests.length;
    graph.dropTokens(tenantId);
    await graph.read(tenantId).get('/users', users);
    expect(wire.tokenRequests).toHaveLength(renewals + 1);
  });

  it('asks again for a token that lacked a role, so that consent given elsewhere shows', async () => {
    const wire = new FakeWire([Response.json({ ok: true })]);
    wire.tokenFor = (_, tenant) => token(tenant, null);
    const graph = wire.graph().read(tenantId);
    await expect(graph.get('/users', users)).rejects.toMatchObject({ code: 'consent-missing' });
    wire.tokenFor = (_, tenant) => token(tenant, ['User.Read.All']);
    wire.pace.advance(6_000);
    await expect(graph.get('/users', users)).resolves.toEqual({ ok: true });
  });

  it('shows in a probe what was consented elsewhere since the last token', async () => {
    const wire = new FakeWire([Response.json({ value: [] })]);
    wire.tokenFor = (_, tenant) => token(tenant, null);
    const graph = wire.graph();
    const proven = async () => (await graph.probe(tenantId, 'write')).filter(({ ok }) => ok).length;
    expect(await proven()).toBe(0);
    wire.tokenFor = (_, tenant) => token(tenant, [...permissionNames('write')]);
    wire.pace.advance(6_000);
    expect(await proven()).toBe(permissionNames('write').length);
    const asked = wire.tokenRequests.length;
    wire.pace.advance(6_000);
    await proven();
    expect(wire.tokenRequests).toHaveLength(asked);
  });

  it('uses the write application only for what the read application may not see', async () => {
    const wire = new FakeWire([Response.json({ value: [] })]);
    await wire
      .graph()
      .read(tenantId)
      .get('/servicePrincipals/s/synchronization/secrets', {
        ...users,
        permissions: ['Synchronization.ReadWrite.All'],
      });
    expect(wire.tokenRequests[0]?.get('client_id')).toBe('writer');
  });

  it.each([7, {}, null, ['x'], ''])('takes %j for no token at all', async (strange) => {
    const wire = new FakeWire([Response.json({})]);
    wire.tokenFor = () => strange as string;
    await expect(wire.graph().read(tenantId).get('/users', users)).rejects.toMatchObject({
      code: 'graph-unavailable',
    });
    expect(wire.sent).toHaveLength(0);
  });

  it('refuses the simulated sign-in outside local mode', async () => {
    const wire = new FakeWire([Response.json({})]);
    const graph = wire.graph({
      mode: 'production',
      graphBaseUrl: 'https://graph.microsoft.com',
      authorityUrl: 'https://login.microsoftonline.com',
    });
    await expect(graph.read(tenantId).get('/users', users)).rejects.toMatchObject({ code: 'bad-settings' });
    expect(wire.tokenRequests).toHaveLength(0);
  });

  it('probes a pack without throwing and says what is missing', async () => {
    const wire = new FakeWire([Response.json({ value: [] })]);
    wire.tokenFor = (_, tenant) =>
      token(tenant, ['Policy.ReadWrite.CrossTenantAccess', 'Application.Read.All']);
    const results = await wire.graph().probe(tenantId, 'write');
    expect(results.filter((result) => result.ok).map((result) => result.name)).toEqual([
      'Policy.ReadWrite.CrossTenantAccess',
      'Application.Read.All',
    ]);
    expect(wire.sent.every((sent) => sent.method === 'GET')).toBe(true);
    expect(await wire.graph().probe(tenantId, 'phone')).toEqual([
      {
        name: 'UserAuthMethod-Phone.ReadWrite.All',
        ok: false,
        isProven: true,
        why: 'The settings of this application are wrong or missing.',
      },
      {
        name: 'UserAuthenticationMethod.Read.All',
        ok: false,
        isProven: true,
        why: 'The settings of this application are wrong or missing.',
      },
    ]);
  });
});
