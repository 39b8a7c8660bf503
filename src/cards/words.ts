import type { JsonValue, Link } from '../plan/types';
import type { Button } from './buttons';
import { commandButton } from './buttons';
import { isGuid, joined, type Leaf, name, plain, text, type Text } from './text';

/** A change of one tenant alone has that tenant at both ends. */
export function isOneTenant({ source, target }: Link): boolean {
  return source.tenantId === target.tenantId;
}

/** "Alpha → Beta"; "Alpha" when it is about that tenant alone. */
export function linkTitle(link: Link): Text {
  if (isOneTenant(link)) return text`${link.source.displayName}`;
  return text`${link.source.displayName} → ${link.target.displayName}`;
}

/** As it is typed: the source's key, `>`, the target's key. */
export function linkName(link: Link): string {
  return `${link.source.key}>${link.target.key}`;
}

/** "1 change", "9 changes". */
export function counted(count: number, one: string, many = `${one}s`): Text {
  return text`${count} ${name(count === 1 ? one : many)}`;
}

/** "Jo, Kim and 3 more" or "Jo and Kim". */
export function listed(names: readonly Leaf[], limit = 5, last: 'and' | 'or' = 'and'): Text {
  if (names.length === 0) return text`nobody`;
  if (names.length > limit) {
    return text`${joined(names.slice(0, limit), ', ')} and ${names.length - limit} more`;
  }
  const [final = ''] = names.slice(-1);
  return names.length === 1 ? text`${final}` : text`${joined(names.slice(0, -1), ', ')} ${last} ${final}`;
}

/** "and 14 more changes"; empty when nothing was left out. */
export function andMore(left: number, one: string, many = `${one}s`): Leaf {
  return left > 0 ? text`and ${left} more ${name(left === 1 ? one : many)}` : '';
}

/** A value of Graph for people: "absent" means that nothing is there yet; a tenant by its name, other ids short. */
export function shownValue(value: JsonValue, link: Link): Leaf {
  const tenant = [link.source, link.target].find(({ tenantId }) => tenantId === value);
  if (tenant) return tenant.displayName;
  if (value === 'absent' || value === '' || value === null) return text`not set`;
  if (typeof value === 'string') return shortId(value);
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  return JSON.stringify(value);
}

/** The first 8 characters of a GUID; anything else as it is. */
export function shortId(value: string): Leaf {
  return isGuid(value) ? text`${value.slice(0, 8)}…` : value;
}

/** A command to offer: the command is the title, so that people learn it, unless it is too long to read. */
export type Suggestion = string | { readonly title: string; readonly command: string };

/** Buttons that type a command. */
export function suggestionButtons(suggestions: readonly Suggestion[]): Button[] {
  return suggestions
    .slice(0, SUGGESTION_LIMIT)
    .map((one) =>
      typeof one === 'string' ? commandButton(title(one), one) : commandButton(title(one.title), one.command),
    );
}

export function title(words: Leaf): string {
  return plain(words).plain;
}

const SUGGESTION_LIMIT = 5;
