import { loadConfig } from './config';
import { setLogLevel } from './log';
import { startBot } from './wiring/start-bot';
import { exitCodeOf, startFaultText } from './wiring/start-fault';
import { stopOnSignals } from './wiring/stopping';

/** Production: complete settings or nothing; never local mode in their place. */
async function main(): Promise<void> {
  const config = loadConfig(process.env, 'production');
  setLogLevel(config.logLevel ?? 'info');
  const bot = await startBot(config);
  stopOnSignals('bot', () => bot.stop());
}

main().catch((error: unknown) => {
  process.stderr.write(`${startFaultText('bot', error)}\n`);
  process.exit(exitCodeOf(error));
});
