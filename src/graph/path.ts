import { BotError } from '../errors';

/** A Graph path whose values are encoded: at`/users/${id}`. Ids are opaque text (never trust them as path). */
export function at(parts: TemplateStringsArray, ...values: readonly string[]): string {
  return parts.reduce((path, part, index) => path + encodeSegment(values[index - 1] ?? '') + part);
}

/** A string literal of OData: quotes doubled. Goes into `query`, which is encoded later. */
export function quoted(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** Path of an operation with its `{names}` filled. */
export function fill(template: string, parameters: Readonly<Record<string, string>>): string {
  return template.replace(/\{([^}]+)\}/g, (_, name: string) => {
    const value = parameters[name];
    if (!value) {
      throw new BotError('internal', `preparing ${template} without ${name}`, 'Show this to support.');
    }
    return encodeSegment(value);
  });
}

/** Dots alone would climb to another path once the address is normalised. */
function encodeSegment(value: string): string {
  return /^\.+$/.test(value) ? value.replaceAll('.', '%252E') : encoded(value);
}

/** Percent-encoded; halves of characters, which would make `encodeURIComponent` throw, become U+FFFD. */
export function encoded(value: string): string {
  return encodeURIComponent(Buffer.from(value, 'utf8').toString('utf8'));
}
