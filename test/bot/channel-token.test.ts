import { createHmac } from 'node:crypto';
import { botAppId, foreignTenantId, homeTenantId, pressFrom, startEdge, type Edge } from '../helpers/edge';
import { makeCertificate, trust } from '../helpers/loopback-tls';
import { signed, signingKey, startChannelIssuer, type ChannelIssuer } from '../helpers/channel-issuer';
import { tellFigure } from '../helpers/figures';

const serviceUrl = 'https://smba.trafficmanager.net/emea/';
const certificate = makeCertificate();
if (certificate === null) console.warn('skipped: openssl is absent, so no signed token is tried');

const good = signingKey('good');
const unendorsed = signingKey('unendorsed', null);
const endorsedForNobody = signingKey('nobody', []);
const otherChannel = signingKey('other-channel', ['directline']);
/** Published under no name, or under a name that is another key's. */
const unknown = signingKey('unknown');
const impostor = { ...signingKey('good'), kid: 'good' };

const now = () => Math.floor(Date.now() / 1000);
const claims = (change: Record<string, unknown> = {}) => ({
  ...{ iss: 'https://api.botframework.com', aud: botAppId, serviceurl: serviceUrl },
  ...{ nbf: now() - 60, exp: now() + 3_600, ...change },
});
const press = (change: Record<string, unknown> = {}) =>
  pressFrom(serviceUrl, 'command', { command: 'help' }, change);

