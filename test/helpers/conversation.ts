import { rmSync } from 'node:fs';
import { createSteward, type WorkingSteward } from '../../src/commands/steward';
import type { Incoming } from '../../src/commands/command';
import type { Config, PackName } from '../../src/config';
import { createGraph, type GraphParts } from '../../src/graph/create-graph';
import { permissionNames } from '../../src/graph/permissions';
import { openStore } from '../../src/store/open';
import type { Store } from '../../src/store/db';
import type { AdaptiveCard, ConversationReference } from '../../src/store/ports';
import type { TenantKey } from '../../src/simulator/world';
import { buttonsOf } from './card-reading';
import { ChatMemory } from './chat-memory';
import { readyDataFolder } from './ready-databases';
import {
  startTestSimulator,
  type TestSimulator,
  type TestSimulatorOptions,
  type WorldDescription,
} from './simulator';
import type { Steering } from '../../src/jobs/steering';
import { steeringFor } from './steering';

export interface ConversationOptions {
  /** Users per tenant; few by default, because tests look at people by name. */
  readonly users?: number;
  /** Tenants where every pack is consented; none for bootstrap. Default: con and fab. */
  readonly consented?: readonly TenantKey[];
  readonly latencyMs?: number;
  /** Keys of people of the cast whom the settings of their tenant name for break-glass. */
  readonly breakGlass?: readonly string[];
  readonly patienceMs?: number;
  /** Another wire or another time for the Graph layer. */
  readonly graphParts?: GraphParts;
  /** Sees every exchange with Graph. */
  readonly onExchange?: TestSimulatorOptions['onExchange'];
}

/** Everything but Teams: the real simulator, database, Graph layer, core and Steward, with a chat in memory. */
export interface Conversation {
  readonly simulator: TestSimulator;
  readonly world: WorldDescription;
  readonly store: Store;
  readonly config: Config;
  readonly chat: ChatMemory;
  readonly steward: WorkingSteward;
  readonly steering: Steering;
  /** Types a line and gives the final card. `who` is a key of the cast; `where` the personal chat unless a channel. */
  say(who: string, text: string, where?: 'personal' | 'channel'): Promise<AdaptiveCard>;
  /** Presses the button with this title on a card and gives what it came to. */
  press(
    who: string,
    card: AdaptiveCard,
    title: string,
    inputs?: Readonly<Record<string, string>>,
  ): Promise<AdaptiveCard>;
  /** Any incoming, for odd ones. */
  send(incoming: Incoming): Promise<AdaptiveCard>;
  incoming(who: string, content: Incoming['content'], where?: 'personal' | 'channel'): Incoming;
  /** The newest card in somebody's personal chat that the outbox posted. */
  lastCardOf(who: string): AdaptiveCard | undefined;
  close(): Promise<void>;
}

const clientIds: Readonly<Record<PackName, string>> = {
  read: '5ead0000-0000-4000-8000-000000000001',
  write: '3417e000-0000-4000-8000-000000000002',
  phone: 'f04e0000-0000-4000-8000-000000000003',
};

