import { resolve } from 'node:path';
import type { Config } from '../config';
import { checkSettings, readEnvironment, type Environment } from './environment';
import { SettingsFaults } from './faults';

/** What local mode needs beside the bot's own settings. */
export interface LocalSettings {
  readonly logLevel: NonNullable<Config['logLevel']>;
  readonly botPort: number;
  readonly simulatorPort: number;
  readonly chatPort: number;
  readonly dataDir: string;
  /** Users per tenant. */
  readonly simulatorUsers: number;
  readonly simulatorSeed: string;
  /** Simulated seconds per second. */
  readonly simulatorSpeed: number;
  readonly simulatorLatencyMs: number;
  /** Origin of the simulator that bot and chat use. */
  readonly simulatorUrl: string;
}

/** The settings of the simulator, of the chat and of their places. @throws BotError `bad-settings` */
export function loadLocalSettings(env: Environment, folder?: string): LocalSettings {
  const faults = new SettingsFaults();
  const settings = checkSettings(readEnvironment(env, 'local', faults, folder), faults);
  faults.throwIfAny('env/.env.example explains every setting.');
  const simulatorPort = settings.SIMULATOR_PORT ?? 3979;
  return {
    logLevel: settings.LOG_LEVEL ?? 'info',
    botPort: settings.PORT ?? 3978,
    simulatorPort,
    chatPort: settings.CHAT_PORT ?? 3980,
    dataDir: resolve(settings.DATA_DIR ?? '.data'),
    simulatorUsers: settings.SIMULATOR_USERS ?? 500,
    simulatorSeed: settings.SIMULATOR_SEED ?? '1',
    simulatorSpeed: settings.SIMULATOR_SPEED ?? 1,
    simulatorLatencyMs: settings.SIMULATOR_LATENCY_MS ?? 0,
    simulatorUrl: settings.GRAPH_BASE_URL ?? `http://127.0.0.1:${simulatorPort}`,
  };
}
