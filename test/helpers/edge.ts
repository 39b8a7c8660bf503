import { createBotIdentity, type BotIdentityParts } from '../../src/bot/bot-identity';
import type { ConsentPage } from '../../src/bot/consent-page';
import { createMessenger } from '../../src/bot/messenger';
import { startBotServer } from '../../src/bot/server';
import type { Answer, Incoming, Steward } from '../../src/commands/command';
import type { Config } from '../../src/config';
import type { AdaptiveCard } from '../../src/store/ports';
import { startScriptedConnector, type ScriptedConnector } from './scripted-connector';

export const homeTenantId = '11111111-1111-4111-8111-111111111111';
export const foreignTenantId = '99999999-9999-4999-8999-999999999999';
export const personId = '22222222-2222-4222-8222-222222222222';
export const botAppId = '33333333-3333-4333-8333-333333333333';

export function cardSaying(text: string): AdaptiveCard {
  return { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text }] };
}

export interface EdgeOptions {
  readonly answer?: (incoming: Incoming) => Promise<Answer>;
  readonly mode?: Config['mode'];
  readonly isReady?: () => Promise<boolean>;
  readonly isLive?: () => boolean;
  readonly onConsent?: (query: Readonly<Record<string, string>>) => Promise<ConsentPage>;
  readonly answerWithinMs?: number;
  readonly commandsPerMinute?: Config['commandsPerMinute'];
  /** Production: where the signing keys come from. */
  readonly identity?: BotIdentityParts;
}

export interface Edge {
  readonly url: string;
  readonly connector: ScriptedConnector;
  /** What reached the Steward. */
  readonly incoming: readonly Incoming[];
  post(activity: unknown, headers?: Record<string, string>): Promise<Response>;
  close(): Promise<void>;
}

/** The real HTTP edge on a free port, a connector beside it and the smallest Steward behind it. */
export async function startEdge(options: EdgeOptions = {}): Promise<Edge> {
  const connector = await startScriptedConnector();
  const incoming: Incoming[] = [];
  const steward: Steward = {
    answer: async (heard) => {
      incoming.push(heard);
      return options.answer ? options.answer(heard) : { card: cardSaying('echo') };
    },
    installed: async () => cardSaying('welcome'),
  };
  const mode = options.mode ?? 'local';
  const bot: Config['bot'] =
    mode === 'local'
      ? null
      : {
          appId: botAppId,
          tenantId: homeTenantId,
          type: 'SingleTenant',
          credential: { type: 'secret', secret: 'unused' },
        };
  const tenants = [
    { tenantId: homeTenantId, key: 'home', displayName: 'Home', cloud: 'public' as const, groups: {} },
  ];
  const commandsPerMinute = options.commandsPerMinute ?? { person: 10_000, tenant: 10_000 };
  const config = { mode, bot, port: 0, tenants, commandsPerMinute };
  const identity = createBotIdentity(config, options.identity);
  if (options.identity) await identity.prepare();
  const server = await startBotServer({
    config,
    identity,
    steward,
    messenger: createMessenger({ mode, token: () => identity.token(), timeoutMs: 1_000 }),
    onConsent: options.onConsent ?? (async () => ({ status: 200, title: 'Done', text: 'Go on.' })),
    ...(options.isLive ? { isLive: options.isLive } : {}),
    isReady: options.isReady ?? (async () => identity.isReady()),
    ...(options.answerWithinMs === undefined ? {} : { answerWithinMs: options.answerWithinMs }),
  });
  const url = `http://127.0.0.1:${server.port}`;
  return {
    url,
    connector,
    incoming,
    post: (activity, headers = {}) =>
      fetch(`${url}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof activity === 'string' ? activity : JSON.stringify(activity),
      }),
    async close() {
      await server.close();
      await connector.close();
    },
  };
}

let counter = 0;

/** A message as Teams posts it from a personal chat; `change` overwrites fields. */
export function messageFrom(
  serviceUrl: string,
  change: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    type: 'message',
    id: `activity-${(counter += 1)}`,
    channelId: 'msteams',
    serviceUrl,
    from: { id: '29:person', name: 'Pat Person', aadObjectId: personId },
    recipient: { id: '28:bot', name: 'Bot' },
    conversation: { id: 'a:chat', conversationType: 'personal', tenantId: homeTenantId },
    channelData: { tenant: { id: homeTenantId } },
    text: 'help',
    ...change,
  };
}

export function pressFrom(
  serviceUrl: string,
  verb: string,
  data: unknown,
  change: Record<string, unknown> = {},
): Record<string, unknown> {
  return messageFrom(serviceUrl, {
    type: 'invoke',
    name: 'adaptiveCard/action',
    text: undefined,
    replyToId: 'pressed-card',
    value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
    ...change,
  });
}
