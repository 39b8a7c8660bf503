import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { commands } from '../../src/commands';
import { commandMenu } from '../../src/commands/menu';
import { settingKeys } from '../../src/settings/keys';
import { build } from '../helpers/local-mode';

const root = resolve(__dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'app-package-'));
beforeAll(build, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

const secretKeys = settingKeys.filter((key) => key.startsWith('SECRET_'));
const canaries = Object.fromEntries(secretKeys.map((key) => [key, `canary-${key.toLowerCase()}`]));
const complete = {
  TEAMS_APP_ID: '6F9619FF-8B86-4D01-B42D-00CF4FC964FF',
  BOT_APP_ID: '6f9619ff-8b86-4d01-b42d-00cf4fc964aa',
  PUBLIC_URL: 'https://steward.example.com',
  WEBSITE_URL: 'https://example.com/steward',
  PRIVACY_URL: 'https://example.com/privacy',
  TERMS_URL: 'https://example.com/terms?a="b"',
  DATABASE_URL: 'postgres://steward:canary-password@db.example.com/steward',
  ...canaries,
};

interface Made {
  readonly status: number | null;
  readonly said: string;
  readonly zip: Buffer | null;
}

let count = 0;

/** `npm run package` without its npm, with nothing in the environment but this. */
function make(env: Readonly<Record<string, string>>): Made {
  const out = join(folder, `${(count += 1)}.zip`);
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/package.mjs', '--out', out], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, ...env },
  });
  return { status, said: stdout + stderr, zip: existsSync(out) ? readFileSync(out) : null };
}

const sha256 = (zip: Buffer | null) =>
  createHash('sha256')
    .update(zip ?? '')
    .digest('hex');

test('makes the same bytes at any time, in any zone, whatever the age of the files', () => {
  const first = make({ ...complete, TZ: 'Pacific/Kiritimati' });
  expect(first.said).toContain('.zip');
  expect(first.status).toBe(0);
  const icon = join(root, 'appPackage/color.png');
  utimesSync(icon, new Date(), new Date());
  expect(sha256(make({ ...complete, TZ: 'America/St_Johns' }).zip)).toBe(sha256(first.zip));
  const other = make({ ...complete, TERMS_URL: 'https://example.com/other' });
  expect(sha256(other.zip)).not.toBe(sha256(first.zip));
}, 30_000);

test('holds the manifest with every variable filled in, the menu of the commands, the icons, and no secret', () => {
  const { zip } = make(complete);
  const files = unzipSync(zip ?? new Uint8Array());
  expect(Object.keys(files)).toEqual(['manifest.json', 'color.png', 'outline.png']);
  const text = strFromU8(files['manifest.json'] ?? new Uint8Array());
  expect(text).not.toContain('${{');
  expect(JSON.parse(text)).toMatchObject({
    id: complete.TEAMS_APP_ID.toLowerCase(),
    version: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version,
    developer: { privacyUrl: complete.PRIVACY_URL, termsOfUseUrl: new URL(complete.TERMS_URL).href },
    bots: [{ botId: complete.BOT_APP_ID, commandLists: [{ commands: commandMenu(commands) }] }],
    validDomains: ['steward.example.com'],
  });
  const everything = Object.values(files).map((file) => Buffer.from(file).toString('latin1'));
  for (const secret of [...Object.values(canaries), 'canary-password']) {
    expect(everything.join('\n')).not.toContain(secret);
  }
  expect(secretKeys.length).toBeGreaterThan(3);
}, 30_000);

test('names every missing setting in one message and makes nothing', () => {
  const { status, said, zip } = make({});
  expect(status).toBe(78);
  expect(zip).toBeNull();
  const keys = ['TEAMS_APP_ID', 'BOT_APP_ID', 'PUBLIC_URL', 'WEBSITE_URL', 'PRIVACY_URL', 'TERMS_URL'];
  for (const key of keys) expect(said).toContain(`${key}: `);
  expect(said).not.toMatch(/\n\s+at /);
}, 30_000);

test('refuses an address that is not https', () => {
  const { status, said, zip } = make({ ...complete, PRIVACY_URL: 'http://example.com/privacy' });
  expect({ status, zip }).toEqual({ status: 78, zip: null });
  expect(said).toContain('PRIVACY_URL: Give an https address.');
}, 30_000);
