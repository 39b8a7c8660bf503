import { z } from 'zod/v4';
import { isWhole, wholeText } from './whole-text';

/** Whole characters only: it becomes part of an address and of a row. */
const id = z.string().min(1).max(512).refine(isWhole);
const maxTextCharacters = 50_000;

const accountSchema = z.object({
  id,
  name: z.string().max(512).transform(wholeText).nullish(),
  aadObjectId: z.string().max(64).nullish(),
});

const entitySchema = z.object({
  type: z.string().max(64),
  text: z.string().max(1_000).nullish(),
  mentioned: z.object({ id: z.string().max(512) }).nullish(),
});

/**
 * What we read of an activity; every other field is dropped before the SDK sees it (`deliveryMode`, for example,
 * would change how it answers). Presence of `from.id`, `recipient.id`, `conversation.id` and `channelId` is what
 * teams-ai needs to load a turn (stack 2, pitfall 3).
 */
export const activitySchema = z.object({
  type: z.string().min(1).max(64),
  id: id.nullish(),
  name: z.string().max(128).nullish(),
  action: z.string().max(64).nullish(),
  channelId: z.string().min(1).max(64),
  serviceUrl: z.url({ protocol: /^https?$/ }).max(512),
  from: accountSchema,
  recipient: accountSchema,
  conversation: z.object({
    id,
    conversationType: z.string().max(64).nullish(),
    isGroup: z.boolean().nullish(),
    tenantId: z.string().max(64).nullish(),
  }),
  channelData: z.object({ tenant: z.object({ id: z.string().max(64).nullish() }).nullish() }).nullish(),
  text: z.string().max(maxTextCharacters).nullish(),
  value: z.unknown(),
  entities: z.array(entitySchema).max(200).nullish(),
  membersAdded: z.array(z.object({ id })).max(1_000).nullish(),
  replyToId: id.nullish(),
  /** IANA name of the person's time zone, as Teams tells it. */
  localTimezone: z.string().max(64).nullish(),
});

export type TeamsActivity = z.infer<typeof activitySchema>;
export type Entity = z.infer<typeof entitySchema>;

const pollutingKeys = new Set(['__proto__', 'constructor', 'prototype']);
const maxDepth = 40;

/** `true` when a key at any depth could reach a prototype (safety C2.5), or the nesting is beyond use. */
export function isHostile(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (depth > maxDepth) return true;
  if (Array.isArray(value)) return value.some((item) => isHostile(item, depth + 1));
  return Object.entries(value).some(([key, item]) => pollutingKeys.has(key) || isHostile(item, depth + 1));
}

/** The activity in a request body; null when it is not one that this bot can answer. */
export function parseActivity(body: unknown): TeamsActivity | null {
  if (isHostile(body)) return null;
  const result = activitySchema.safeParse(body);
  if (!result.success) return null;
  const needsId = result.data.type === 'message' || result.data.type === 'invoke';
  return needsId && !result.data.id ? null : result.data;
}