(certificate ? describe : describe.skip)('in production', () => {
  let refused = 0;
  afterAll(() => tellFigure(__filename, 'tokens', `${refused} wrong ones refused, none heard of`));

  let distrust = () => {};
  let issuer: ChannelIssuer;
  let edge: Edge;
  const written = jest.spyOn(console, 'error').mockImplementation(() => undefined);

  beforeAll(async () => {
    if (!certificate) return;
    distrust = trust(certificate.certificate);
    issuer = await startChannelIssuer(certificate);
    issuer.publish(good, unendorsed, endorsedForNobody, otherChannel);
    edge = await startEdge({
      mode: 'production',
      identity: { openIdMetadataUrl: issuer.openIdMetadataUrl },
    });
  });
  afterAll(async () => {
    await edge.close();
    await issuer.close();
    certificate?.remove();
    distrust();
    written.mockRestore();
  });

  test('has its signing keys before the first activity', async () => {
    expect(issuer.asked).toEqual({ metadata: 1, keys: 1 });
    expect((await fetch(`${edge.url}/readyz`)).status).toBe(200);
  });

  test('answers an activity that the channel signed for this bot', async () => {
    const response = await edge.post(press(), { authorization: signed(good, claims()) });
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('echo');
    expect(edge.incoming).toHaveLength(1);
    expect(issuer.asked.metadata).toBe(1);
  });

  const [header] = signed(good, claims()).replace('Bearer ', '').split('.');
  const hs256 = () => {
    const [, body] = signed(good, claims()).split('.');
    const head = Buffer.from(JSON.stringify({ alg: 'HS256', kid: 'good' })).toString('base64url');
    const content = `${head}.${body}`;
    const hmac = createHmac('sha256', JSON.stringify(good.published)).update(content).digest('base64url');
    return `Bearer ${content}.${hmac}`;
  };
  const withSignatureOf = (other: string) =>
    signed(good, claims()).replace(/[\w-]+$/, other.split('.').at(-1) ?? '');
  const emulator = 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/';

  test.each<[string, () => string]>([
    ['no scheme', () => signed(good, claims()).slice('Bearer '.length)],
    ['another issuer', () => signed(good, claims({ iss: 'https://login.microsoftonline.com/x/v2.0' }))],
    ['the issuer of an emulator', () => signed(good, claims({ iss: emulator, appid: botAppId, ver: '1.0' }))],
    ['no issuer', () => signed(good, claims({ iss: undefined }))],
    ['several issuers', () => signed(good, claims({ iss: ['https://api.botframework.com'] }))],
    ['another audience', () => signed(good, claims({ aud: homeTenantId }))],
    ['no audience', () => signed(good, claims({ aud: undefined }))],
    ['our audience among others', () => signed(good, claims({ aud: [botAppId, homeTenantId] }))],
    ['an end in the past', () => signed(good, claims({ exp: now() - 301 }))],
    ['a start in the future', () => signed(good, claims({ nbf: now() + 900 }))],
    ['a key that nobody published', () => signed(unknown, claims())],
    ['the name of a key that is not its own', () => signed(impostor, claims())],
    ['no key id', () => signed(good, claims(), { kid: undefined })],
    ['no algorithm', () => signed(good, claims(), { alg: 'none' })],
    ['an HMAC under the public key', hs256],
    ['another algorithm in its header', () => signed(good, claims(), { alg: 'PS256' })],
    ['no service address', () => signed(good, claims({ serviceurl: undefined }))],
    ['another service address', () => signed(good, claims({ serviceurl: 'https://smba.example/emea/' }))],
    ['a key without endorsements', () => signed(unendorsed, claims())],
    ['a key that is endorsed for nobody', () => signed(endorsedForNobody, claims())],
    ['a key that is endorsed for another channel', () => signed(otherChannel, claims())],
    ['claims of another token', () => signed(good, claims()).replace(/\.[\w-]+\./, `.${header}.`)],
    ['a signature cut short', () => signed(good, claims()).slice(0, -8)],
    ['no signature', () => signed(good, claims()).replace(/[\w-]+$/, '')],
    ['nothing in it', () => ''],
    ['a scheme alone', () => 'Bearer '],
    ['another scheme', () => signed(good, claims()).replace('Bearer', 'Basic')],
    ['its scheme in small letters', () => signed(good, claims()).replace('Bearer', 'bearer')],
    ['a second token behind it', () => `${signed(good, claims())} ${signed(good, claims()).slice(7)}`],
    ['five parts, as if it were encrypted', () => `${signed(good, claims())}.AA.AA`],
    ['a signature with padding', () => `${signed(good, claims())}==`],
    ['the signature of another token', () => withSignatureOf(signed(good, claims({ nbf: 1 })))],
    ['no algorithm, in other letters', () => signed(good, claims(), { alg: 'nOnE' })],
    ['an algorithm of elliptic curves', () => signed(good, claims(), { alg: 'ES256' })],
    ['an algorithm that is no text', () => signed(good, claims(), { alg: ['RS256'] })],
    ['a key that it brings along', () => signed(unknown, claims(), { jwk: unknown.published })],
    [
      'the address of a key of its own',
      () => signed(unknown, claims(), { jku: 'https://evil.example/keys', x5u: 'https://evil.example/key' }),
    ],
    ['a key id that is a path', () => signed(good, claims(), { kid: '../../good' })],
    ['a key id that is a list', () => signed(good, claims(), { kid: ['good'] })],
    ['a key id of a prototype', () => signed(good, claims(), { kid: '__proto__' })],
    ['the issuer of another cloud', () => signed(good, claims({ iss: 'https://api.botframework.us' }))],
    ['the issuer and a slash', () => signed(good, claims({ iss: 'https://api.botframework.com/' }))],
    ['our audience but for one letter', () => signed(good, claims({ aud: botAppId.replace('3', 'A') }))],
    ['a blank after our audience', () => signed(good, claims({ aud: `${botAppId} ` }))],
    ['an end long ago', () => signed(good, claims({ exp: 0 }))],
    ['an end that is a text', () => signed(good, claims({ exp: 'tomorrow' }))],
    ['an empty service address', () => signed(good, claims({ serviceurl: '' }))],
    ['claims that are a list', () => signed(good, [claims()] as never)],
  ])('refuses a token with %s, and nothing hears of it', async (_name, authorization) => {
    const heard = edge.incoming.length;
    const response = await edge.post(press(), { authorization: authorization() });
    expect(response.status).toBe(401);
    await expect(response.json()).resolves.toEqual({ code: 'Unauthorized' });
    expect(edge.incoming).toHaveLength(heard);
    refused += 1;
  });

  test.each<[string, () => string]>([
    ['another algorithm of the channel', () => signed(good, claims(), { alg: 'RS384' })],
    ['the longest algorithm of the channel', () => signed(good, claims(), { alg: 'RS512' })],
    ['no kind in its header', () => signed(good, claims(), { typ: undefined })],
    ['an end that a clock five minutes late has not seen', () => signed(good, claims({ exp: now() - 240 }))],
    [
      'a start that a clock five minutes early has not seen',
      () => signed(good, claims({ nbf: now() + 240 })),
    ],
    ['claims that we do not know', () => signed(good, claims({ roles: ['x'], tid: foreignTenantId }))],
  ])('takes a good token with %s', async (_name, authorization) => {
    const heard = edge.incoming.length;
    const response = await edge.post(press(), { authorization: authorization() });
    expect([response.status, edge.incoming.length]).toEqual([200, heard + 1]);
  });

  test.each<[string, Record<string, unknown>, number]>([
    ['another channel', { channelId: 'directline' }, 403],
    ['the emulator', { channelId: 'emulator' }, 403],
    ['the streaming channel', { channelId: 'AseChannel' }, 403],
    ['no channel', { channelId: undefined }, 400],
    ['an address that is not Teams’', { serviceUrl: 'https://smba.trafficmanager.net.evil.example/' }, 403],
    ['another region than the token’s', { serviceUrl: 'https://smba.trafficmanager.net/amer/' }, 401],
    ['no address', { serviceUrl: undefined }, 400],
  ])('refuses a signed activity from %s', async (_name, change, status) => {
    const heard = edge.incoming.length;
    const response = await edge.post(press(change), { authorization: signed(good, claims()) });
    expect(response.status).toBe(status);
    expect(edge.incoming).toHaveLength(heard);
  });

  test('tells people of another tenant nothing but that it does not serve them', async () => {
    const heard = edge.incoming.length;
    const conversation = { id: 'a:x', conversationType: 'personal', tenantId: foreignTenantId };
    const channelData = { tenant: { id: foreignTenantId } };
    const authorization = signed(good, claims());
    const response = await edge.post(press({ conversation, channelData }), { authorization });
    expect(await response.text()).toMatch(/not\\*-allowed/);
    expect(edge.incoming).toHaveLength(heard);
  });

  test('asked for its keys once at the start, and once for all the keys that it did not know', () => {
    expect(issuer.asked).toEqual({ metadata: 2, keys: 2 });
  });
});
