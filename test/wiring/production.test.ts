import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from '../helpers/local-mode';

const root = join(__dirname, '../..');

test('refuses to start without settings, names them all, and points at local mode', () => {
  build();
  const { status, stderr } = spawnSync(process.execPath, ['lib/index.js'], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  });
  expect(status).toBe(78);
  for (const key of ['PUBLIC_URL', 'TENANTS', 'BOT_APP_ID', 'GRAPH_READ_APP_ID']) {
    expect(stderr).toContain(`${key}: `);
  }
  expect(stderr).toContain('npm run local');
  expect(stderr).not.toMatch(/\n\s+at /);
}, 60_000);
