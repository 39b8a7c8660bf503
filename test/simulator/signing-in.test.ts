import { graphRoutes } from '../../src/simulator/routes';
import { startTestSimulator, testClientId, type TestSimulator } from '../helpers/simulator';

const application = {
  clientId: testClientId,
  displayName: 'Steward <read>',
  permissions: ['User.Read.All', 'Policy.Read.All'],
};

describe('signing in', () => {
  let simulator: TestSimulator;
  beforeEach(async () => {
    simulator = await startTestSimulator();
    await simulator.control.applications([application]);
  });
  afterEach(() => simulator.close());

  const rolesOf = (token: string) =>
    (JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { roles?: string[] })
      .roles;

  async function askToken(changes: Record<string, string> = {}) {
    const form = {
      client_id: testClientId,
      scope: 'https://graph.microsoft.com/.default',
      grant_type: 'client_credentials',
      ...changes,
    };
    const response = await fetch(`${simulator.url}/${simulator.tenantId('con')}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    return { status: response.status, body: (await response.json()) as Record<string, string> };
  }

  const consentUrl = (redirect = 'http://127.0.0.1:3978/consent', tenant = 'con' as const) => {
    const query = new URLSearchParams({ client_id: testClientId, state: 's/1', redirect_uri: redirect });
    return `${simulator.url}/${simulator.tenantId(tenant)}/adminconsent?${query}`;
  };

  async function decide(person: string, decision = 'accept', headers: Record<string, string> = {}) {
    const response = await fetch(consentUrl(), {
      method: 'POST',
      redirect: 'manual',
      headers,
      body: new URLSearchParams({ person, decision }),
    });
    const location = response.headers.get('location');
    return { status: response.status, to: location ? new URL(location) : null };
  }

  it('gives a token without roles before consent and with the registered ones after it', async () => {
    expect(rolesOf((await askToken()).body['access_token'] ?? '')).toBeUndefined();
    await simulator.control.consent('con', 'all');
    expect(rolesOf((await askToken()).body['access_token'] ?? '')).toEqual(application.permissions);
    await simulator.control.consent('con', ['Policy.Read.All', 'Sites.Read.All']);
    expect(rolesOf((await askToken()).body['access_token'] ?? '')).toEqual(['Policy.Read.All']);
  });

  it.each([
    [{ client_id: '7e57c11e-0000-4000-8000-00000000dead' }, 'unauthorized_client'],
    [{ grant_type: 'password' }, 'unsupported_grant_type'],
    [{ scope: 'User.Read' }, 'invalid_scope'],
  ])('refuses a token for %j', async (changes, error) => {
    const answer = await askToken(changes);
    expect([answer.status, answer.body['error']]).toEqual([400, error]);
  });

  it('shows who asks for what on the consent page, escaped', async () => {
    const page = await fetch(consentUrl());
    const html = await page.text();
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(html).toContain('Steward &lt;read&gt;');
    for (const text of ['Contoso', 'User.Read.All', 'Policy.Read.All', 'Priya Raman'])
      expect(html).toContain(text);
    expect(html).not.toContain('Mina');
  });

  it('takes the consent of a Privileged Role Administrator and redirects with the tenant', async () => {
    const { status, to } = await decide('priya');
    expect(status).toBe(303);
    expect(Object.fromEntries(to?.searchParams ?? [])).toEqual({
      tenant: simulator.tenantId('con'),
      state: 's/1',
      admin_consent: 'True',
    });
    expect(rolesOf((await askToken()).body['access_token'] ?? '')).toEqual(application.permissions);
  });

  it.each(['omar', 'ivy', 'zoe', 'gil'])('refuses %s with permission_denied', async (person) => {
    const { to } = await decide(person);
    expect(to?.searchParams.get('error')).toBe('permission_denied');
    expect(rolesOf((await askToken()).body['access_token'] ?? '')).toBeUndefined();
  });

  it('grants nothing when the consent is cancelled or comes from another site', async () => {
    expect((await decide('priya', 'cancel')).to?.searchParams.get('error')).toBe('access_denied');
    expect((await decide('priya', 'accept', { Origin: 'https://example.com' })).status).toBe(403);
    expect((await decide('mina')).status).toBe(400);
    expect(rolesOf((await askToken()).body['access_token'] ?? '')).toBeUndefined();
  });

  it.each(['https://example.com/consent', 'http://127.0.0.1.example.com/', 'javascript:alert(1)', ''])(
    'never redirects to %s',
    async (redirect) => expect((await fetch(consentUrl(redirect))).status).toBe(400),
  );

  it('refuses Graph without a good token', async () => {
    const ask = async (authorization?: string) => {
      const headers: Record<string, string> = authorization ? { Authorization: authorization } : {};
      const response = await fetch(`${simulator.url}/v1.0/organization`, { headers });
      const body = (await response.json()) as { error: { code: string } };
      return [response.status, body.error.code];
    };
    const expected = [401, 'InvalidAuthenticationToken'];
    const good = simulator.token('con');
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const elsewhere = `${good.split('.')[0]}.${encode({ tid: '00000000-0000-4000-8000-000000000000', roles: [] })}.`;
    const expired = `${good.split('.')[0]}.${encode({ tid: simulator.tenantId('con'), exp: 1, roles: [] })}.`;
    for (const wrong of [
      undefined,
      'Bearer x',
      `Basic ${good}`,
      `Bearer ${elsewhere}`,
      `Bearer ${expired}`,
    ]) {
      expect(await ask(wrong)).toEqual(expected);
    }
    expect(await simulator.graph('con', 'GET', '/v1.0/organization', { roles: [] })).toMatchObject({
      status: 403,
      body: { error: { code: 'Authorization_RequestDenied' } },
    });
  });

  it('refuses every operation to an application without permissions', async () => {
    const allowed: string[] = [];
    for (const [index, { method, path }] of graphRoutes.entries()) {
      const { status } = await simulator.graph('con', method, path.replaceAll(/\{\w+\}/g, 'x'), {
        roles: ['Mail.Read'],
        clientId: `7e57c11e-0000-4000-8000-${String(index).padStart(12, '0')}`,
      });
      if (status !== 403) allowed.push(`${method} ${path}: ${status}`);
    }
    expect(allowed).toEqual([]);
  });
});
