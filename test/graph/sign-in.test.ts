import type { GraphCredential } from '../../src/config';
import { credentialFor } from '../../src/graph/credentials';
import { makeCertificate, startTlsServer, trust, type TlsServer } from '../helpers/loopback-tls';
import { tenantId, token } from './support/fake-wire';

const certificate = makeCertificate();
if (!certificate) console.warn('skipped: openssl is absent, so the real sign-in library is not tried');

/** The token path of the real library once over TLS on loopback: it refuses plain http. */
(hasCertificate ? describe : describe.skip)('signing in with the real library', () => {
  let server: Server;
  let authority: string;
  let asked: { path: string; form: URLSearchParams }[];

  beforeAll(async () => {
    const [key, cert] = ['key.pem', 'cert.pem'].map((name) => readFileSync(join(folder, name)));
    trust(cert ?? '');
    server = createServer({ key, cert }, (request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        response.setHeader('Content-Type', 'application/json');
        if (request.url?.includes('openid-configuration')) return response.end(JSON.stringify(metadata()));
        asked.push({ path: request.url ?? '', form: new URLSearchParams(body) });
        const access_token = token(tenantId, ['User.Read.All']);
        return response.end(JSON.stringify({ token_type: 'Bearer', expires_in: 3599, access_token }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    authority = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => (asked = []));
  afterAll(async () => {
    tls.createSecureContext = createSecureContext;
    rmSync(folder, { recursive: true });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const metadata = () => ({
    token_endpoint: `${authority}/${tenantId}/oauth2/v2.0/token`,
    authorization_endpoint: `${authority}/${tenantId}/oauth2/v2.0/authorize`,
    issuer: `${authority}/${tenantId}/v2.0`,
    jwks_uri: `${authority}/keys`,
  });

  const get = async (credential: GraphCredential) => {
    const surroundings = { authority, mode: 'local' as const, fetch };
    return credentialFor({ clientId: 'the-app', credential }, tenantId, surroundings).getToken(
      'https://graph.microsoft.com/.default',
    );
  };

  it('sends a client secret to the tenant asked for', async () => {
    const found = await get({ type: 'secret', secret: 'canary' });
    expect(found?.token).toBe(token(tenantId, ['User.Read.All']));
    expect(asked[0]?.path).toContain(`/${tenantId}/oauth2/v2.0/token`);
    expect(asked[0]?.form.get('client_secret')).toBe('canary');
    expect(asked[0]?.form.get('scope')).toContain('https://graph.microsoft.com/.default');
  });

  it('signs with a certificate instead of sending a secret', async () => {
    await get({ type: 'certificate', path: join(folder, 'both.pem') });
    expect(asked[0]?.form.get('client_secret')).toBeNull();
    expect(asked[0]?.form.get('client_assertion')).toMatch(/^[^.]+\.[^.]+\.[^.]+$/);
  });

  it.each<GraphCredential>([
    { type: 'managed-identity', clientId: 'the-app' },
    { type: 'federated', managedIdentityClientId: 'the-identity' },
  ])('prepares $type without asking anybody', (credential) => {
    const surroundings = { authority, mode: 'production' as const, fetch };
    expect(credentialFor({ clientId: 'the-app', credential }, tenantId, surroundings)).toHaveProperty(
      'getToken',
    );
    expect(asked).toHaveLength(0);
  });
});
