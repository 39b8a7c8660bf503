import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { loadConfig } from '../src/config';
import { BotError } from '../src/errors';
import { settingKeys, tenantSuffixes } from '../src/settings/keys';
import { loadLocalSettings } from '../src/settings/load-local-settings';

const id = (digit: string) => `00000000-0000-4000-8000-00000000000${digit}`;

const complete = {
  PUBLIC_URL: 'https://bot.example.com',
  TENANTS: 'one,two',
  TENANT_ONE_ID: id('1'),
  TENANT_ONE_NAME: 'One',
  TENANT_TWO_ID: id('2'),
  TENANT_TWO_NAME: 'Two',
  TENANT_TWO_APPROVERS: `one:${id('9')}`,
  BOT_APP_ID: id('3'),
  BOT_TENANT_ID: id('1'),
  BOT_CREDENTIAL: 'secret',
  SECRET_BOT: 'canary-bot',
  GRAPH_READ_APP_ID: id('4'),
  GRAPH_READ_CREDENTIAL: 'certificate',
  GRAPH_READ_CERTIFICATE_PATH: '/run/secrets/read.pem',
};

const worldTenants = [
  { tenantId: id('5'), key: 'sim', displayName: 'Sim', cloud: 'public' as const, groups: {} },
];

function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'settings-'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

const empty = folderWith({});

function production(change: Record<string, string | undefined>, folder = empty) {
  return loadConfig({ ...complete, ...change }, 'production', { folder });
}

function faultsOf(load: () => unknown): string {
  try {
    load();
  } catch (error) {
    if (error instanceof BotError) return error.remedy;
  }
  throw new Error('the settings were accepted');
}

test('names nobody for break-glass unless a setting does', () => {
  const glassOf = (list?: string) =>
    production({ TENANT_TWO_BREAK_GLASS: list }).tenants.map(({ breakGlass }) => breakGlass);
  expect(glassOf()).toEqual([undefined, undefined]);
  expect(glassOf('')).toEqual([undefined, undefined]);
  expect(glassOf(`${id('a').toUpperCase()}, ${id('b')},${id('b')}`)).toEqual([undefined, [id('a'), id('b')]]);
});

test('reads complete settings', () => {
  expect(production({})).toMatchObject({
    mode: 'production',
    port: 3978,
    databaseUrl: null,
    graphBaseUrl: 'https://graph.microsoft.com',
    authorityUrl: 'https://login.microsoftonline.com',
    writesEnabled: false,
    tenants: [
      { key: 'one', tenantId: id('1'), displayName: 'One', groups: {} },
      { key: 'two', groups: { approvers: { tenantId: id('1'), groupId: id('9') } } },
    ],
    packs: { read: { clientId: id('4') }, write: { clientId: id('4') }, phone: null },
    bot: { appId: id('3'), type: 'SingleTenant', credential: { type: 'secret', secret: 'canary-bot' } },
  });
});

test('names every missing setting in one message and points at local mode', () => {
  const faults = faultsOf(() => loadConfig({}, 'production', { folder: empty }));
  for (const key of [
    ...['PUBLIC_URL', 'TENANTS', 'BOT_APP_ID', 'BOT_TENANT_ID', 'BOT_CREDENTIAL'],
    ...['GRAPH_READ_APP_ID', 'GRAPH_READ_CREDENTIAL'],
  ]) {
    expect(faults).toContain(`${key}: `);
  }
  expect(faults).toContain('npm run local');
});

test.each([
  ['PORT', '70000x'],
  ['PUBLIC_URL', 'http://bot.example.com'],
  ['PUBLIC_URL', 'https://bot.example.com/path'],
  ['DATABASE_URL', 'mysql://db/x'],
  ['WRITES_ENABLED', 'yes'],
  ['GRAPH_CLOUD', 'mars'],
  ['GRAPH_BASE_URL', 'http://127.0.0.1:3979'],
  ['GRAPH_BASE_URL', 'https://graph.microsoft.com.evil.example'],
  ['TENANTS', ''],
  ['TENANTS', 'one,one'],
  ['TENANTS', 'one, Two'],
  ['TENANT_ONE_ID', 'contoso.com'],
  ['TENANT_TWO_APPROVERS', `three:${id('9')}`],
  ['TENANT_TWO_BREAK_GLASS', `${id('9')},jo@example.com`],
  ['TENANT_THREE_ID', id('6')],
  ['BOT_TYPE', 'Single-Tenant'],
  ['BOT_TYPE', 'UserAssignedMsi'],
  ['SECRET_BOT', ''],
  ['GRAPH_READ_CERTIFICATE_PATH', ''],
])('refuses %s=%s and names it', (key, value) => {
  const faults = faultsOf(() => production({ [key]: value }));
  expect(faults).toContain(`${key}: `);
  expect(faults).not.toContain('canary');
});

