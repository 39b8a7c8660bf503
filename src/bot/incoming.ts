import { z } from 'zod/v4';
import type { Incoming } from '../commands/command';
import type { ConversationReference } from '../store/ports';
import type { TeamsActivity } from './activity';
import { normaliseText } from './normalise-text';
import { pressContent } from './press-content';

/** Why an activity goes no further: nothing behind the edge hears of it (I13, I14). */
export type Refusal = 'tenant' | 'identity' | 'content';

export type Read = { readonly incoming: Incoming } | { readonly refusal: Refusal };

const guid = z.guid();
const maxNameCharacters = 128;

const invokeSchema = z.object({
  action: z.object({
    type: z.literal('Action.Execute'),
    verb: z.string().max(64).nullish(),
    data: z.unknown(),
  }),
  trigger: z.string().max(32).nullish(),
});

/**
 * The tenant that an activity comes from, lower case; null unless both places name the same one and it is on the
 * allow-list (teams A9: a single-tenant registration is no filter).
 */
export function allowedTenantId(activity: TeamsActivity, allowed: ReadonlySet<string>): string | null {
  const conversationTenantId = activity.conversation.tenantId?.toLowerCase();
  const channelTenantId = activity.channelData?.tenant?.id?.toLowerCase();
  if (!conversationTenantId || conversationTenantId !== channelTenantId) return null;
  return allowed.has(conversationTenantId) ? conversationTenantId : null;
}

function kindOf({ conversation }: TeamsActivity): ConversationReference['kind'] {
  if (conversation.conversationType === 'channel') return 'channel';
  if (conversation.conversationType === 'personal') return 'personal';
  return conversation.conversationType === 'groupChat' || conversation.isGroup ? 'groupChat' : 'personal';
}

/** The person who acts; null without an Entra object id: identity is never substituted (I14). */
function personOf({ from }: TeamsActivity, tenantId: string): Incoming['person'] | null {
  if (!guid.safeParse(from.aadObjectId).success) return null;
  const objectId = (from.aadObjectId ?? '').toLowerCase();
  const displayName = (from.name ?? '').slice(0, maxNameCharacters);
  return { tenantId, objectId, displayName, teamsUserId: from.id };
}

/** Where the activity happened, as the bot can answer there; the person only in a personal chat. */
export function conversationOf(activity: TeamsActivity, tenantId: string): ConversationReference {
  const kind = kindOf(activity);
  const timeZone = kind === 'personal' ? zoneOf(activity) : undefined;
  return {
    ...(timeZone ? { timeZone } : {}),
    conversationId: activity.conversation.id,
    kind,
    serviceUrl: activity.serviceUrl,
    tenantId,
    botId: activity.recipient.id,
    person: kind === 'personal' ? personOf(activity, tenantId) : null,
  };
}

/** Only a zone that this program can tell times in. */
function zoneOf({ localTimezone }: TeamsActivity): string | undefined {
  if (!localTimezone) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: localTimezone }).resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function contentOf(activity: TeamsActivity): Incoming['content'] | null {
  if (activity.type === 'invoke') {
    const invoke = invokeSchema.safeParse(activity.value);
    if (!invoke.success) return null;
    const { action, trigger } = invoke.data;
    return pressContent(action.data, action.verb ?? '', trigger === 'automatic');
  }
  const value = activity.value;
  if (typeof value === 'object' && value !== null) {
    const verb = 'verb' in value && typeof value.verb === 'string' ? value.verb : '';
    return pressContent(value, verb, false);
  }
  const text = normaliseText(activity.text ?? '', activity.entities ?? [], activity.recipient.id);
  return { type: 'text', text };
}

/** An activity as the rest of the bot sees it, or why it is refused here. */
export function readIncoming(activity: TeamsActivity, allowed: ReadonlySet<string>): Read {
  const tenantId = allowedTenantId(activity, allowed);
  if (tenantId === null) return { refusal: 'tenant' };
  const person = personOf(activity, tenantId);
  if (person === null) return { refusal: 'identity' };
  const content = contentOf(activity);
  if (content === null) return { refusal: 'content' };
  const isPress = content.type !== 'text';
  return {
    incoming: {
      activityId: activity.id ?? '',
      person,
      conversation: conversationOf(activity, tenantId),
      pressedActivityId: isPress ? (activity.replyToId ?? null) : null,
      content,
    },
  };
}
