import { join } from 'node:path';
import type { LocalPart } from './local-arguments';
import type { LocalSettings } from '../settings/load-local-settings';

export interface RunningPart {
  /** Where people or programs reach it. */
  readonly url: string;
  stop(): Promise<void>;
}

async function startSimulatorPart(settings: LocalSettings): Promise<RunningPart> {
  const { createSimulator } = await import('../simulator/simulator.js');
  const simulator = await createSimulator({
    port: settings.simulatorPort,
    users: settings.simulatorUsers,
    seed: settings.simulatorSeed,
    speed: settings.simulatorSpeed,
    latencyMs: settings.simulatorLatencyMs,
    stateFile: join(settings.dataDir, 'simulator.json'),
  });
  return { url: simulator.url, stop: () => simulator.close() };
}

async function startChatPart(settings: LocalSettings): Promise<RunningPart> {
  const { startChat } = await import('../local/start-chat.js');
  const { chatPort: port, botPort, simulatorUrl, dataDir } = settings;
  const chat = await startChat({ port, botPort, simulatorUrl, dataDir });
  return { url: chat.url, stop: () => chat.close() };
}

async function startBotPart(settings: LocalSettings): Promise<RunningPart> {
  const [{ startBot }, { loadConfig }, { readSimulatedTenants, registerPacks }] = await Promise.all([
    import('./start-bot.js'),
    import('../config.js'),
    import('./simulated-world.js'),
  ]);
  const worldTenants = await readSimulatedTenants(settings.simulatorUrl);
  const config = loadConfig(process.env, 'local', { worldTenants });
  await registerPacks(config);
  const bot = await startBot(config);
  return { url: `http://127.0.0.1:${bot.port}`, stop: () => bot.stop() };
}

/** Starts one part of local mode in this process; each loads only what it needs. */
export function startLocalPart(part: LocalPart, settings: LocalSettings): Promise<RunningPart> {
  const starters = { simulator: startSimulatorPart, bot: startBotPart, chat: startChatPart };
  return starters[part](settings);
}
