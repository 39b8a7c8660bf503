import { resolve } from 'node:path';
import { readBot, readPacks } from './settings/credentials';
import { cloudEndpoints, publicOrigin, simulatorEndpoints } from './settings/endpoints';
import { checkSettings, readEnvironment, type Environment } from './settings/environment';
import { SettingsFaults } from './settings/faults';
import type { Settings } from './settings/keys';
import { localPacks } from './settings/local-packs';
import { readTenants } from './settings/tenants';

/** How a Graph application proves who it is. */
export type GraphCredential =
  | { readonly type: 'secret'; readonly secret: string }
  | { readonly type: 'certificate'; readonly path: string }
  | { readonly type: 'managed-identity'; readonly clientId: string }
  /** A managed identity's token is exchanged for the application's. */
  | { readonly type: 'federated'; readonly managedIdentityClientId: string }
  /** The token of another issuer (Kubernetes, for example) in a file that it keeps fresh is exchanged. */
  | { readonly type: 'token-file'; readonly path: string }
  /** Local mode only: asks the simulator's token endpoint on loopback. */
  | { readonly type: 'simulator' };

export interface GraphApplication {
  readonly clientId: string;
  readonly credential: GraphCredential;
}

/** A pack is an app registration, because admin consent grants everything in a registration. */
export type PackName = 'read' | 'write' | 'phone';

export interface TenantConfig {
  readonly tenantId: string;
  readonly key: string;
  readonly displayName: string;
  readonly cloud: 'public' | 'usgov' | 'china';
  /** Entra groups (object ids) that count like the roles; `tenantId` tells whose group it is. */
  readonly groups: {
    readonly viewers?: { readonly tenantId: string; readonly groupId: string };
    readonly operators?: { readonly tenantId: string; readonly groupId: string };
    readonly approvers?: { readonly tenantId: string; readonly groupId: string };
    readonly auditors?: { readonly tenantId: string; readonly groupId: string };
  };
  /** Object ids of people of this tenant who may break the glass (I39); off when left out. */
  readonly breakGlass?: readonly string[];
}

export interface Config {
  readonly mode: 'production' | 'local';
  /** `info` when left out. */
  readonly logLevel?: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly port: number;
  /** Where people's browsers reach us: the consent callback is `${publicUrl}/consent`. */
  readonly publicUrl: string;
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  /** Origin of Graph: a national cloud's, or loopback in local mode. */
  readonly graphBaseUrl: string;
  /** Origin of the sign-in service, for consent links and tokens. */
  readonly authorityUrl: string;
  readonly writesEnabled: boolean;
  /** How long a write may take to show in Graph before it counts as lost. */
  readonly replicationSeconds: number;
  /** Commands and presses that are taken of one person, and of all people of a tenant; 30 and 300 when left out. */
  readonly commandsPerMinute?: { readonly person: number; readonly tenant: number };
  /** Keys of before-images, base64, the newest first; local mode makes its own when there are none. */
  readonly imageKeys?: readonly string[];
  /** How often a link with subscribers is looked at. */
  readonly watchSeconds: number;
  /** At least one; the allow-list (I12, I13). */
  readonly tenants: readonly TenantConfig[];
  readonly packs: {
    readonly read: GraphApplication;
    readonly write: GraphApplication;
    readonly phone: GraphApplication | null;
  };
  /** The bot's own identity; null only in local mode, where the connector is on loopback. */
  readonly bot: {
    readonly appId: string;
    readonly tenantId: string;
    readonly type: 'SingleTenant' | 'MultiTenant' | 'UserAssignedMsi';
    readonly credential: GraphCredential;
  } | null;
}

const productionHint =
  'env/.env.example explains every setting. To try the bot without any, run: npm run local';
const localHint = 'env/.env.example explains every setting.';

function commandsPerMinute(settings: Settings): NonNullable<Config['commandsPerMinute']> {
  return {
    person: settings.COMMANDS_PER_MINUTE_PERSON ?? 30,
    tenant: settings.COMMANDS_PER_MINUTE_TENANT ?? 300,
  };
}

