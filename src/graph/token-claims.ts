import { jsonInText } from './parse';

/** What a token says, as a hint only: Graph tokens are opaque to clients (decisions, Consent). */
export interface TokenClaims {
  readonly tid: string | null;
  /** `null` = the claim is missing: nothing was consented (facts 1.1). */
  readonly roles: readonly string[] | null;
}

/** `undefined` when the token cannot be read. */
export function readClaims(token: string): TokenClaims | undefined {
  const body = token.split('.')[1];
  if (!body || token.split('.').length < 2) return undefined;
  const claims = jsonInText(Buffer.from(body, 'base64url').toString('utf8'));
  if (typeof claims !== 'object' || claims === null) return undefined;
  const { tid, roles } = claims as { tid?: unknown; roles?: unknown };
  return {
    tid: typeof tid === 'string' ? tid.toLowerCase() : null,
    roles: Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : null,
  };
}
