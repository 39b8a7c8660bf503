import { readFileSync } from 'node:fs';
import {
  AppCredentials,
  AuthenticationConfiguration,
  AuthenticationConstants,
  AuthenticationError,
  CertificateServiceClientCredentialsFactory,
  FederatedServiceClientCredentialsFactory,
  JwtTokenProviderFactory,
  ManagedIdentityServiceClientCredentialsFactory,
  PasswordServiceClientCredentialFactory,
  type Claim,
  type ServiceClientCredentialsFactory,
} from 'botframework-connector';
import type { TeamsAdapter } from '@microsoft/teams-ai/lib/TeamsAdapter';
import type { Config } from '../config';
import { BotError } from '../errors';
import { ChannelAdapter } from './channel-adapter';
import { SigningKeys, type SigningKeysParts } from './signing-keys';

type Bot = NonNullable<Config['bot']>;

export interface BotIdentity {
  readonly adapter: TeamsAdapter;
  /** `''` in local mode. */
  readonly appId: string;
  /** The bearer token for the connector; null in local mode. */
  token(): Promise<string | null>;
  /** Fetches the channel's signing keys beforehand. Never rejects: without them the bot is not ready. */
  prepare(): Promise<void>;
  /** Whether an activity's token could be checked now. */
  isReady(): boolean;
}

export interface BotIdentityParts extends SigningKeysParts {
  /** Where the channel publishes its signing keys; the Bot Framework's address when left out. */
  readonly openIdMetadataUrl?: string;
}

const connectorAudience = AuthenticationConstants.ToChannelFromBotOAuthScope;
const loginUrl = AuthenticationConstants.ToChannelFromBotLoginUrl;
const openIdMetadataUrl = AuthenticationConstants.ToBotFromChannelOpenIdMetadataUrl;
const channelIssuer = AuthenticationConstants.ToBotFromChannelTokenIssuer;

function certificateCredentials(bot: Bot, path: string): ServiceClientCredentialsFactory {
  const pem = readFileSync(path, 'utf8');
  const certificate = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/.exec(pem)?.[0];
  const key = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----/.exec(pem)?.[0];
  if (!certificate || !key) {
    throw new BotError(
      'bad-settings',
      'reading the certificate of the bot',
      'Put certificate and private key, both PEM, into the file that BOT_CERTIFICATE_PATH names.',
    );
  }
  return new CertificateServiceClientCredentialsFactory(bot.appId, certificate, key, bot.tenantId);
}

/** How the bot proves who it is to the connector. */
function credentialsOf(bot: Bot): ServiceClientCredentialsFactory {
  const { appId, credential, type } = bot;
  const tenantId = type === 'MultiTenant' ? '' : bot.tenantId;
  switch (credential.type) {
    case 'secret':
      return new PasswordServiceClientCredentialFactory(appId, credential.secret, tenantId);
    case 'certificate':
      return certificateCredentials(bot, credential.path);
    case 'managed-identity':
      return new ManagedIdentityServiceClientCredentialsFactory(appId, new JwtTokenProviderFactory());
    case 'federated':
      return new FederatedServiceClientCredentialsFactory(
        appId,
        credential.managedIdentityClientId,
        tenantId,
      );
    case 'token-file':
    case 'simulator':
      throw new BotError('bad-settings', 'starting the bot', 'Give the bot a credential of its own.');
  }
}

/**
 * Only tokens of the channel itself, for this bot: without this check a leaked bot secret could sign activities with
 * any service address (safety C1).
 */
export function validateClaims(appId: string): (claims: Claim[]) => Promise<void> {
  return async (claims) => {
    const value = (type: string) => claims.find((claim) => claim.type === type)?.value;
    if (value('iss') === channelIssuer && value('aud') === appId) return;
    throw new AuthenticationError('not a token of the channel for this bot', 401);
  };
}

/** Looks at a bearer token before the SDK does: tokens of no channel cause no fetch of signing keys (I35). */
export function looksLikeChannelToken(authorization: string | undefined, appId: string): boolean {
  const payload = /^Bearer [\w-]+\.([\w-]+)\.[\w-]+$/.exec(authorization ?? '')?.[1];
  if (!payload) return false;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    if (typeof claims !== 'object' || claims === null) return false;
    return 'iss' in claims && claims.iss === channelIssuer && 'aud' in claims && claims.aud === appId;
  } catch {
    return false;
  }
}

/** Local mode: nobody signs, and nobody is asked for a token. */
function unsignedIdentity(): BotIdentity {
  return {
    adapter: new ChannelAdapter({}),
    appId: '',
    token: async () => null,
    prepare: async () => undefined,
    isReady: () => true,
  };
}

/** The adapter that authenticates activities, and the token that the bot sends with its own messages. */
export function createBotIdentity(
  config: Pick<Config, 'mode' | 'bot'>,
  parts: BotIdentityParts = {},
): BotIdentity {
  const { bot, mode } = config;
  if (bot === null) {
    if (mode === 'local') return unsignedIdentity();
    throw new BotError('bad-settings', 'starting the bot', 'Set BOT_APP_ID: without it anyone could post.');
  }
  const factory = credentialsOf(bot);
  const authentication = new AuthenticationConfiguration([], validateClaims(bot.appId));
  const keys = new SigningKeys(parts.openIdMetadataUrl ?? openIdMetadataUrl, parts);
  keys.serve(openIdMetadataUrl);
  const identity = {
    MicrosoftAppId: bot.appId,
    MicrosoftAppType: bot.type,
    MicrosoftAppTenantId: bot.tenantId,
  };
  return {
    adapter: new ChannelAdapter(identity, factory, authentication),
    appId: bot.appId,
    async token() {
      const credentials = await factory.createCredentials(bot.appId, connectorAudience, loginUrl, true);
      if (!(credentials instanceof AppCredentials)) throw new TypeError('credentials without a token');
      return credentials.getToken();
    },
    prepare: () => keys.load(),
    isReady: () => keys.isReady(),
  };
}
