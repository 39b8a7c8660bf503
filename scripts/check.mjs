/** Format, lint and types: two checks beside each other, the longest first. Each tells its output when it is over. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { resolve } = createRequire(import.meta.url);
const compiler = resolve('typescript/bin/tsc');
const checks = [
  ['lint', join(dirname(resolve('eslint/package.json')), 'bin/eslint.js'), '.'],
  ['types of the tests', compiler, '-p', 'test/tsconfig.json'],
  ['types', compiler, '-p', 'tsconfig.json', '--noEmit'],
  ['format', join(dirname(resolve('prettier/package.json')), 'bin/prettier.cjs'), '--check', '.'],
  ['types of the page', compiler, '-p', 'src/local/page/tsconfig.json', '--noEmit'],
];

function run([name, program, ...args]) {
  const child = spawn(process.execPath, [program, ...args], { cwd: root });
  let text = '';
  child.stdout.on('data', (chunk) => (text += chunk));
  child.stderr.on('data', (chunk) => (text += chunk));
  return new Promise((done) => {
    child.once('close', (code) => {
      console.log(`${code === 0 ? 'good' : 'WRONG'}: ${name}\n${text}`.trimEnd());
      done(code === 0);
    });
  });
}

const waiting = [...checks];
let isGood = true;
async function next() {
  for (let check = waiting.shift(); check; check = waiting.shift()) isGood = (await run(check)) && isGood;
}
await Promise.all([next(), next()]);
process.exitCode = isGood ? 0 : 1;
