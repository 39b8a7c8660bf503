// What the bot costs and how fast it answers. Prints one line a figure; compare figures of one run only.
// Usage: npm run bench ; BENCH_ROUNDS, BENCH_LATENCY_MS, BENCH_IDLE_SECONDS,
// BENCH_USERS and BENCH_AUDIT_RECORDS change how much is measured.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadTypeScript } from './load-typescript.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
await loadTypeScript(join(root, 'test/bench/bench.ts')).bench({
  rounds: Number(process.env.BENCH_ROUNDS ?? 60),
  latencyMs: Number(process.env.BENCH_LATENCY_MS ?? 2000),
  idleSeconds: Number(process.env.BENCH_IDLE_SECONDS ?? 120),
  users: Number(process.env.BENCH_USERS ?? 1_000_000),
  auditRecords: Number(process.env.BENCH_AUDIT_RECORDS ?? 1_000_000),
});
