import { setLogLevel } from './log';
import { loadLocalSettings, type LocalSettings } from './settings/load-local-settings';
import { requireFreePort } from './wiring/free-ports';
import { readLocalArguments, type LocalPart } from './wiring/local-arguments';
import { startLocalFamily } from './wiring/local-family';
import { emptyDataDir, prepareDataDir } from './wiring/local-state';
import { exitCodeOf, startFaultText } from './wiring/start-fault';
import { startLocalPart } from './wiring/start-local-part';
import { stopOnSignals, stopWithParent } from './wiring/stopping';

const say = (line: string) => void process.stdout.write(`${line}\n`);

async function runPart(part: LocalPart, settings: LocalSettings): Promise<void> {
  const running = await startLocalPart(part, settings);
  stopOnSignals(part, () => running.stop());
  if (process.send) process.send({ ready: running.url });
  else say(`The ${part} is ready: ${running.url}`);
}

/** A taken port is told before anything is started or forgotten. */
async function checkPorts(settings: LocalSettings): Promise<void> {
  const ports = { simulator: settings.simulatorPort, bot: settings.botPort, chat: settings.chatPort };
  for (const [part, port] of Object.entries(ports)) {
    await requireFreePort(port).catch((error: unknown) => {
      throw new StartFault(part, error);
    });
  }
}

async function runAll(settings: LocalSettings, reset: boolean): Promise<void> {
  await checkPorts(settings);
  if (reset) {
    emptyDataDir(settings.dataDir);
    if (process.env.DATABASE_URL) say('The database of DATABASE_URL was left as it is.');
  }
  prepareDataDir(settings.dataDir);
  const family = startLocalFamily(__filename);
  let isStopping = false;
  const stop = async () => {
    isStopping = true;
    await family.stop();
  };
  stopOnSignals('local', stop);
  stopWithParent();
  family.ready.then(
    (address) => say(`Sync Steward is ready: open ${address} (Ctrl-C ends it)`),
    () => undefined,
  );
  const code = await family.firstEnd;
  if (isStopping) return;
  await stop();
  process.exit(code === 0 ? 1 : code);
}

class StartFault extends Error {
  constructor(
    readonly part: string,
    override readonly cause: unknown,
  ) {
    super(part);
  }
}

async function main(): Promise<void> {
  const { only, reset } = readLocalArguments(process.argv.slice(2));
  const settings = loadLocalSettings(process.env);
  setLogLevel(settings.logLevel);
  if (only === null) return runAll(settings, reset);
  prepareDataDir(settings.dataDir);
  await runPart(only, settings).catch((error: unknown) => {
    throw new StartFault(only, error);
  });
}

main().catch((error: unknown) => {
  const [part, cause] = error instanceof StartFault ? [error.part, error.cause] : ['local mode', error];
  process.stderr.write(`${startFaultText(part, cause)}\n`);
  process.exit(exitCodeOf(cause));
});
