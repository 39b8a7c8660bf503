import type { Message, PersonId } from './protocol';
import { stableId, type World, type WorldPerson, type WorldTenant } from './world';

export const botName = 'Sync Steward';
export const botId = '28:sync-steward';
const channelName = 'Cross-tenant sync';

/** A personal chat with the bot, or a tenant's shared channel; threads of a channel are messages with a `rootId`. */
export interface Conversation {
  readonly id: string;
  readonly kind: 'personal' | 'channel';
  readonly tenantKey: string;
  readonly tenantId: string;
  readonly name: string;
  /** Only of a channel. */
  readonly team: { readonly id: string; readonly name: string } | null;
  memberIds: readonly PersonId[];
  /** Oldest first. */
  messages: readonly Message[];
  readonly reads: Record<PersonId, string>;
}

function personalChat(person: WorldPerson): Conversation {
  return {
    id: `a:1${stableId('personal', person.tenantId, person.aadObjectId)}`,
    kind: 'personal',
    tenantKey: person.tenantKey,
    tenantId: person.tenantId,
    name: botName,
    team: null,
    memberIds: [person.id],
    messages: [],
    reads: {},
  };
}

function channel(tenant: WorldTenant, memberIds: readonly PersonId[]): Conversation {
  return {
    id: `19:${stableId('channel', tenant.tenantId)}@thread.tacv2`,
    kind: 'channel',
    tenantKey: tenant.key,
    tenantId: tenant.tenantId,
    name: channelName,
    team: {
      id: `19:${stableId('team', tenant.tenantId)}@thread.tacv2`,
      name: `${tenant.displayName} identity`,
    },
    memberIds,
    messages: [],
    reads: {},
  };
}

/** The conversations that there should be: one chat per person, one channel per tenant where somebody is. */
export function conversationsOf(world: World): readonly Conversation[] {
  const channels = world.tenants.flatMap((tenant) => {
    const members = world.people.filter((person) => person.tenantId === tenant.tenantId);
    return members.length > 0
      ? [
          channel(
            tenant,
            members.map(({ id }) => id),
          ),
        ]
      : [];
  });
  return [...world.people.map(personalChat), ...channels];
}

/** `19:…;messageid=…` is a thread of a channel. */
export function threadOf(address: string): {
  readonly conversationId: string;
  readonly rootId: string | null;
} {
  const [conversationId = address, rootId] = address.split(';messageid=');
  return { conversationId, rootId: rootId ?? null };
}

/** The id under which the bot knows a conversation or one thread of a channel. */
export function addressOf(conversation: Conversation, rootId: string | null): string {
  return conversation.kind === 'channel' && rootId
    ? `${conversation.id};messageid=${rootId}`
    : conversation.id;
}

const keptMessages = 200;
const keptCharacters = 4_000_000;

/** Forgets the oldest messages beyond 200 or 4 million characters, and replies whose post is gone. */
export function pruned(messages: readonly Message[]): readonly Message[] {
  let characters = 0;
  const kept = messages.slice(-keptMessages);
  let first = kept.length;
  for (; first > 0; first -= 1) {
    characters += JSON.stringify(kept[first - 1]).length;
    if (characters > keptCharacters && first < kept.length) break;
  }
  const left = kept.slice(first);
  const ids = new Set(left.map(({ id }) => id));
  return left.filter(({ rootId }) => rootId === null || ids.has(rootId));
}
