/**
 * `npm run bench`: what the bot costs and how fast it answers, against the simulator with a slow Graph.
 * Prints one line a figure. Machines are shared: compare figures of one run only.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const graphLatencyMs = Number(process.env.BENCH_LATENCY_MS ?? 2000);
const rounds = Number(process.env.BENCH_ROUNDS ?? 60);
const idleSeconds = Number(process.env.BENCH_IDLE_SECONDS ?? 60);
const ports = { simulator: 43979, bot: 43978, connector: 43980 };
const botUrl = `http://127.0.0.1:${ports.bot}`;
const simulatorUrl = `http://127.0.0.1:${ports.simulator}`;
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function start(part, dataDir, env) {
  return spawn(process.execPath, [join(root, 'lib/local.js'), '--only', part], {
    cwd: root,
    env: {
      ...process.env,
      LOG_LEVEL: 'error',
      DATA_DIR: dataDir,
      PORT: String(ports.bot),
      SIMULATOR_PORT: String(ports.simulator),
      GRAPH_BASE_URL: simulatorUrl,
      ...env,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

async function untilOk(url) {
  for (let tries = 0; tries < 600; tries += 1) {
    const ok = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    await sleep(100);
  }
  throw new Error(`${url} did not answer`);
}

/** A Bot Connector that takes every card and counts them. */
function connector(cards) {
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    cards.push({ at: performance.now(), method: request.method, text });
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"1"}');
  });
  return new Promise((resolve) => server.listen(ports.connector, '127.0.0.1', () => resolve(server)));
}

function activity(person, more) {
  return {
    channelId: 'msteams',
    id: crypto.randomUUID(),
    timestamp: new Date().toISOString(),
    serviceUrl: `http://127.0.0.1:${ports.connector}`,
    from: { id: `29:${person.aadObjectId}`, name: person.displayName, aadObjectId: person.aadObjectId },
    recipient: { id: '28:sync-steward', name: 'Sync Steward' },
    conversation: {
      id: `a:${person.aadObjectId}`,
      conversationType: 'personal',
      tenantId: person.tenantId,
    },
    channelData: { tenant: { id: person.tenantId } },
    ...more,
  };
}

async function post(body) {
  const began = performance.now();
  const response = await fetch(`${botUrl}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  await response.arrayBuffer();
  return { status: response.status, ms: performance.now() - began };
}

const percentile = (values, share) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];

function memoryMegabytes(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
}

/** CPU seconds of the process so far (Linux clock ticks are 1/100 s). */
function cpuSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

async function measure(bot, cards) {
  const world = await (await fetch(`${simulatorUrl}/_control/world`)).json();
  const [source, target] = world.tenants;
  const json = { 'content-type': 'application/json' };
  for (const tenant of [source, target]) {
    await fetch(`${simulatorUrl}/_control/consent`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ tenant: tenant.key, permissions: 'all' }),
    });
  }
  const people = world.people.filter(({ userType, roles }) => userType === 'Member' && roles.length);
  const link = `${source.key}>${target.key}`;
  const commands = [
    'help',
    'whoami',
    'tenants',
    `check ${link}`,
    `policy ${link}`,
    `status ${link}`,
    'nonsense',
    'pending',
  ];
  const times = [];
  let failures = 0;
  for (let round = 0; round < rounds; round += 1) {
    const person = people[round % people.length];
    const answers = await Promise.all(
      commands.map((text) => post(activity(person, { type: 'message', text, textFormat: 'plain' }))),
    );
    for (const { status, ms } of answers) {
      times.push(ms);
      if (status >= 500) failures += 1;
    }
  }
  console.log(
    `answer to an activity, Graph latency ${graphLatencyMs} ms: p50 ${percentile(times, 0.5).toFixed(0)} ms, ` +
      `p99 ${percentile(times, 0.99).toFixed(0)} ms, max ${Math.max(...times).toFixed(0)} ms ` +
      `(${times.length} activities, ${failures} answers of 5xx, ${cards.length} cards)`,
  );
  await sleep(15_000);
  const began = cpuSeconds(bot.pid);
  await sleep(idleSeconds * 1000);
  const share = ((cpuSeconds(bot.pid) - began) / idleSeconds) * 100;
  console.log(`idle over ${idleSeconds} s: ${share.toFixed(1)} % of a core`);
  console.log(`resident memory of the bot: ${memoryMegabytes(bot.pid).toFixed(0)} MB`);
}

const dataDir = mkdtempSync(join(tmpdir(), 'sync-steward-bench-'));
const children = [];
const cards = [];
const server = await connector(cards);
try {
  children.push(start('simulator', dataDir, { SIMULATOR_LATENCY_MS: String(graphLatencyMs) }));
  await untilOk(`${simulatorUrl}/_control/world`);
  // The first start makes the database; the figures are those of the second.
  const first = start('bot', dataDir, {});
  await untilOk(`${botUrl}/readyz`);
  first.kill('SIGTERM');
  await new Promise((resolve) => first.once('exit', resolve));
  const began = performance.now();
  const bot = start('bot', dataDir, {});
  children.push(bot);
  await untilOk(`${botUrl}/readyz`);
  console.log(`bot ready after ${((performance.now() - began) / 1000).toFixed(1)} s`);
  await measure(bot, cards);
} finally {
  for (const child of children) child.kill('SIGTERM');
  server.closeAllConnections();
  server.close();
  await sleep(1500);
  rmSync(dataDir, { recursive: true, force: true });
}
