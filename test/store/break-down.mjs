/**
 * A process whose embedded database breaks down: from some moment on nothing can be written to the disk. Tells what came
 * of each question, one line of JSON each, and never ends by itself.
 */
import fs from 'node:fs';
import { createRequire } from 'node:module';

const { openStore } = createRequire(import.meta.url)('../../lib/store/open');
const store = await openStore({ databaseUrl: null, dataDir: process.argv[2] });
const tell = async (what, work) => {
  const told = await work().then(
    String,
    ({ code, doing, cause }) => `${code ?? cause.code}: ${doing ?? cause.doing}`,
  );
  process.stdout.write(`${JSON.stringify([what, told])}\n`);
};
const grow = `update conversations set service_url = service_url || 'x' where conversation_id = 'kept'`;

await store.db.execute(`insert into conversations (conversation_id, kind, service_url, tenant_id, bot_id)
  values ('kept', 'personal', 'x', 'aa', 'bot')`);
fs.writeSync = () => {
  throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
};
await tell('write', () => store.db.execute(grow));
await tell('read', () => store.db.execute('select 1'));
await tell('transaction', () => store.transaction(async () => 'done'));
await tell('ready', () => store.isReady());
setInterval(() => undefined, 1_000);