export async function startConversation(options: ConversationOptions = {}): Promise<Conversation> {
  const simulator = await startTestSimulator({
    users: options.users ?? 60,
    ...(options.latencyMs ? { latencyMs: options.latencyMs } : {}),
    ...(options.onExchange ? { onExchange: options.onExchange } : {}),
  });
  const world = await simulator.control.world();
  const config = configFor(world, simulator.url, options.breakGlass ?? []);
  const packNames = Object.keys(clientIds) as PackName[];
  await simulator.control.applications(
    packNames.map((pack) => ({
      clientId: clientIds[pack],
      displayName: `Sync Steward ${pack}`,
      permissions: [...permissionNames(pack)],
    })),
  );
  for (const tenant of options.consented ?? (['con', 'fab'] as const)) {
    for (const pack of packNames) await simulator.control.consent(tenant, 'all', clientIds[pack]);
  }
  const dataDir = readyDataFolder();
  const store = await openStore({ databaseUrl: null, dataDir });
  const graph = createGraph(config, options.graphParts);
  const chat = new ChatMemory();
  const steering = await steeringFor({ config, store, graph, messenger: chat });
  const steward = createSteward({
    config,
    graph,
    store,
    steering,
    messenger: chat,
    patienceMs: options.patienceMs ?? 30_000,
  });

  let count = 0;
  const conversationOf = (who: string, where: 'personal' | 'channel'): ConversationReference => {
    const person = personOf(world, who);
    return {
      conversationId: where === 'personal' ? `personal-${who}` : `channel-${person.tenantKey}`,
      kind: where,
      serviceUrl: 'http://127.0.0.1:3980/',
      tenantId: person.tenantId,
      botId: '28:steward',
      person: where === 'personal' ? identityOf(world, who) : null,
    };
  };
  const incoming = (
    who: string,
    content: Incoming['content'],
    where: 'personal' | 'channel' = 'personal',
  ) => ({
    activityId: `activity-${(count += 1)}`,
    person: identityOf(world, who),
    conversation: conversationOf(who, where),
    pressedActivityId: null,
    content,
  });
  const send = async (one: Incoming) => {
    const answer = await steward.answer(one);
    if (one.content.type === 'refresh') return answer.card;
    const { conversation, pressedActivityId } = one;
    if (pressedActivityId && !answer.asMessage) {
      await chat.update(conversation, pressedActivityId, answer.card);
      return answer.card;
    }
    const posted = await chat.post(conversation, answer.card);
    if (posted.outcome !== 'sent') throw new Error('the chat in memory always sends');
    await answer.onShown?.(posted.activityId);
    const later = await answer.later;
    if (later) await chat.update(conversation, posted.activityId, later);
    return later ?? answer.card;
  };
  return {
    simulator,
    world,
    store,
    config,
    chat,
    steward,
    steering,
    incoming,
    send,
    say: (who, text, where) => send(incoming(who, { type: 'text', text }, where)),
    press: (who, card, title, inputs = {}) => {
      const one = incoming(who, pressOf(card, title, inputs));
      const pressed = chat.in(one.conversation.conversationId).find((message) => message.card === card);
      return send({ ...one, pressedActivityId: pressed?.activityId ?? null });
    },
    lastCardOf: (who) => chat.in(`personal-${who}`).at(-1)?.card,
    async close() {
      await steering.stop();
      await store.close();
      rmSync(dataDir, { recursive: true, force: true });
      await simulator.close();
    },
  };
}

function personOf(world: WorldDescription, who: string): WorldDescription['people'][number] {
  const found = world.people.find(({ key }) => key === who);
  if (!found) throw new Error(`nobody of the cast is called ${who}`);
  return found;
}

function identityOf(world: WorldDescription, who: string): Incoming['person'] {
  const { tenantId, aadObjectId, displayName, key } = personOf(world, who);
  return { tenantId, objectId: aadObjectId, displayName, teamsUserId: `29:${key}` };
}

function pressOf(
  card: AdaptiveCard,
  title: string,
  inputs: Readonly<Record<string, string>>,
): Incoming['content'] {
  const button = buttonsOf(card).find((one) => one.title === title);
  if (!button) {
    throw new Error(
      `no button “${title}”, only: ${buttonsOf(card)
        .map((one) => one.title)
        .join(', ')}`,
    );
  }
  const { data } = button;
  if (button.verb === 'command') return { type: 'command', command: String(data['command']), inputs };
  return {
    type: 'decision',
    decision: String(data['decision']),
    planId: String(data['planId']),
    revision: Number(data['revision']),
    nonce: String(data['nonce']),
    inputs,
  };
}

function configFor(world: WorldDescription, origin: string, breakGlass: readonly string[]): Config {
  const credential = { type: 'simulator' } as const;
  return {
    mode: 'local',
    port: 0,
    publicUrl: 'http://127.0.0.1:3978',
    dataDir: '',
    databaseUrl: null,
    graphBaseUrl: origin,
    authorityUrl: origin,
    writesEnabled: true,
    replicationSeconds: 60,
    watchSeconds: 300,
    tenants: world.tenants.map(({ tenantId, key, displayName }) => ({
      tenantId,
      key,
      displayName,
      cloud: 'public',
      groups: {},
      breakGlass: world.people
        .filter((one) => one.tenantId === tenantId && breakGlass.includes(one.key))
        .map((one) => one.aadObjectId),
    })),
    packs: {
      read: { clientId: clientIds.read, credential },
      write: { clientId: clientIds.write, credential },
      phone: { clientId: clientIds.phone, credential },
    },
    bot: null,
  };
}
