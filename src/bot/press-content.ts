import { z } from 'zod/v4';
import type { Incoming } from '../commands/command';
import { normaliseText } from './normalise-text';
import { isWhole, wholeText } from './whole-text';

type PressContent = Exclude<Incoming['content'], { type: 'text' }>;

const reserved = new Set(['command', 'decision', 'planId', 'revision', 'nonce', 'verb', 'msteams']);
const maxInputCharacters = 4_000;

const planId = z.string().regex(/^[A-Za-z]{1,4}-\d{1,9}$/);
const refreshSchema = z.object({ planId });
const commandSchema = z.object({ command: z.string().min(1).max(2_000) });
const decisionSchema = z.object({
  decision: z.string().regex(/^[a-z-]{1,32}$/),
  planId,
  revision: z.coerce.number().int().min(0).max(1_000_000),
  nonce: z.string().min(1).max(256),
});

const inputsSchema = z
  .record(z.string().max(64), z.unknown())
  .refine((fields) => Object.keys(fields).length <= 60);

/** What the person filled in: string fields that are not the button's own. */
function inputsOf(fields: Readonly<Record<string, unknown>>): Record<string, string> {
  const filled = Object.entries(fields).flatMap(([key, value]) =>
    !reserved.has(key) && isWhole(key) && typeof value === 'string' && value.length <= maxInputCharacters
      ? [[key, wholeText(value)] as const]
      : [],
  );
  return Object.fromEntries(filled);
}

/**
 * What a pressed button means; null when its data is not ours. Only these fields are read: no parameter of an
 * operation ever comes from a card (I4). What Teams asks on its own (`automatic`) can only be a refresh (teams A3).
 */
export function pressContent(value: unknown, verb: string, isAutomatic: boolean): PressContent | null {
  const parsed = inputsSchema.safeParse(value);
  if (!parsed.success) return null;
  if (isAutomatic || verb === 'refresh') {
    const refresh = refreshSchema.safeParse(parsed.data);
    return refresh.success ? { type: 'refresh', planId: refresh.data.planId } : null;
  }
  const inputs = inputsOf(parsed.data);
  const decision = decisionSchema.safeParse(parsed.data);
  if (decision.success) return { type: 'decision', ...decision.data, inputs };
  const command = commandSchema.safeParse(parsed.data);
  if (!command.success || 'decision' in parsed.data) return null;
  return { type: 'command', command: normaliseText(command.data.command, [], ''), inputs };
}
