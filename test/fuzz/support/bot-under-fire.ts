import { createBotIdentity } from '../../../src/bot/bot-identity';
import { createMessenger } from '../../../src/bot/messenger';
import { startBotServer } from '../../../src/bot/server';
import { setLogLevel } from '../../../src/log';
import type { AdaptiveCard } from '../../../src/store/ports';
import { startConversation, type Conversation, type ConversationOptions } from '../../helpers/conversation';
import { startScriptedConnector } from '../../helpers/scripted-connector';

/** The whole bot behind its HTTP edge, with simulated tenants before it and a connector that keeps every card. */
export interface BotUnderFire {
  readonly conversation: Conversation;
  readonly serviceUrl: string;
  readonly url: string;
  post(activity: unknown): Promise<Response>;
  /** Every card that was sent since the last call: in the turn, and by the outbox. */
  takeCards(): readonly AdaptiveCard[];
  close(): Promise<void>;
}

export async function startBotUnderFire(options: ConversationOptions = {}): Promise<BotUnderFire> {
  setLogLevel('silent');
  const conversation = await startConversation(options);
  const connector = await startScriptedConnector();
  const { config, store, steward, chat } = conversation;
  const server = await startBotServer({
    config: { ...config, port: 0, commandsPerMinute: { person: 1_000_000, tenant: 1_000_000 } },
    identity: createBotIdentity({ mode: 'local', bot: null }),
    steward,
    messenger: createMessenger({ mode: 'local', token: async () => null }),
    onConsent: (query) => steward.consentCallback(query),
    isReady: () => store.isReady(),
  });
  const url = `http://127.0.0.1:${server.port}`;
  let [taken, takenOfChat] = [0, 0];
  return {
    conversation,
    url,
    serviceUrl: connector.serviceUrl,
    post: (activity) =>
      fetch(`${url}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(activity),
      }),
    takeCards() {
      const sent = connector.requests.slice(taken).flatMap(({ body }) => body.attachments ?? []);
      const posted = chat.messages.slice(takenOfChat);
      [taken, takenOfChat] = [connector.requests.length, chat.messages.length];
      return [...sent.map(({ content }) => content as AdaptiveCard), ...posted.map(({ card }) => card)];
    },
    async close() {
      await server.close();
      await connector.close();
      await conversation.close();
      setLogLevel('info');
    },
  };
}
