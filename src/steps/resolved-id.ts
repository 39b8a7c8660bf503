import { BotError } from '../errors';
import type { ResolvedIds } from '../plan/types';

/** An id that an earlier step of the plan found or made. @throws BotError `internal` when that step did not run */
export function resolvedId(resolved: ResolvedIds, name: keyof ResolvedIds, doing: string): string {
  const id = resolved[name];
  if (id) return id;
  throw new BotError('internal', `${doing} without ${name}`, 'Run setup again to plan the rest anew.');
}
