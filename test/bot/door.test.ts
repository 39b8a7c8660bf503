import { createBotIdentity, validateClaims } from '../../src/bot/bot-identity';
import { isAllowedServiceUrl, isLoopbackHost } from '../../src/bot/service-url';
import { messageFrom, startEdge } from '../helpers/edge';

const serviceUrl = 'https://smba.trafficmanager.net/emea/';

function token(claims: object, header: object = { alg: 'none' }): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `Bearer ${part(header)}.${part(claims)}.${Buffer.from('signature').toString('base64url')}`;
}

test('refuses unsigned and foreign tokens in production without any turn', async () => {
  const edge = await startEdge({ mode: 'production' });
  const headers = [
    {},
    { authorization: 'Bearer garbage' },
    { authorization: token({ iss: 'https://login.microsoftonline.com/x/v2.0', aud: 'someone' }) },
    { authorization: token({ iss: 'https://api.botframework.com', aud: 'someone-else' }) },
  ];
  for (const header of headers) {
    const response = await edge.post(messageFrom(serviceUrl), header as Record<string, string>);
    expect(response.status).toBe(401);
    await expect(response.json()).resolves.toEqual({ code: 'Unauthorized' });
  }
  expect(edge.incoming).toHaveLength(0);
  await edge.close();
});

test('has no identity without an app id outside local mode', () => {
  expect(() => createBotIdentity({ mode: 'production', bot: null })).toThrow('bad-settings');
});

test('accepts claims of the channel for this bot only', async () => {
  const validate = validateClaims('our-bot');
  const claims = (iss: string, aud: string) => [
    { type: 'iss', value: iss },
    { type: 'aud', value: aud },
  ];
  await expect(validate(claims('https://api.botframework.com', 'our-bot'))).resolves.toBeUndefined();
  await expect(validate(claims('https://api.botframework.com', 'other'))).rejects.toThrow();
  await expect(validate(claims('https://sts.windows.net/x/', 'our-bot'))).rejects.toThrow();
  await expect(validate([])).rejects.toThrow();
});

test.each([
  ['https://smba.trafficmanager.net/emea/', true, false],
  ['https://smba.infra.gcc.teams.microsoft.com/gcc', true, false],
  ['https://smba.trafficmanager.net.evil.example/', false, false],
  ['https://smba.trafficmanager.net:8443/', false, false],
  ['https://user@smba.trafficmanager.net/', false, false],
  ['http://smba.trafficmanager.net/', false, false],
  ['http://127.0.0.1:5000/connector', false, true],
  ['http://[::1]:5000/', false, true],
  ['http://localhost:1/', false, true],
  ['http://10.0.0.1/', false, false],
  ['file:///etc/passwd', false, false],
  ['not an address', false, false],
])('answers to %s: production %s, local %s', (address, inProduction, inLocalMode) => {
  expect(isAllowedServiceUrl(address, 'production')).toBe(inProduction);
  expect(isAllowedServiceUrl(address, 'local')).toBe(inLocalMode);
});

test.each([
  ['localhost:3978', true],
  ['127.0.0.1', true],
  ['[::1]:3978', true],
  ['127.0.0.1.evil.example', false],
  ['evil.example', false],
  [undefined, false],
])('takes the Host header %s for loopback: %s', (host, isLoopback) => {
  expect(isLoopbackHost(host)).toBe(isLoopback);
});
