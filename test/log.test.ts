import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from './helpers/local-mode';

test('says where a fault is, without the values that its message carries', () => {
  build();
  const program = `
    const { log } = require('./lib/log.js');
    const error = new Error('Failed query: insert into x values ($1)\\nparams: canary-name,\\n    at canary-place');
    log.error('a fault', { event: 'x', stack: error.stack, text: 'canary-text' });`;
  const { stdout } = spawnSync(process.execPath, ['-e', program], {
    cwd: join(__dirname, '..'),
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  });
  expect(stdout).toContain('Failed query: insert into x');
  expect(JSON.parse(stdout)).toMatchObject({ stack: expect.stringMatching(/\n\s+at .+:\d+:\d+/) });
  expect(stdout).not.toContain('canary');
}, 60_000);
