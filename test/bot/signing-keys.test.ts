import { SigningKeys } from '../../src/bot/signing-keys';
import { pressFrom, startEdge, botAppId } from '../helpers/edge';
import { signed, signingKey, startChannelIssuer, type ChannelIssuer } from '../helpers/channel-issuer';
import { makeCertificate, trust } from '../helpers/loopback-tls';

const certificate = makeCertificate();
if (certificate === null) console.warn('skipped: openssl is absent, so no keys are fetched');

const [first, second] = [signingKey('first'), signingKey('second')];
const minute = 60_000;
const day = 24 * 60 * minute;

(certificate ? describe : describe.skip)('the signing keys of the channel', () => {
  let distrust = () => {};
  let issuer: ChannelIssuer;
  let time: number;
  let keys: SigningKeys;

  beforeAll(() => {
    if (certificate) distrust = trust(certificate.certificate);
  });
  afterAll(() => {
    distrust();
    certificate?.remove();
  });
  beforeEach(async () => {
    if (!certificate) return;
    time = Date.UTC(2026, 0, 1);
    issuer = await startChannelIssuer(certificate);
    issuer.publish(first);
    keys = new SigningKeys(issuer.openIdMetadataUrl, { now: () => time });
  });
  afterEach(() => issuer.close());

  const fetches = () => issuer.asked.metadata;
  /** Waits until a fetch in the background has come to its end. */
  const settled = () => keys.load();

  test('come by one fetch, however many ask at once', async () => {
    const found = await Promise.all(Array.from({ length: 1_000 }, () => keys.getKey('first')));
    expect(found.every((key) => key?.key.startsWith('-----BEGIN PUBLIC KEY-----'))).toBe(true);
    expect(issuer.asked).toEqual({ metadata: 1, keys: 1 });
  });

  test('follow a rollover at the first token of the new key', async () => {
    await keys.load();
    issuer.publish(second);
    await expect(keys.getKey('second')).resolves.toMatchObject({ endorsements: ['msteams'] });
    await expect(keys.getKey('first')).resolves.toBeNull();
    expect(fetches()).toBe(2);
  });

  test('are asked for once in five minutes, however many unknown ids come', async () => {
    await keys.load();
    for (let count = 0; count < 200; count += 1) {
      await expect(keys.getKey(`made-up-${count}`)).resolves.toBeNull();
    }
    expect(fetches()).toBe(2);
    time += 5 * minute;
    await Promise.all(Array.from({ length: 200 }, (_, count) => keys.getKey(`made-up-${count}`)));
    expect(fetches()).toBe(3);
  });

  test('serve on from memory while their address is down, and are renewed when it is back', async () => {
    await keys.load();
    issuer.isUp = false;
    time += day + minute;
    for (let count = 0; count < 50; count += 1) {
      await expect(keys.getKey('first')).resolves.not.toBeNull();
    }
    await settled();
    expect(fetches()).toBe(2);
    expect(keys.isReady()).toBe(true);
    issuer.isUp = true;
    issuer.publish(first, second);
    time += minute;
    await keys.getKey('first');
    await settled();
    await expect(keys.getKey('second')).resolves.not.toBeNull();
    expect(fetches()).toBe(3);
  });

  test('are forgotten after five days without news', async () => {
    await keys.load();
    issuer.isUp = false;
    time += 5 * day;
    await expect(keys.getKey('first')).rejects.toThrow('no signing keys');
    expect(keys.isReady()).toBe(false);
  });

  test('are asked for at most twice in ten seconds when they never came', async () => {
    issuer.isUp = false;
    const ask = async () => expect(await keys.getKey('first').catch(() => 'no keys')).toBe('no keys');
    await Promise.all(Array.from({ length: 500 }, ask));
    for (let count = 0; count < 500; count += 1) await ask();
    expect(fetches()).toBe(1);
    time += 10_000;
    issuer.isUp = true;
    expect(keys.isReady()).toBe(false);
    await settled();
    expect(keys.isReady()).toBe(true);
  });

  test.each(['https://evil.example/keys', 'http://127.0.0.1:1/keys'])(
    'never come from %s',
    async (address) => {
      issuer.jwksUri = address;
      await keys.load();
      expect(keys.isReady()).toBe(false);
      expect(issuer.asked).toEqual({ metadata: 1, keys: 0 });
    },
  );

  test('hold the bot back, which asks the channel to come again', async () => {
    const written = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    issuer.isUp = false;
    const identity = { openIdMetadataUrl: issuer.openIdMetadataUrl, now: () => time };
    const edge = await startEdge({ mode: 'production', identity });
    const serviceUrl = 'https://smba.trafficmanager.net/emea/';
    const exp = Math.floor(Date.now() / 1000) + 600;
    const claims = { iss: 'https://api.botframework.com', aud: botAppId, serviceurl: serviceUrl, exp };
    const press = () =>
      edge.post(pressFrom(serviceUrl, 'command', { command: 'help' }), {
        authorization: signed(first, claims),
      });
    expect((await fetch(`${edge.url}/readyz`)).status).toBe(503);
    expect((await Promise.all(Array.from({ length: 20 }, press))).map(({ status }) => status)).toEqual(
      Array.from({ length: 20 }, () => 503),
    );
    expect(fetches()).toBe(1);
    issuer.isUp = true;
    time += 10_000;
    expect((await press()).status).toBe(200);
    expect((await fetch(`${edge.url}/readyz`)).status).toBe(200);
    await edge.close();
    written.mockRestore();
  });
});