test.each(['TRUE', ' true1', '1', 'on', 'True'])('never takes WRITES_ENABLED=%s for true', (value) => {
  expect(() => production({ WRITES_ENABLED: value })).toThrow(BotError);
});

test('names national clouds', () => {
  expect(production({ GRAPH_CLOUD: 'usgov' })).toMatchObject({
    graphBaseUrl: 'https://graph.microsoft.us',
    authorityUrl: 'https://login.microsoftonline.us',
  });
  expect(production({ GRAPH_CLOUD: 'china' }).tenants[0]?.cloud).toBe('china');
});

const key = Buffer.alloc(32, 'k').toString('base64');

test('asks for keys of before-images where phones can be changed', () => {
  expect(faultsOf(() => production({ GRAPH_PHONE_APP_ID: id('4') }))).toContain('BEFORE_IMAGE_KEYS: ');
  expect(faultsOf(() => production({ BEFORE_IMAGE_KEYS: `${key},short` }))).toContain('BEFORE_IMAGE_KEYS: ');
  expect(production({ BEFORE_IMAGE_KEYS: `${key},${key}` }).imageKeys).toEqual([key, key]);
});

test('lets packs share a registration or have their own', () => {
  const shared = production({ GRAPH_PHONE_APP_ID: id('4'), BEFORE_IMAGE_KEYS: key });
  expect(shared.packs.phone).toBe(shared.packs.read);
  const faults = faultsOf(() => production({ GRAPH_WRITE_APP_ID: id('7') }));
  expect(faults).toContain('GRAPH_WRITE_CREDENTIAL: ');
});

test('reads the files that ENV_NAME selects; secrets lie beside them and the environment wins', () => {
  const folder = folderWith({
    '.env.prod': 'PORT=4000\nWRITES_ENABLED=true\nPUBLIC_URL=https://file.example.com\n',
    '.env.prod.user': 'SECRET_BOT=from-file\n',
  });
  const config = production({ ENV_NAME: 'prod', SECRET_BOT: undefined }, folder);
  expect(config).toMatchObject({ port: 4000, writesEnabled: true, publicUrl: 'https://bot.example.com' });
  expect(config.bot?.credential).toEqual({ type: 'secret', secret: 'from-file' });
});

test('refuses unknown names in files, misplaced secrets and a file that is not there', () => {
  const folder = folderWith({ '.env.dev': 'PROT=4000\nSECRET_BOT=oops\n' });
  const faults = faultsOf(() => production({}, folder));
  expect(faults).toContain('PROT: ');
  expect(faults).toContain('SECRET_BOT: Move it');
  expect(faults).not.toContain('oops');
  expect(faultsOf(() => production({ ENV_NAME: 'nowhere' }, folder))).toContain('ENV_NAME: ');
});

test('local mode serves the simulated tenants, on loopback only', () => {
  const local = (env: Record<string, string>) => loadConfig(env, 'local', { worldTenants, folder: empty });
  expect(local({})).toMatchObject({
    mode: 'local',
    bot: null,
    tenants: worldTenants,
    graphBaseUrl: 'http://127.0.0.1:3979',
    writesEnabled: false,
  });
  expect(faultsOf(() => local({ GRAPH_BASE_URL: 'https://graph.microsoft.com' }))).toContain(
    'GRAPH_BASE_URL: ',
  );
  expect(faultsOf(() => loadConfig({}, 'local', { folder: empty }))).toContain('TENANTS: ');
});

test('local settings have working defaults and are checked', () => {
  expect(loadLocalSettings({}, empty)).toMatchObject({ botPort: 3978, simulatorPort: 3979, chatPort: 3980 });
  expect(faultsOf(() => loadLocalSettings({ SIMULATOR_USERS: 'many' }, empty))).toContain(
    'SIMULATOR_USERS: ',
  );
});

test('the committed local file lets approved plans write to the simulator', () => {
  expect(loadConfig({}, 'local', { worldTenants }).writesEnabled).toBe(true);
});

test('.env.example documents exactly the settings that are read', () => {
  const text = readFileSync(join(__dirname, '../env/.env.example'), 'utf8');
  const documented = Object.keys(parseEnv(text));
  const plain = documented.filter((key) => !key.startsWith('TENANT_'));
  expect(plain.sort()).toEqual([...settingKeys].sort());
  const suffixes = documented.flatMap((key) => /^TENANT_ALPHA_(.+)$/.exec(key)?.[1] ?? []);
  expect(suffixes.sort()).toEqual([...tenantSuffixes].sort());
});
