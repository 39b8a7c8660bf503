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
 * Compares an approved change of a step with the changes that the step still finds. With `isOursToMake`, a field
 * that was "absent" when it was approved may have any value now, if the plan itself makes the object that carries it.
 */
export function standingOf(
  approved: Change,
  ofStep: readonly Change[],
  remaining: readonly Change[],
  isOursToMake: boolean,
): Standing {
  const found = findSame(approved, remaining);
  if (!found) return unapproved(ofStep, remaining).length === 0 ? 'gone' : 'different';
  return isSameChange(approved, found, isOursToMake && refersToOwnObject(approved)) ? 'same' : 'different';
}

/** The remaining change that does the same operation on the same object, whatever it would do. */
export function findSame(approved: Change, remaining: readonly Change[]): Change | undefined {
  return remaining.find((one) => identityOf(one) === identityOf(approved));
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

function isSameChange(approved: Change, found: Change, isLenient: boolean): boolean {
  if (textOf(approved.parameters) !== textOf(found.parameters)) return false;
  if (approved.fields.length !== found.fields.length) return false;
  return approved.fields.every((field) => {
    const other = found.fields.find((one) => one.field === field.field);
    return other !== undefined && isSameField(field, other, isLenient);
  });
}

function isSameField(approved: FieldChange, found: FieldChange, isLenient: boolean): boolean {
  if (textOf(approved.after) !== textOf(found.after)) return false;
  const isOurs = isLenient && approved.before === 'absent';
  return isOurs || textOf(approved.before) === textOf(found.before);
}

/** Symbolic references stand for objects that the plan makes (types, Change). */
function refersToOwnObject({ parameters }: Change): boolean {
  return Object.values(parameters).some((value) => typeof value === 'string' && value.startsWith('$'));
}

function textOf(value: unknown): string {
  return canonicalJson(value as JsonValue);
}