function loadProduction(env: Environment, folder?: string): Config {
  const faults = new SettingsFaults();
  const values = readEnvironment(env, 'dev', faults, folder);
  const settings = checkSettings(values, faults);
  const needed = {
    PUBLIC_URL: 'Give the https address of the bot.',
    TENANTS: 'List the tenants it may serve.',
  };
  for (const [key, mend] of Object.entries(needed)) if (!values[key]) faults.add(key, mend);
  const config: Config = {
    mode: 'production',
    logLevel: settings.LOG_LEVEL ?? 'info',
    port: settings.PORT ?? 3978,
    publicUrl: publicOrigin(settings.PUBLIC_URL ?? 'https://missing.invalid', 'production', faults),
    dataDir: resolve(settings.DATA_DIR ?? '.data'),
    databaseUrl: settings.DATABASE_URL ?? null,
    ...cloudEndpoints(settings, faults),
    writesEnabled: settings.WRITES_ENABLED === 'true',
    replicationSeconds: settings.REPLICATION_SECONDS ?? 60,
    imageKeys: settings.BEFORE_IMAGE_KEYS?.split(',') ?? [],
    commandsPerMinute: commandsPerMinute(settings),
    watchSeconds: settings.WATCH_SECONDS ?? 300,
    tenants: readTenants(values, settings.TENANTS, settings.GRAPH_CLOUD ?? 'public', faults),
    packs: readPacks(settings, faults),
    bot: readBot(settings, faults),
  };
  if (config.packs.phone && !settings.BEFORE_IMAGE_KEYS) {
    faults.add(
      'BEFORE_IMAGE_KEYS',
      'Give a key for phone numbers in before-images: openssl rand -base64 32.',
    );
  }
  faults.throwIfAny(productionHint);
  return config;
}

function loadLocal(env: Environment, worldTenants: readonly TenantConfig[], folder?: string): Config {
  const faults = new SettingsFaults();
  const values = readEnvironment(env, 'local', faults, folder);
  const settings = checkSettings(values, faults);
  const port = settings.PORT ?? 3978;
  const listed = readTenants(values, settings.TENANTS, 'public', faults);
  const config: Config = {
    mode: 'local',
    logLevel: settings.LOG_LEVEL ?? 'info',
    port,
    publicUrl: publicOrigin(settings.PUBLIC_URL ?? `http://127.0.0.1:${port}`, 'local', faults),
    dataDir: resolve(settings.DATA_DIR ?? '.data'),
    databaseUrl: settings.DATABASE_URL ?? null,
    ...simulatorEndpoints(settings, faults),
    writesEnabled: settings.WRITES_ENABLED === 'true',
    replicationSeconds: settings.REPLICATION_SECONDS ?? 60,
    imageKeys: settings.BEFORE_IMAGE_KEYS?.split(',') ?? [],
    commandsPerMinute: commandsPerMinute(settings),
    // Simulated time runs fast: nobody at the page wants to wait for minutes.
    watchSeconds: settings.WATCH_SECONDS ?? 10,
    tenants: listed.length > 0 ? listed : worldTenants,
    packs: localPacks,
    bot: null,
  };
  if (config.tenants.length === 0) faults.add('TENANTS', 'Start the simulator first: it names the tenants.');
  faults.throwIfAny(localHint);
  return config;
}

/**
 * The settings, from the environment and `env/.env.*` only, checked once.
 *
 * @param mode never guessed: production does not fall back to local mode
 * @param worldTenants local mode: the simulated tenants, used unless `TENANTS` lists others
 * @throws BotError `bad-settings`: its remedy names every key that is wrong and how to mend it
 */
export function loadConfig(
  env: Environment,
  mode: Config['mode'],
  { worldTenants = [], folder }: { worldTenants?: readonly TenantConfig[]; folder?: string } = {},
): Config {
  return mode === 'production' ? loadProduction(env, folder) : loadLocal(env, worldTenants, folder);
}
