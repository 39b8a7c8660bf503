import { join } from 'node:path';
import { createChat, type Chat } from './chat';

export interface ChatSettings {
  /** CHAT_PORT */
  readonly port: number;
  /** PORT of the bot, on this machine. */
  readonly botPort: number;
  /** Origin of the simulator. */
  readonly simulatorUrl: string;
  /** DATA_DIR */
  readonly dataDir: string;
}

/** The chat as local mode runs it; conversations are kept in `chat.json` of the data folder. */
export function startChat({ port, botPort, simulatorUrl, dataDir }: ChatSettings): Promise<Chat> {
  return createChat({
    ...{ port, simulatorUrl, stateFile: join(dataDir, 'chat.json') },
    botUrl: `http://127.0.0.1:${botPort}/api/messages`,
  });
}
