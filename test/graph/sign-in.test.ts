import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { GraphCredential } from '../../src/config';
import { createGraph } from '../../src/graph/create-graph';
import { readOrganization } from '../../src/graph/organization';
import { makeCertificate, startTlsServer, trust, type TlsServer } from '../helpers/loopback-tls';
import { config, tenantId, token } from './support/fake-wire';
import { tellFigure } from '../helpers/figures';

const certificate = makeCertificate();
if (!certificate) console.warn('skipped: openssl is absent, so the real sign-in library is not tried');

const applicationId = '5c1f0a10-0000-4000-8000-0000000000aa';
const identityId = '5c1f0a10-0000-4000-8000-0000000000bb';
const graphToken = token(tenantId, ['Organization.Read.All']);
const identityToken = token(tenantId, []);
const exchange = 'api://AzureADTokenExchange';

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) text += String(part);
  return text;
}

/** The sign-in library as it is, once over TLS on loopback: it refuses plain http. */
(certificate ? describe : describe.skip)('a call of Graph, signed in by the real library', () => {
  const folder = join(certificate?.path ?? '', '..');
  let distrust = () => {};
  /** Entra and Graph behind one origin. */
  let microsoft: TlsServer;
  /** The endpoint that App Service puts beside a program. */
  let azure: Server;
  let asked: { path: string; form: URLSearchParams }[];
  let identityAsked: { url: URL; header: string | undefined }[];
  let called: { path: string; authorization: string | undefined }[];
  /** Graph challenges so many calls first. */
  let challenges: string[];

  const metadata = () => ({
    token_endpoint: `${microsoft.origin}/${tenantId}/oauth2/v2.0/token`,
    authorization_endpoint: `${microsoft.origin}/${tenantId}/oauth2/v2.0/authorize`,
    issuer: `${microsoft.origin}/${tenantId}/v2.0`,
    jwks_uri: `${microsoft.origin}/keys`,
  });

  async function answerOf(request: IncomingMessage): Promise<unknown> {
    const path = request.url ?? '';
    if (path.includes('openid-configuration')) return metadata();
    if (path.startsWith('/v1.0/')) {
      called.push({ path, authorization: request.headers.authorization });
      return { value: [{ id: tenantId, displayName: 'Tenant One' }] };
    }
    asked.push({ path, form: new URLSearchParams(await textOf(request)) });
    return { token_type: 'Bearer', expires_in: 3599, access_token: graphToken };
  }

  beforeAll(async () => {
    if (!certificate) return;
    distrust = trust(certificate.certificate);
    microsoft = await startTlsServer(certificate, (request, response) => {
      response.setHeader('content-type', 'application/json');
      const challenge = request.url?.startsWith('/v1.0/') ? challenges.shift() : undefined;
      if (challenge !== undefined) {
        response.writeHead(401, { 'www-authenticate': challenge });
        return void response.end('{"error":{"code":"InvalidAuthenticationToken"}}');
      }
      void answerOf(request).then((answer) => response.end(JSON.stringify(answer)));
    });
    azure = createServer((request, response) => {
      const url = new URL(request.url ?? '', 'http://azure');
      identityAsked.push({ url, header: request.headers['x-identity-header'] as string | undefined });
      const isExchange = url.searchParams.get('resource') === exchange;
      const access_token = isExchange ? identityToken : graphToken;
      const expires_on = Math.floor(Date.now() / 1000) + 3_600;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ access_token, expires_on: String(expires_on), token_type: 'Bearer' }));
    });
    await new Promise<void>((resolve) => azure.listen(0, '127.0.0.1', resolve));
  });
  let calls = 0;
  const environment = { ...process.env };
  beforeEach(() => {
    [asked, identityAsked, called, challenges] = [[], [], [], []];
  });
  afterEach(() => {
    process.env = { ...environment };
  });
  afterAll(async () => {
    distrust();
    await microsoft.close();
    azure.closeAllConnections();
    await new Promise((resolve) => azure.close(resolve));
    certificate?.remove();
  });

  const azureUrl = () => `http://127.0.0.1:${(azure.address() as AddressInfo).port}`;
  function onAppService(): void {
    process.env.IDENTITY_ENDPOINT = `${azureUrl()}/msi/token`;
    process.env.IDENTITY_HEADER = 'canary-header';
  }

  /** Reads the organization with an application that has this credential. */
  async function call(credential: GraphCredential): Promise<void> {
    const application = { clientId: applicationId, credential };
    const graph = createGraph({
      ...config,
      graphBaseUrl: microsoft.origin,
      authorityUrl: microsoft.origin,
      packs: { read: application, write: application, phone: null },
    });
    await expect(readOrganization(graph.read(tenantId))).resolves.toMatchObject({ id: tenantId });
    expect(called).toEqual([
      { path: expect.stringContaining('/v1.0/organization'), authorization: `Bearer ${graphToken}` },
    ]);
  }

  function expectAssertion(form: URLSearchParams | undefined): string {
    expect(form?.get('client_id')).toBe(applicationId);
    expect(form?.get('client_secret')).toBeNull();
    expect(form?.get('client_assertion_type')).toContain('jwt-bearer');
    expect(form?.get('scope')).toContain(`${microsoft.origin}/.default`);
    return form?.get('client_assertion') ?? '';
  }

  afterEach(() => void (calls += called.length));
  afterAll(() =>
    tellFigure(__filename, 'signed in', `${calls} calls with tokens of an https issuer on loopback`),
  );

  it('sends a client secret to the tenant asked for', async () => {
    await call({ type: 'secret', secret: 'canary' });
    expect(asked[0]?.path).toContain(`/${tenantId}/oauth2/v2.0/token`);
    expect(asked[0]?.form.get('client_secret')).toBe('canary');
  });

  it('gives a new token the claims that Graph asks for, once', async () => {
    const claims = JSON.stringify({ access_token: { nbf: { essential: true, value: '1795996096' } } });
    const challenge = (text: string) =>
      `Bearer realm="", error="insufficient_claims", claims="${Buffer.from(text).toString('base64')}"`;
    challenges = [challenge(claims)];
    await call({ type: 'secret', secret: 'canary' });
    expect(asked.map(({ form }) => form.get('claims') ?? '')).toEqual([
      expect.not.stringContaining('nbf'),
      expect.stringContaining('"nbf":{"essential":true,"value":"1795996096"}'),
    ]);
  });

  it.each(['no JSON', '7', ''])('asks for a plain new token when the challenge is %j', async (text) => {
    challenges = [`Bearer claims="${Buffer.from(text).toString('base64')}"`];
    await call({ type: 'secret', secret: 'canary' });
    expect(asked).toHaveLength(2);
    expect(asked[1]?.form.get('claims') ?? '').not.toContain('JSON');
  });

  it('signs with a certificate instead of sending a secret', async () => {
    await call({ type: 'certificate', path: certificate?.path ?? '' });
    expect(expectAssertion(asked[0]?.form)).toMatch(/^[^.]+\.[^.]+\.[^.]+$/);
  });

  it('takes the token of a managed identity from App Service', async () => {
    onAppService();
    await call({ type: 'managed-identity', clientId: identityId });
    expect(asked).toHaveLength(0);
    expect(identityAsked).toHaveLength(1);
    const { url, header } = identityAsked[0] ?? {};
    expect(header).toBe('canary-header');
    expect(url?.pathname).toBe('/msi/token');
    expect(url?.searchParams.get('client_id')).toBe(identityId);
    expect(url?.searchParams.get('resource')).toBe(microsoft.origin);
  });

  it('exchanges the token of a managed identity for the application’s', async () => {
    onAppService();
    await call({ type: 'federated', managedIdentityClientId: identityId });
    expect(identityAsked[0]?.url.searchParams.get('resource')).toBe(exchange);
    expect(asked[0]?.path).toContain(`/${tenantId}/oauth2/v2.0/token`);
    expect(expectAssertion(asked[0]?.form)).toBe(identityToken);
  });

  it('exchanges the token in a file for the application’s', async () => {
    const path = join(folder, 'token');
    const issued = `${identityToken}issued-elsewhere`;
    writeFileSync(path, `${issued}\n`);
    await call({ type: 'token-file', path });
    expect(expectAssertion(asked[0]?.form)).toBe(issued);
  });
});
