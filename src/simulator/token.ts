import { Refusal } from './refusal';
import { tenantKeys, type TenantState, type World } from './world';

/** What a bearer token says; nothing is signed here. */
export interface Claims {
  readonly tid: string;
  readonly appid: string;
  readonly roles: readonly string[];
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** An unsigned JWT in the form of Entra's. `roles` is left out when nothing was consented (facts 1.1). */
export function unsignedToken(claims: Claims, origin: string, lifetimeSeconds = 3599): string {
  const issued = Math.floor(Date.now() / 1000);
  const payload = {
    aud: 'https://graph.microsoft.com',
    iss: `${origin}/${claims.tid}/`,
    iat: issued,
    nbf: issued,
    exp: issued + lifetimeSeconds,
    appid: claims.appid,
    idtyp: 'app',
    tid: claims.tid,
    ...(claims.roles.length ? { roles: claims.roles } : {}),
  };
  return `${encode({ typ: 'JWT', alg: 'none' })}.${encode(payload)}.`;
}

const refused = (message: string) => new Refusal(401, 'InvalidAuthenticationToken', message);

/** The tenant and the permissions of an Authorization header; 401 for anything that is no such token. */
export function readToken(
  world: World,
  authorization: string | undefined,
): { tenant: TenantState; claims: Claims } {
  const text = /^Bearer ([\w-]+\.[\w-]+\.[\w-]*)$/.exec(authorization ?? '')?.[1];
  if (!authorization) throw refused('Access token is empty.');
  if (!text) throw refused('IDX14100: JWT is not well formed.');
  const payload = payloadOf(text);
  const tenant = tenantKeys
    .map((key) => world.tenants[key])
    .find(({ tenantId }) => tenantId === payload['tid']);
  if (!tenant) throw refused('Access token validation failure. Invalid tenant.');
  if (typeof payload['exp'] === 'number' && payload['exp'] * 1000 < Date.now()) {
    throw refused('Lifetime validation failed, the token is expired.');
  }
  const roles = Array.isArray(payload['roles'])
    ? payload['roles'].filter((role) => typeof role === 'string')
    : [];
  return { tenant, claims: { tid: tenant.tenantId, appid: String(payload['appid'] ?? ''), roles } };
}

function payloadOf(text: string): Record<string, unknown> {
  try {
    const payload: unknown = JSON.parse(Buffer.from(text.split('.')[1] ?? '', 'base64url').toString());
    if (typeof payload === 'object' && payload !== null) return payload as Record<string, unknown>;
  } catch {
    // Falls through to the refusal: the text is no JSON.
  }
  throw refused('IDX14100: JWT is not well formed.');
}
