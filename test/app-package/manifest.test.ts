import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { PNG } from 'pngjs';
import { commands } from '../../src/commands';

const folder = resolve(__dirname, '../../appPackage');
const manifestText = readFileSync(resolve(folder, 'manifest.json'), 'utf8');
const filled = manifestText
  .replaceAll('${{PUBLIC_URL}}', 'https://steward.example.com')
  .replaceAll(/\$\{\{[A-Z_]+\}\}/g, '00000000-0000-4000-8000-000000000000');

interface Manifest {
  bots: { commandLists: { commands: { title: string; description: string }[] }[] }[];
}

/** The validator is an ES module with JSON imports, which jest cannot load: it runs in a process of its own. */
const validator = `
  import { AppManifestUtils } from '@microsoft/app-manifest';
  import { readFileSync } from 'node:fs';
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

it('offers only commands that exist, in their own words', () => {
  const { bots } = JSON.parse(filled) as Manifest;
  const menu = bots[0]?.commandLists[0]?.commands ?? [];
  const known = new Map(commands.map(({ name, summary }) => [name, summary]));
  expect(menu.map(({ title, description }) => [title, description])).toEqual(
    menu.map(({ title }) => [title, known.get(title)]),
  );
  expect(menu.length).toBeLessThanOrEqual(10);
});

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
  const solid = drawn.filter(([, , , alpha = 0]) => alpha === 255);
  expect(solid.length).toBeGreaterThan(20);
  expect(solid.every(([red, green, blue]) => red === 255 && green === 255 && blue === 255)).toBe(true);
});
