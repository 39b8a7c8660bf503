import { parseArgs } from 'node:util';
import { BotError } from '../errors';

export const localParts = ['simulator', 'bot', 'chat'] as const;
export type LocalPart = (typeof localParts)[number];

export interface LocalArguments {
  /** One part alone, in this process; null for all three. */
  readonly only: LocalPart | null;
  /** Start over: forget all state in DATA_DIR. */
  readonly reset: boolean;
}

const usage = 'Use: npm run local [-- --reset] [-- --only simulator|bot|chat]';

/** @throws BotError `bad-input` for anything else than `--reset` and `--only <part>` */
export function readLocalArguments(args: readonly string[]): LocalArguments {
  const values = parsed(args);
  const only = localParts.find((part) => part === values.only) ?? null;
  if (values.only !== undefined && only === null) throw refused(`there is no part "${values.only}"`);
  if (only !== null && values.reset)
    throw refused('--reset starts all parts over, so it goes without --only');
  return { only, reset: values.reset ?? false };
}

function parsed(args: readonly string[]): { only?: string; reset?: boolean } {
  const options = { only: { type: 'string' }, reset: { type: 'boolean' } } as const;
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (cause) {
    throw refused('reading the arguments', cause);
  }
}

function refused(doing: string, cause?: unknown): BotError {
  return new BotError('bad-input', doing, usage, { cause });
}
