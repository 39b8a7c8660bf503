import type { MappedExample } from '../plan/types';
import { graphNameOf } from './attribute-names';
import { attributesIn, evaluate, readExpression, type Value } from './expression';
import type { Member } from './members';
import { namedUser } from './scope';

/** Graph's names of the source attributes that the expressions look at. */
export function graphNamesOf(expressions: readonly (string | null | undefined)[]): readonly string[] {
  return expressions.flatMap((text) => {
    const read = text ? readExpression(text) : null;
    return read ? attributesIn(read).flatMap((name) => graphNameOf(name) ?? []) : [];
  });
}

/** What two mappings make of one user; no mapping gives an empty text. */
export function exampleOf(user: Member, before: string | null, after: string | null): MappedExample {
  return { ...namedUser(user), before: mappedValue(user, before), after: mappedValue(user, after) };
}

/** `null` where it cannot be worked out here. */
function mappedValue(user: Member, expression: string | null): string | null {
  if (expression === null) return '';
  const read = readExpression(expression);
  const value = read ? evaluate(read, (attribute) => valueOf(user, attribute)) : undefined;
  if (value === undefined) return null;
  return value === null ? '' : String(value);
}

function valueOf({ values }: Member, attribute: string): Value | undefined {
  const name = graphNameOf(attribute);
  if (name === null) return undefined;
  const found = values[name];
  const first: unknown = Array.isArray(found) ? found[0] : found;
  if (typeof first === 'string' || typeof first === 'boolean') return first;
  return first === null || first === undefined ? null : String(first as number);
}
