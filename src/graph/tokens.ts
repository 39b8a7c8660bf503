import type { AccessToken, TokenCredential } from '@azure/identity';
import type { Config, GraphApplication, PackName } from '../config';
import { BotError } from '../errors';
import { credentialFor, type CredentialSurroundings } from './credentials';
import type { PermissionNeeds } from './operations';
import type { Pace } from './pace';
import { permissionNames } from './permissions';
import { readClaims } from './token-claims';

interface Held {
  readonly credential: TokenCredential;
  token: AccessToken | null;
  pending: Promise<AccessToken> | null;
  acquiredAt: number;
}

/** Renewed this long before it ends. */
const renewalMs = 5 * 60_000;
/** A token without the needed role is asked again after this long: consent may have been given elsewhere. */
const secondLookMs = 5_000;

export interface TokenRequest {
  readonly tenantId: string;
  readonly tenantName: string;
  readonly pack: PackName;
  readonly needs: PermissionNeeds;
  readonly doing: string;
}

/**
 * Tokens by (tenant, application), in memory only (C2 11). `tid` and `roles` are checked before a token is used:
 * a token without `roles` is issued when nothing was consented (facts 1.1).
 */
export class Tokens {
  private readonly held = new Map<string, Held>();

  constructor(
    private readonly packs: Config['packs'],
    private readonly scope: string,
    private readonly surroundings: CredentialSurroundings,
    private readonly pace: Pace,
  ) {}

  /** Null when the settings name no application for the pack. */
  application(pack: PackName): GraphApplication | null {
    return this.packs[pack];
  }

  /**
   * @param claims what Graph asked a new token to prove, as JSON
   * @throws BotError `consent-missing`, `permission-missing`, `wrong-tenant`, `bad-settings` or `graph-unavailable`
   */
  async get(request: TokenRequest, claims?: string): Promise<string> {
    const token = claims
      ? await this.acquire(this.holder(request), request, claims)
      : await this.looked(request);
    const problem = this.lacks(token, request);
    if (problem) throw problem;
    return token.token;
  }

  /**
   * `roles` of the token as a hint; `[]` when it names none, `undefined` when it cannot be read. A role of the pack
   * that it lacks is looked for in a newer token, as in `get`. @throws as `get` without needs
   */
  async roles(request: TokenRequest): Promise<readonly string[] | undefined> {
    const wholePack = permissionNames(request.pack).map((name) => [name]);
    const token = await this.looked({ ...request, needs: wholePack });
    const problem = this.lacks(token, { ...request, needs: [] });
    if (problem) throw problem;
    const claims = readClaims(token.token);
    return claims && (claims.roles ?? []);
  }

  /** Forgets the tokens of a tenant (after consent or a 401): new permissions show only in new tokens (facts 1.1). */
  drop(tenantId: string, pack?: PackName): void {
    const clientId = pack && this.packs[pack]?.clientId;
    for (const key of this.held.keys()) {
      const [tenant, client] = key.split(' ');
      if (tenant === tenantId && (clientId === undefined || client === clientId)) this.held.delete(key);
    }
  }

  /** The token in hand, or a newer one when it lacks something and is not fresh. */
  private async looked(request: TokenRequest): Promise<AccessToken> {
    const held = this.holder(request);
    const token = await this.current(held, request);
    if (!this.lacks(token, request) || this.pace.now() - held.acquiredAt <= secondLookMs) return token;
    this.drop(request.tenantId, request.pack);
    return this.current(this.holder(request), request);
  }

  private holder({ tenantId, pack, doing }: TokenRequest): Held {
    const application = this.packs[pack];
    if (!application) {
      throw new BotError('bad-settings', doing, `Name an application for the ${pack} pack in the settings.`);
    }
    const key = `${tenantId} ${application.clientId}`;
    const known = this.held.get(key);
    if (known) return known;
    const credential = credentialFor(application, tenantId, this.surroundings);
    const fresh: Held = { credential, token: null, pending: null, acquiredAt: 0 };
    this.held.set(key, fresh);
    return fresh;
  }

  private async current(held: Held, request: TokenRequest): Promise<AccessToken> {
    if (held.token && held.token.expiresOnTimestamp - renewalMs > this.pace.now()) return held.token;
    held.pending ??= this.acquire(held, request).finally(() => (held.pending = null));
    return held.pending;
  }

  private async acquire(held: Held, request: TokenRequest, claims?: string): Promise<AccessToken> {
    try {
      const abortSignal = AbortSignal.timeout(30_000);
      const token = await held.credential.getToken(this.scope, {
        abortSignal,
        ...(claims ? { claims } : {}),
      });
      if (!token) throw new Error('no token');
      held.token = token;
      held.acquiredAt = this.pace.now();
      return token;
    } catch (error) {
      throw signInError(error, request);
    }
  }

  private lacks(token: AccessToken, request: TokenRequest): BotError | undefined {
    const claims = readClaims(token.token);
    if (!claims) return undefined;
    const { tenantId, tenantName, doing, needs, pack } = request;
    if (claims.tid !== null && claims.tid !== tenantId.toLowerCase()) {
      return new BotError(
        'wrong-tenant',
        doing,
        `Check the settings: the token is for ${claims.tid}, not ${tenantName}.`,
      );
    }
    const roles = claims.roles ?? [];
    const missing = needs.filter((anyOf) => !anyOf.some((name) => roles.includes(name)));
    if (missing.length === 0) return undefined;
    const names = missing.map((anyOf) => namedFor(pack, anyOf)).join(' and ');
    return claims.roles === null
      ? new BotError('consent-missing', doing, consentRemedy(tenantName, pack, names))
      : new BotError('permission-missing', doing, consentRemedy(tenantName, pack, names));
  }
}

function namedFor(pack: PackName, anyOf: readonly string[]): string {
  return anyOf.find((name) => permissionNames(pack).includes(name)) ?? anyOf[0] ?? 'the permission';
}

function consentRemedy(tenantName: string, pack: PackName, names: string): string {
  return `Ask a Privileged Role Administrator of ${tenantName} to consent to ${names} (${pack} pack), then run connect.`;
}

/** AADSTS numbers that mean "this application is not known or not allowed in that tenant". */
const unknownApplication = /AADSTS(65001|700016|7000112|7000229|500011)\b/;

function signInError(error: unknown, { tenantName, doing, pack }: TokenRequest): BotError {
  if (error instanceof BotError) return error;
  const message = error instanceof Error ? error.message : '';
  const aadsts = /AADSTS\d+/.exec(message)?.[0];
  const details = { cause: error, graphCode: aadsts };
  if (unknownApplication.test(message)) {
    return new BotError(
      'consent-missing',
      doing,
      consentRemedy(tenantName, pack, 'the application'),
      details,
    );
  }
  if (/AADSTS90002\b/.test(message)) {
    return new BotError(
      'wrong-tenant',
      doing,
      `Check the tenant id of ${tenantName} in the settings.`,
      details,
    );
  }
  if (aadsts) {
    return new BotError(
      'bad-settings',
      doing,
      `Check the secret or certificate of the ${pack} application.`,
      details,
    );
  }
  return new BotError(
    'graph-unavailable',
    doing,
    'Try again in a minute: the sign-in service could not be reached.',
    details,
  );
}
