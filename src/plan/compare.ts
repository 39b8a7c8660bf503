import { canonicalJson } from '../store/canonical-json';
import type { Change, FieldChange, JsonValue } from './types';

/** How one approved change stands against what a fresh look at its step still finds to do. */
export type Standing =
  /** Nothing to do any more: it took effect. */
  | 'gone'
  /** Still to do, exactly as approved. */
  | 'same'
  /** Still to do, but from another starting point or to another end; or something nobody approved is to do. */
  | 'different';

/**
 * Compares an approved change of a step with the changes that the step still finds. With `hasOwnWrites`, a field
 * that was "absent" when it was approved may have any value now: our own writes made the object that carries it.
 */
export function standingOf(
  approved: Change,
  ofStep: readonly Change[],
  remaining: readonly Change[],
  hasOwnWrites: boolean,
): Standing {
  const found = remaining.find((one) => identityOf(one) === identityOf(approved));
  if (found) return isSameChange(approved, found, hasOwnWrites) ? 'same' : 'different';
  return unapproved(ofStep, remaining).length === 0 ? 'gone' : 'different';
}

/** Remaining changes that nobody approved. */
export function unapproved(approved: readonly Change[], remaining: readonly Change[]): readonly Change[] {
  const known = new Set(approved.map(identityOf));
  return remaining.filter((one) => !known.has(identityOf(one)));
}

/** The same operation on the same object: what is done to it may differ. */
function identityOf(change: Change): string {
  const names = Object.entries(change.parameters).filter(([, value]) => isName(value));
  return textOf({ operation: change.operation, names: Object.fromEntries(names) });
}

/** Ids and references name an object; everything else says what is done to it. */
function isName(value: JsonValue): boolean {
  return value === null || typeof value === 'string';
}

function isSameChange(approved: Change, found: Change, hasOwnWrites: boolean): boolean {
  if (textOf(approved.parameters) !== textOf(found.parameters)) return false;
  if (approved.fields.length !== found.fields.length) return false;
  return approved.fields.every((field) => {
    const other = found.fields.find((one) => one.field === field.field);
    return other !== undefined && isSameField(field, other, hasOwnWrites);
  });
}

function isSameField(approved: FieldChange, found: FieldChange, hasOwnWrites: boolean): boolean {
  if (textOf(approved.after) !== textOf(found.after)) return false;
  const isOurs = hasOwnWrites && approved.before === 'absent';
  return isOurs || textOf(approved.before) === textOf(found.before);
}

function textOf(value: unknown): string {
  return canonicalJson(value as JsonValue);
}
