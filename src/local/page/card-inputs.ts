import type { Card } from '../protocol';

/** What a person has typed into a drawn card, by the id of the input. */
export type TypedValues = ReadonlyMap<string, string>;

interface DrawnInput {
  readonly id?: string;
  readonly value: unknown;
  readonly defaultValue?: unknown;
}

function asText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Values that differ from what the card came with. */
export function typedValues(inputs: readonly DrawnInput[]): TypedValues {
  const changed = inputs.filter(({ value, defaultValue }) => asText(value) !== asText(defaultValue));
  return new Map(changed.flatMap(({ id, value }) => (id ? [[id, asText(value)] as const] : [])));
}

/** The card with typed values put back in, so that an update does not take away what somebody was writing. */
export function withTypedValues(card: Card, typed: TypedValues): Card {
  if (typed.size === 0) return card;
  const walk = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(walk);
    if (typeof part !== 'object' || part === null) return part;
    const copy = Object.fromEntries(Object.entries(part).map(([name, value]) => [name, walk(value)]));
    const { type, id } = copy;
    if (typeof type === 'string' && type.startsWith('Input.') && typeof id === 'string' && typed.has(id)) {
      const value = typed.get(id) ?? '';
      return { ...copy, value: type === 'Input.Number' ? Number(value) : value };
    }
    return copy;
  };
  return walk(card) as Card;
}
