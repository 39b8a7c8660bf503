/**
 * Makes the Teams app package `appPackage/build/sync-steward.zip` from the manifest, the settings, the command list and
 * the icons: offline, and byte for byte the same for the same input, whenever and wherever it runs. Anything wrong ends
 * it with one message and no zip. `--out <file>` writes elsewhere.
 */
import { AppManifestUtils } from '@microsoft/app-manifest';
import { strToU8, zipSync } from 'fflate';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const source = join(root, 'appPackage');
const require = createRequire(import.meta.url);
const { commands } = require('../lib/commands/index.js');
const { commandMenu } = require('../lib/commands/menu.js');
const { loadPackageSettings } = require('../lib/settings/load-package-settings.js');

function stop(message) {
  console.error(message);
  process.exit(78);
}

function settings() {
  try {
    return loadPackageSettings(process.env);
  } catch (error) {
    return stop(error.remedy ?? error.message);
  }
}

/** Values go into parsed texts, so that no value can change the form of the manifest. */
function filled(value, values) {
  if (Array.isArray(value)) return value.map((item) => filled(item, values));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filled(item, values)]));
  }
  if (typeof value !== 'string') return value;
  return value.replace(/\$\{\{(\w+)\}\}/g, (whole, name) => values[name] ?? stop(`No setting for ${whole}.`));
}

async function manifestText(values) {
  const manifest = filled(JSON.parse(readFileSync(join(source, 'manifest.json'), 'utf8')), values);
  manifest.version = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;
  for (const list of manifest.bots[0].commandLists) list.commands = commandMenu(commands);
  const faults = await AppManifestUtils.validateAgainstSchema(manifest);
  if (faults.length > 0) stop(`The manifest does not hold:\n  ${faults.join('\n  ')}`);
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** The time is one of the zip's own calendar, which knows no zone: its first day. */
function zipped(files) {
  return zipSync(files, { level: 9, mtime: new Date(1980, 0, 1), os: 0 });
}

const outAt = process.argv.indexOf('--out');
const target = outAt > 0 ? resolve(process.argv[outAt + 1] ?? '') : join(source, 'build', 'sync-steward.zip');
rmSync(target, { force: true });
const files = {
  'manifest.json': strToU8(await manifestText(settings())),
  'color.png': readFileSync(join(source, 'color.png')),
  'outline.png': readFileSync(join(source, 'outline.png')),
};
mkdirSync(dirname(target), { recursive: true });
writeFileSync(target, zipped(files));
console.log(`${target}: upload it under “Manage your apps”, or in the Teams admin center.`);
