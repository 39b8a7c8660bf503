import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { startTlsServer, type LoopbackCertificate } from './loopback-tls';

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  /** As the channel publishes it. */
  readonly published: Readonly<Record<string, unknown>>;
}

/** A new key; `endorsements: null` leaves the list out. */
export function signingKey(kid: string, endorsements: readonly string[] | null = ['msteams']): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = publicKey.export({ format: 'jwk' });
  const published = { ...jwk, kid, use: 'sig', ...(endorsements === null ? {} : { endorsements }) };
  return { kid, privateKey, published };
}

type Part = Readonly<Record<string, unknown>>;

function encoded(part: Part): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

/** A token in the form of RFC 7515; really signed, with SHA-256 unless the header names a longer one. */
export function signed(key: SigningKey, claims: Part, header: Part = {}): string {
  const head = { alg: 'RS256', typ: 'JWT', kid: key.kid, ...header };
  const content = `${encoded(head)}.${encoded(claims)}`;
  const hash = /^RS(384|512)$/.exec(String(head.alg))?.[1] ?? '256';
  const signature = head.alg === 'none' ? 'AA' : sign(`RSA-SHA${hash}`, Buffer.from(content), key.privateKey);
  return `Bearer ${content}.${signature.toString('base64url')}`;
}

export interface ChannelIssuer {
  readonly openIdMetadataUrl: string;
  /** Requests for the metadata and for the keys so far. */
  readonly asked: { metadata: number; keys: number };
  /** What it publishes from now on. */
  publish(...keys: readonly SigningKey[]): void;
  /** `false`: every request is answered 503. */
  isUp: boolean;
  /** Where the metadata says that the keys are; its own address unless set. */
  jwksUri: string | null;
  close(): Promise<void>;
}

/** What login.botframework.com is to the bot, over TLS on loopback. */
export async function startChannelIssuer(certificate: LoopbackCertificate): Promise<ChannelIssuer> {
  let keys: readonly SigningKey[] = [];
  const server = await startTlsServer(certificate, (request, response) => {
    const isKeys = request.url === '/v1/.well-known/keys';
    issuer.asked[isKeys ? 'keys' : 'metadata'] += 1;
    const jwks_uri = issuer.jwksUri ?? `${server.origin}/v1/.well-known/keys`;
    const body = isKeys
      ? { keys: keys.map(({ published }) => published) }
      : { issuer: 'https://api.botframework.com', jwks_uri };
    response.writeHead(issuer.isUp ? 200 : 503, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  const issuer: ChannelIssuer = {
    openIdMetadataUrl: `${server.origin}/v1/.well-known/openidconfiguration`,
    asked: { metadata: 0, keys: 0 },
    publish: (...published) => (keys = published),
    isUp: true,
    jwksUri: null,
    close: () => server.close(),
  };
  return issuer;
}
