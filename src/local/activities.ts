import { randomUUID } from 'node:crypto';
import { addressOf, botId, botName, type Conversation } from './conversation';
import type { WorldPerson } from './world';

/** An activity as Teams posts it to a bot. */
export type Activity = Readonly<Record<string, unknown>>;

export interface Place {
  /** The connector of this chat, which the bot answers to. */
  readonly serviceUrl: string;
  readonly conversation: Conversation;
  /** The thread, in a channel. */
  readonly rootId: string | null;
}

function channelData({ conversation: { tenantId, team, id, name } }: Place): Activity {
  if (!team) return { tenant: { id: tenantId } };
  return {
    ...{ tenant: { id: tenantId }, team: { id: team.id, name: team.name }, channel: { id, name } },
    ...{ teamsTeamId: team.id, teamsChannelId: id },
  };
}

function account({ teamsUserId, displayName, aadObjectId }: WorldPerson): Activity {
  return { id: teamsUserId, name: displayName, aadObjectId };
}

function localTimestamp(now: Date): string {
  const minutes = -now.getTimezoneOffset();
  const digits = (value: number) => String(value).padStart(2, '0');
  const offset = `${minutes < 0 ? '-' : '+'}${digits(Math.floor(Math.abs(minutes) / 60))}:${digits(Math.abs(minutes) % 60)}`;
  return new Date(now.getTime() + minutes * 60_000).toISOString().replace('Z', offset);
}

function envelope(place: Place, person: WorldPerson): Activity {
  const now = new Date();
  const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const { conversation } = place;
  return {
    ...{ channelId: 'msteams', serviceUrl: place.serviceUrl, id: `f:${randomUUID()}` },
    ...{ timestamp: now.toISOString(), localTimestamp: localTimestamp(now), localTimezone: timezone },
    from: account(person),
    recipient: { id: botId, name: botName },
    conversation: {
      ...(conversation.kind === 'channel' ? { isGroup: true, name: conversation.name } : {}),
      ...{ id: addressOf(conversation, place.rootId), conversationType: conversation.kind },
      tenantId: conversation.tenantId,
    },
    channelData: channelData(place),
    locale: 'en-US',
    entities: [{ type: 'clientInfo', locale: 'en-US', country: 'US', platform: 'Web', timezone }],
  };
}

/** People and the bot whose `@name` stands in a text, longest names first. */
function mentionsIn(text: string, members: readonly WorldPerson[]): readonly { id: string; name: string }[] {
  const known = [
    { id: botId, name: botName },
    ...members.map(({ teamsUserId, displayName }) => ({ id: teamsUserId, name: displayName })),
  ].sort((one, other) => other.name.length - one.name.length);
  return known.filter(({ name }) => text.toLowerCase().includes(`@${name.toLowerCase()}`));
}

function withTags(text: string, name: string): string {
  const pattern = new RegExp(`@${name.replace(/[^\p{L}\p{N} ]/gu, '\\$&')}`, 'giu');
  return text.replace(pattern, `<at>${name}</at>`);
}

/** Does this text reach the bot in a channel? */
export function mentionsBot(text: string): boolean {
  return mentionsIn(text, []).length > 0;
}

/** What a person wrote. In a channel `@Name` becomes a mention with its entity. */
export function messageActivity(
  place: Place,
  person: WorldPerson,
  message: { readonly id: string; readonly text: string },
  members: readonly WorldPerson[],
): Activity {
  const base = envelope(place, person);
  const mentions = place.conversation.kind === 'channel' ? mentionsIn(message.text, members) : [];
  const text = mentions.reduce((tagged, { name }) => withTags(tagged, name), message.text);
  const entities = mentions.map((mentioned) => ({
    ...{ type: 'mention', mentioned, text: `<at>${mentioned.name}</at>` },
  }));
  return {
    ...base,
    ...{ type: 'message', id: message.id, text, textFormat: 'plain' },
    ...(message.id === place.rootId || !place.rootId ? {} : { replyToId: place.rootId }),
    entities: [...entities, ...(base.entities as unknown[])],
  };
}

/** A pressed Action.Submit: a message without text whose `value` is the button's data. */
export function submitActivity(
  place: Place,
  person: WorldPerson,
  cardId: string,
  value: unknown,
  text?: string,
): Activity {
  const base = { ...envelope(place, person), type: 'message', replyToId: cardId, value };
  return text === undefined ? base : { ...base, text, textFormat: 'plain' };
}

/** A pressed or refreshed Action.Execute. */
export function executeActivity(
  place: Place,
  person: WorldPerson,
  cardId: string,
  action: { readonly id?: string; readonly verb?: string; readonly data: unknown },
  trigger: 'manual' | 'automatic',
): Activity {
  const { id, verb, data } = action;
  return {
    ...envelope(place, person),
    ...{ type: 'invoke', name: 'adaptiveCard/action', replyToId: cardId },
    value: { action: { type: 'Action.Execute', ...(id ? { id } : {}), verb, data }, trigger },
  };
}

/** The bot was installed for this person (or in their team). */
export function installedActivity(place: Place, person: WorldPerson): Activity {
  return { ...envelope(place, person), type: 'installationUpdate', action: 'add' };
}

/** The bot and the first members came into a conversation. */
export function membersAddedActivity(place: Place, person: WorldPerson): Activity {
  const bot = { id: botId, name: botName };
  const base = envelope(place, person);
  const eventType = place.conversation.team ? { eventType: 'teamMemberAdded' } : {};
  return {
    ...base,
    ...{ type: 'conversationUpdate', membersAdded: [bot] },
    channelData: { ...(base.channelData as Activity), ...eventType },
  };
}
