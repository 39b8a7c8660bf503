import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { PNG } from 'pngjs';
import { commands } from '../../src/commands';
import { commandMenu, type MenuEntry } from '../../src/commands/menu';

const folder = resolve(__dirname, '../../appPackage');
const manifestText = readFileSync(resolve(folder, 'manifest.json'), 'utf8');
const filled = manifestText
  .replaceAll('${{PUBLIC_HOST}}', 'steward.example.com')
  .replaceAll(/\$\{\{[A-Z]+_URL\}\}/g, 'https://steward.example.com/page')
  .replaceAll(/\$\{\{[A-Z_]+\}\}/g, '00000000-0000-4000-8000-000000000000');

interface Manifest {
  version: string;
  bots: { scopes: string[]; commandLists: { scopes: string[]; commands: MenuEntry[] }[] }[];
}

/** The validator is an ES module with JSON imports, which jest cannot load: it runs in a process of its own. */
const validator = `
  import { AppManifestUtils } from '@microsoft/app-manifest';
  import { readFileSync, writeFileSync } from 'node:fs';
  const faults = await AppManifestUtils.validateAgainstSchema(JSON.parse(readFileSync(0, 'utf8')));
  process.stdout.write(JSON.stringify(faults));`;

function faultsOf(manifest: string): unknown {
  const run = ['--input-type=module', '--eval', validator];
  return JSON.parse(execFileSync(process.execPath, run, { cwd: folder, input: manifest, encoding: 'utf8' }));
}

it('is a manifest that Teams accepts once its variables are filled in', () => {
  expect(faultsOf(filled)).toEqual([]);
  expect(faultsOf(filled.replace('"personal"', '"everywhere"'))).not.toEqual([]);
});

it('offers the menu that is made from the commands, wherever the bot can be', () => {
  const { bots, version } = JSON.parse(filled) as Manifest;
  const [bot] = bots;
  expect(bot?.scopes).toEqual(['personal', 'team', 'groupChat']);
  const commandLists = [{ scopes: bot?.scopes ?? [], commands: [...commandMenu(commands)] }];
  if (process.env.UPDATE_GOLDEN === '1') writeMenu(commandLists);
  expect(bot?.commandLists).toEqual(commandLists);
  expect(version).toBe(JSON.parse(readFileSync(resolve(folder, '../package.json'), 'utf8')).version);
});

it('stays within what Teams shows of a menu', () => {
  const menu = commandMenu(commands);
  expect(menu.length).toBeLessThanOrEqual(10);
  for (const { title, description } of menu) {
    expect(title.length).toBeLessThanOrEqual(32);
    expect(description.length).toBeLessThanOrEqual(128);
  }
  expect(() => commandMenu(commands.filter(({ name }) => name !== 'setup'))).toThrow('setup');
  const wordy = commands.map((command) => ({ ...command, summary: 'x'.repeat(129) }));
  expect(() => commandMenu(wordy)).toThrow('too long');
});

function writeMenu(commandLists: Manifest['bots'][number]['commandLists']): void {
  const manifest = JSON.parse(manifestText) as Manifest;
  for (const bot of manifest.bots) bot.commandLists = commandLists;
  writeFileSync(resolve(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

it.each([
  ['color.png', 192],
  ['outline.png', 32],
])('has %s in the size that Teams wants', (name, size) => {
  const { width, height } = PNG.sync.read(readFileSync(resolve(folder, name)));
  expect([width, height]).toEqual([size, size]);
});

it('draws the outline in white on nothing', () => {
  const { data } = PNG.sync.read(readFileSync(resolve(folder, 'outline.png')));
  const drawn = Array.from({ length: data.length / 4 }, (_, index) => [
    ...data.subarray(index * 4, index * 4 + 4),
  ]);
  const clear = drawn.filter(([, , , alpha = 0]) => alpha === 0);
  expect(clear.length).toBeGreaterThan(100);
  const solid = drawn.filter(([, , , alpha = 0]) => alpha === 255);
  expect(solid.length).toBeGreaterThan(20);
  expect(solid.every(([red, green, blue]) => red === 255 && green === 255 && blue === 255)).toBe(true);
});
