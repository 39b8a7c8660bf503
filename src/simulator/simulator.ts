import type { AddressInfo } from 'node:net';
import { simulatedNow } from './clock';
import { Faults } from './faults';
import { newWorld } from './new-world';
import { graphRoutes } from './routes';
import { Router } from './router';
import type { ExchangeRequest, ExchangeResponse, Runtime } from './runtime';
import { simulatorServer } from './server';
import { StateFile } from './state-file';
import { advance } from './sync/engine';
import { Throttle } from './throttle';
import type { World } from './world';

export interface SimulatorOptions {
  /** 0 takes a free port. */
  readonly port?: number;
  /** Users per tenant, default 500. */
  readonly users?: number;
  readonly seed?: string;
  /** Simulated seconds per second, default 1; 0 stands still but for `POST /_control/clock`. */
  readonly speed?: number;
  /** Added to every Graph answer, real ms. */
  readonly latencyMs?: number;
  /** The world is kept here and goes on from here. */
  readonly stateFile?: string;
  /** Simulated start of a new world, epoch ms; now when left out. */
  readonly startMs?: number;
  /** Sees every Graph request and answer, parts of `$batch` too. */
  readonly onExchange?: (request: ExchangeRequest, response: ExchangeResponse) => void;
}

export interface Simulator {
  /** Origin without a slash at its end: `http://127.0.0.1:3979`. */
  readonly url: string;
  /** Stops listening, cuts open connections and saves. */
  close(): Promise<void>;
}

/**
 * Starts the simulated tenants on 127.0.0.1.
 * @throws the listen error (`EADDRINUSE`) when the port is taken.
 */
export async function createSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const runtime = newRuntime(options);
  const server = simulatorServer(runtime);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  runtime.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const timer = setInterval(() => runtime.catchUp(), 1000);
  timer.unref();
  return {
    url: runtime.origin,
    close: () =>
      new Promise<void>((resolve) => {
        clearInterval(timer);
        server.close(() => {
          runtime.saveNow();
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function newRuntime(options: SimulatorOptions): Runtime & { saveNow(): void } {
  const speed = options.speed ?? 1;
  const make = (seed: string): World =>
    newWorld({
      seed,
      users: options.users ?? 500,
      speed,
      ...(options.startMs ? { startMs: options.startMs } : {}),
    });
  const file = options.stateFile ? new StateFile(options.stateFile) : null;
  const saved = file?.load(speed) ?? null;
  const world = saved ?? make(options.seed ?? '1');
  const saveSoon = () => file?.schedule(() => runtime.world);
  const runtime: Runtime & { saveNow(): void } = {
    world,
    faults: new Faults(world.seed),
    throttle: new Throttle(),
    router: new Router(graphRoutes),
    counts: new Map(),
    stale: new Map(),
    origin: '',
    latencyMs: options.latencyMs ?? 0,
    onExchange: options.onExchange ?? null,
    catchUp: () => {
      if (advance(runtime.world, simulatedNow(runtime.world))) saveSoon();
    },
    changed: saveSoon,
    reset: (seed) => {
      runtime.world = { ...make(seed), applications: runtime.world.applications };
      runtime.faults = new Faults(seed);
      runtime.throttle = new Throttle();
      runtime.counts.clear();
      runtime.stale.clear();
      saveSoon();
    },
    saveNow: () => file?.save(runtime.world),
  };
  return runtime;
}
