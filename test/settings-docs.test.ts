import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { loadConfig } from '../src/config';
import type { BotError } from '../src/errors';
import { settingKeys } from '../src/settings/keys';

const root = join(__dirname, '..');
const docs = readFileSync(join(root, 'docs/operations.md'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'settings-docs-'));
const id = (digit: string) => `00000000-0000-4000-8000-00000000000${digit}`;

const base = {
  ...{
    PUBLIC_URL: 'https://bot.example.com',
    TENANTS: 'one',
    TENANT_ONE_ID: id('1'),
    TENANT_ONE_NAME: 'One',
  },
  ...{ BOT_APP_ID: id('3'), BOT_TENANT_ID: id('1'), BOT_CREDENTIAL: 'secret', SECRET_BOT: 'x' },
  ...{ GRAPH_READ_APP_ID: id('4'), GRAPH_READ_CREDENTIAL: 'secret', SECRET_GRAPH_READ: 'x' },
};
type Values = Readonly<Record<string, string | undefined>>;

const blocks = [...docs.matchAll(/```env\n([\s\S]*?)```/g)].map(
  (match) => parseEnv(match[1] ?? '') as Values,
);
const named = blocks.map((block) => [
  Object.values(block).find((value) => /^[a-z-]+$/.test(value ?? '')),
  block,
]);

/** What is there without the secrets of `base`, so that the block alone must be enough. */
function load(block: Values, without?: string): unknown {
  const secrets = Object.keys(block).some((key) => key.startsWith('BOT_'))
    ? 'SECRET_BOT'
    : 'SECRET_GRAPH_READ';
  const values: Record<string, string | undefined> = { ...base, [secrets]: undefined, ...block };
  if (without !== undefined) values[without] = undefined;
  return loadConfig(values, 'production', { folder });
}

test('shows each credential once', () => {
  expect(named.map(([choice]) => choice)).toEqual([
    ...['managed-identity', 'federated', 'token-file', 'certificate', 'secret'],
  ]);
});

test.each(named as [string, Values][])('tells all that %s needs, and nothing more', (choice, block) => {
  expect(JSON.stringify(load(block))).toContain(`"type":"${choice}"`);
  for (const key of Object.keys(block)) {
    try {
      load(block, key);
    } catch (error) {
      expect((error as BotError).remedy).toContain(`${key}: `);
      continue;
    }
    throw new Error(`${key} is not needed`);
  }
});

test.each(['certificate', 'managed-identity', 'federated', 'secret'])(
  'takes %s for the bot too',
  (choice) => {
    const [, block] = named.find(([name]) => name === choice) ?? [];
    const own = Object.entries(block as Values).map(([key, value]) => [
      key.replace('GRAPH_READ', 'BOT'),
      value,
    ]);
    expect(load(Object.fromEntries(own) as Values)).toMatchObject({ bot: { credential: { type: choice } } });
  },
);

test('names no setting that does not exist', () => {
  const words = [...docs.matchAll(/`([A-Z][A-Z_]{4,})`/g)].map((match) => match[1] ?? '');
  const known = new Set<string>([...settingKeys, 'SIGTERM']);
  expect(words.filter((word) => !known.has(word) && !word.endsWith('_'))).toEqual([]);
});

test('.env.example tells what each choice of a credential needs', () => {
  const example = readFileSync(join(root, 'env/.env.example'), 'utf8');
  for (const word of ['secret', 'certificate', 'managed-identity', 'federated', 'token-file']) {
    expect(example).toMatch(new RegExp(`^# .*\\b${word}\\b`, 'm'));
  }
});
