/**
 * The real bot as a child process that can be struck: wired by the same composition root as `npm run local`, with its
 * store and its `fetch` watched. The parent says where it shall be struck, and asks what stands in the database.
 */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { StrikePoints } from './strike.mjs';

const require = createRequire(import.meta.url);
const lib = (path) => require(`../../lib/${path}`);

let isTracing = false;
const points = new StrikePoints((point) => {
  if (isTracing) process.send?.({ point });
});

async function main() {
  const { loadConfig } = lib('config');
  const { setLogLevel } = lib('log');
  const { readSimulatedTenants, registerPacks } = lib('wiring/simulated-world');
  const { openStorePatiently } = lib('wiring/open-store-patiently');
  const { startBot } = lib('wiring/start-bot');
  const origin = process.env.GRAPH_BASE_URL;
  setLogLevel(process.env.LOG_LEVEL ?? 'error');
  const config = loadConfig(process.env, 'local', { worldTenants: await readSimulatedTenants(origin) });
  await registerPacks(config);
  globalThis.fetch = points.aroundFetch(globalThis.fetch, config.graphBaseUrl);
  const store = points.aroundStore(
    await openStorePatiently({ ...config, migrationsFolder: process.env.PROOF_MIGRATIONS }),
  );
  const leaseSeconds = Number(process.env.PROOF_LEASE_SECONDS ?? 60);
  const bot = await startBot(config, { store, leaseSeconds });
  lib('wiring/stopping').stopOnSignals('bot', () => bot.stop());
  listen(bot, store);
  process.send?.({ ready: true });
}

const { statfsSync } = fs;

function listen(bot, store) {
  const answers = {
    plan: ({ planId }) => lib('store/records').readRecord(store.db, planId),
    newest: async () => (await lib('store/plan-lists').listPlanIds(store.db, { limit: 1 }))[0] ?? null,
    broken: async () => {
      const { findBrokenLink, listAudit } = lib('store/audit');
      const records = await listAudit(store.db, { limit: 1_000_000 });
      return { broken: findBrokenLink(records), records: records.length };
    },
    events: async ({ planId }) => {
      const records = await lib('store/audit').listAudit(store.db, { planId, limit: 10_000 });
      return records.map(({ record }) => JSON.parse(record));
    },
    outcomes: ({ planId }) => {
      const { presses } = lib('store/schema');
      const { personObjectId, outcome, receivedAt } = presses;
      const { eq } = require('drizzle-orm');
      const rows = store.db.select({ personObjectId, outcome }).from(presses);
      return rows.where(eq(presses.planId, planId)).orderBy(receivedAt);
    },
    arm: ({ point, signal }) => points.arm(point, signal),
    trace: ({ isOn }) => {
      isTracing = isOn;
    },
    disk: ({ isFull }) => {
      fs.statfsSync = isFull ? () => ({ bavail: 0, bsize: 4096 }) : statfsSync;
    },
    throw: () => void setImmediate(() => void explode()),
    reject: () => void setImmediate(() => void Promise.reject(new Error('nobody waits for this'))),
    stop: async () => {
      await bot.stop();
      setImmediate(() => process.exit(0));
    },
  };
  process.on('message', async ({ id, ask, ...rest }) => {
    const answer = await Promise.resolve(answers[ask](rest)).catch((error) => ({ error: String(error) }));
    process.send?.({ id, answer: answer ?? null });
  });
  process.on('disconnect', () => process.exit(1));
}

function explode() {
  throw new Error('nobody catches this');
}

main().catch((error) => {
  process.stderr.write(`${error?.stack ?? error}\n`);
  process.exit(1);
});
