import { createBotIdentity, type BotIdentity } from '../bot/bot-identity';
import { createMessenger } from '../bot/messenger';
import { startBotServer, type BotServer } from '../bot/server';
import { renderNotice } from '../cards/render-notice';
import { renderPlanCard } from '../cards/render-plan-card';
import { announceInterrupted } from '../commands/running-reads';
import { createSteward } from '../commands/steward';
import type { Config } from '../config';
import { createGraph, type Graph } from '../graph/create-graph';
import { createSteering, type Steering } from '../jobs/steering';
import { log } from '../log';
import { stepsOf } from '../steps';
import { liftFreezeSteps } from '../steps/lift-freeze';
import { undoStepsWith } from '../steps/undo/undo-steps';
import type { Store } from '../store/db';
import { createSealer } from '../store/seal';
import { graphDirectory } from './graph-directory';
import { imageKeys } from './image-keys';
import { openStorePatiently } from './open-store-patiently';

export interface RunningBot {
  readonly port: number;
  /** Not ready and beginning nothing at once; lets turns and the change under way finish; closes the database last. */
  stop(): Promise<void>;
}

/** What stands in for what the settings give: proofs watch the process at these. */
export interface BotParts {
  /** Opened already; closed with the bot. */
  readonly store?: Store;
  /** See `SteeringParts`. */
  readonly leaseSeconds?: number;
}

/** The same bot in production and in local mode: settings in, everything wired, listening. @throws BotError */
export async function startBot(config: Config, parts: BotParts = {}): Promise<RunningBot> {
  const identity = createBotIdentity(config);
  const graph = createGraph(config);
  const store = parts.store ?? (await openStorePatiently(config));
  const { leaseSeconds } = parts;
  try {
    return await startOn(config, { identity, graph, store, leaseSeconds });
  } catch (error) {
    await store.close();
    throw error;
  }
}

interface Ground {
  readonly identity: BotIdentity;
  readonly graph: Graph;
  readonly store: Store;
  readonly leaseSeconds: number | undefined;
}

async function startOn(
  config: Config,
  { identity, graph, store, leaseSeconds }: Ground,
): Promise<RunningBot> {
  const messenger = createMessenger({ mode: config.mode, token: () => identity.token() });
  const { tenants } = config;
  const directory = graphDirectory(graph);
  const steering = await createSteering({
    ...{ store, tenants, graph, directory, messenger, renderPlanCard, renderNotice },
    steps: stepsOf,
    liftFreezeSteps,
    undoStepsWith,
    ...sealerOf(config),
    replicationMilliseconds: config.replicationSeconds * 1000,
    watchSeconds: config.watchSeconds,
    ...(leaseSeconds === undefined ? {} : { leaseSeconds }),
  });
  const steward = createSteward({ config, graph, store, steering, messenger });
  await steering.start();
  await identity.prepare();
  const server = await startBotServer({
    ...{ config, identity, steward, messenger },
    onConsent: (query) => steward.consentCallback(query),
    exports: { show: (query) => steward.showExport(query), take: (query) => steward.takeExport(query) },
    isReady: async () => identity.isReady() && (await store.isReady()),
  });
  const interrupted = await announceInterrupted(store, messenger);
  if (interrupted > 0) log.info('reads were interrupted by the last stop', { count: interrupted });
  return { port: server.port, stop: () => stopInOrder(server, steering, store) };
}

async function stopInOrder(server: BotServer, steering: Steering, store: Store): Promise<void> {
  try {
    await Promise.all([server.close(), steering.settle()]); // turns under way still need decisions and cards
    await steering.stop();
  } finally {
    await store.close();
  }
}

/** In production the settings ask for keys where phones can be changed; elsewhere none is needed. */
function sealerOf(config: Config) {
  const keys = imageKeys(config);
  return keys.length > 0 ? { sealer: createSealer(keys) } : {};
}
