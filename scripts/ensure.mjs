/**
 * Makes sure that what a script needs is there, and does nothing when it is: packages as the lock file names
 * them and, with `--build`, `src` compiled to `lib`. `--run lib/x.js …` then runs that program in this same process,
 * so that signals reach it. Plain JavaScript without packages, because it runs first.
 */
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, extname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const oldestNode = [20, 19];
const assetEndings = ['.html', '.css', '.svg', '.png', '.sql', '.json'];
const pageProject = 'src/local/page/tsconfig.json';
const lock = join(root, 'package-lock.json');
const source = join(root, 'src');
const output = join(root, 'lib');

function stop(message) {
  console.error(message);
  process.exit(1);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  stop(
    `Node ${oldestNode.join('.')} or newer is needed; this is ${process.versions.node}. See https://nodejs.org.`,
  );
}

function readStamp(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function run(title, command, args) {
  const result = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  if (result.status === 0) return;
  stop([`${title} stopped:`, result.error?.message, result.stdout, result.stderr].filter(Boolean).join('\n'));
}

function npm(args) {
  const cli = process.env.npm_execpath;
  if (cli && cli.endsWith('.js')) return run('npm', process.execPath, [cli, ...args]);
  return run('npm', process.platform === 'win32' ? 'npm.cmd' : 'npm', args);
}

/**
 * Packages, when the lock file is not the one that was installed last; `--no-save` leaves it as it is. Not `npm ci`: it
 * refuses a lock file without the native packages of every other platform. A linked folder is its owner's.
 */
function install() {
  const folder = join(root, 'node_modules');
  if (lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink()) return;
  const stamp = join(folder, '.steward-lock');
  const wanted = createHash('sha256').update(readFileSync(lock)).digest('hex');
  if (readStamp(stamp) === wanted) return;
  console.error('Installing packages (once; about a minute)…');
  npm(['install', '--no-save', '--include=dev', '--no-audit', '--no-fund']);
  writeFileSync(stamp, wanted);
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}

function fingerprint(files) {
  const hash = createHash('sha256');
  for (const file of files) {
    const { mtimeMs, size } = statSync(file);
    hash.update(`${relative(root, file)}\0${mtimeMs}\0${size}\n`);
  }
  return hash.digest('hex');
}

/** What a source file becomes in `lib`; null for files that become nothing. */
function outputsOf(file) {
  const target = join(output, relative(source, file));
  if (file.endsWith('.d.ts')) return [];
  if (/\.tsx?$/.test(file)) return [target.replace(/\.tsx?$/, '.js')];
  const isAsset = assetEndings.includes(extname(file)) && !file.endsWith('tsconfig.json');
  return isAsset ? [target] : [];
}

function copyAssets(files) {
  for (const file of files.filter((name) => !/\.tsx?$/.test(name))) {
    for (const target of outputsOf(file)) {
      mkdirSync(dirname(target), { recursive: true });
      copyFileSync(file, target);
    }
  }
}

function build() {
  const files = filesBelow(source).sort();
  const stamp = join(output, '.stamp');
  const inputs = [...files, join(root, 'tsconfig.json'), lock, fileURLToPath(import.meta.url)];
  const wanted = fingerprint(inputs);
  if (readStamp(stamp) === wanted) return;
  console.error('Compiling…');
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  run('The compiler', process.execPath, [compiler, '-p', 'tsconfig.json', '--noCheck']);
  if (existsSync(join(root, pageProject))) {
    run('The compiler of the page', process.execPath, [compiler, '-p', pageProject, '--noCheck']);
  }
  copyAssets(files);
  const kept = new Set([...files.flatMap(outputsOf), stamp]);
  for (const file of filesBelow(output).filter((name) => !kept.has(name))) rmSync(file);
  writeFileSync(stamp, wanted);
}

async function runProgram(program, args) {
  const file = join(root, program);
  process.argv = [process.argv[0], file, ...args];
  await import(pathToFileURL(file).href);
}

const [mode, runWord, program, ...rest] = process.argv.slice(2);
checkNode();
install();
if (mode === '--build') build();
if (runWord === '--run' && program) await runProgram(program, rest);
