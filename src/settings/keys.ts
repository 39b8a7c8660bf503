import { z } from 'zod/v4';

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'Give a port number, 0 to 65535.')
  .transform(Number);
const count = z
  .string()
  .regex(/^\d{1,8}$/, 'Give a whole number.')
  .transform(Number);
const amount = z
  .string()
  .regex(/^\d{1,8}(\.\d+)?$/, 'Give a number, for example 60.')
  .transform(Number);
const rate = z
  .string()
  .regex(/^[1-9]\d{0,5}$/, 'Give how many a minute, 1 or more.')
  .transform(Number);
const guid = z.guid('Give the id in the form 00000000-0000-0000-0000-000000000000.');
const text = z.string().min(1);
const page = z.url({ protocol: /^https$/, error: 'Give an https address.' });
const botCredential = z.enum(['secret', 'certificate', 'managed-identity', 'federated'], {
  error: 'Choose secret, certificate, managed-identity or federated.',
});
const credential = z.enum(['secret', 'certificate', 'managed-identity', 'federated', 'token-file'], {
  error: 'Choose secret, certificate, managed-identity, federated or token-file.',
});

/** Every setting but those of a tenant; `env/.env.example` says what each is for. */
export const settingSchemas = {
  ENV_NAME: z.string().regex(/^[a-z0-9-]{1,32}$/, 'Use lower-case letters, digits and hyphens.'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent'], {
    error: 'Choose debug, info, warn, error or silent.',
  }),
  PORT: port,
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'Give an address such as https://bot.example.com.' }),
  DATA_DIR: text,
  DATABASE_URL: z.url({
    protocol: /^postgres(ql)?$/,
    error: 'Give an address such as postgres://user@host/name.',
  }),
  WRITES_ENABLED: z.enum(['true', 'false'], { error: 'Write exactly true, or false.' }),
  BEFORE_IMAGE_KEYS: z
    .string()
    .regex(
      /^[A-Za-z0-9+/]{43}=(,[A-Za-z0-9+/]{43}=)*$/,
      'Give 32 random bytes in base64, the newest first, separated by commas: openssl rand -base64 32.',
    ),
  REPLICATION_SECONDS: count,
  COMMANDS_PER_MINUTE_PERSON: rate,
  COMMANDS_PER_MINUTE_TENANT: rate,
  WATCH_SECONDS: count,
  GRAPH_CLOUD: z.enum(['public', 'usgov', 'china'], { error: 'Choose public, usgov or china.' }),
  GRAPH_BASE_URL: z.url({ protocol: /^https?$/, error: 'Give an address such as http://127.0.0.1:3979.' }),
  TENANTS: z
    .string()
    .regex(
      /^[a-z][a-z0-9]{0,15}(,[a-z][a-z0-9]{0,15})*$/,
      'List short lower-case keys, separated by commas.',
    ),
  TEAMS_APP_ID: guid,
  WEBSITE_URL: page,
  PRIVACY_URL: page,
  TERMS_URL: page,
  BOT_APP_ID: guid,
  BOT_TENANT_ID: guid,
  BOT_TYPE: z.enum(['SingleTenant', 'MultiTenant', 'UserAssignedMsi'], {
    error: 'Choose SingleTenant, MultiTenant or UserAssignedMsi.',
  }),
  BOT_CREDENTIAL: botCredential,
  BOT_CERTIFICATE_PATH: text,
  BOT_MANAGED_IDENTITY_CLIENT_ID: guid,
  SECRET_BOT: text,
  GRAPH_READ_APP_ID: guid,
  GRAPH_READ_CREDENTIAL: credential,
  GRAPH_READ_CERTIFICATE_PATH: text,
  GRAPH_READ_MANAGED_IDENTITY_CLIENT_ID: guid,
  GRAPH_READ_TOKEN_FILE: text,
  SECRET_GRAPH_READ: text,
  GRAPH_WRITE_APP_ID: guid,
  GRAPH_WRITE_CREDENTIAL: credential,
  GRAPH_WRITE_CERTIFICATE_PATH: text,
  GRAPH_WRITE_MANAGED_IDENTITY_CLIENT_ID: guid,
  GRAPH_WRITE_TOKEN_FILE: text,
  SECRET_GRAPH_WRITE: text,
  GRAPH_PHONE_APP_ID: guid,
  GRAPH_PHONE_CREDENTIAL: credential,
  GRAPH_PHONE_CERTIFICATE_PATH: text,
  GRAPH_PHONE_MANAGED_IDENTITY_CLIENT_ID: guid,
  GRAPH_PHONE_TOKEN_FILE: text,
  SECRET_GRAPH_PHONE: text,
  SIMULATOR_PORT: port,
  SIMULATOR_USERS: count,
  SIMULATOR_SEED: text,
  SIMULATOR_SPEED: amount,
  SIMULATOR_LATENCY_MS: count,
  CHAT_PORT: port,
} as const;

export type SettingKey = keyof typeof settingSchemas;

export const settingKeys = Object.keys(settingSchemas) as readonly SettingKey[];

/** Checked values; a key that is not set, or set to nothing, is absent. */
export type Settings = { readonly [Key in SettingKey]?: z.infer<(typeof settingSchemas)[Key]> };

/** `TENANT_<KEY>_<this>`, for each key of `TENANTS`. */
export const tenantSuffixes = [
  'ID',
  'NAME',
  'CLOUD',
  'VIEWERS',
  'OPERATORS',
  'APPROVERS',
  'AUDITORS',
  'BREAK_GLASS',
] as const;

export function isKnownKey(name: string): boolean {
  if ((settingKeys as readonly string[]).includes(name)) return true;
  return new RegExp(`^TENANT_[A-Z0-9]+_(${tenantSuffixes.join('|')})$`).test(name);
}
