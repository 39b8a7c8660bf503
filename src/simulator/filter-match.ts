import type { Filter, Literal } from './filter';
import { badRequest, Refusal } from './refusal';
import type { QueryRules } from './route';

/** Refuses (400) what the rules do not name; `advanced` = ConsistencyLevel eventual and $count=true. */
export function checkFilter(filter: Filter, rules: QueryRules, advanced: boolean): void {
  if (filter.kind === 'and' || filter.kind === 'or') {
    checkFilter(filter.left, rules, advanced);
    checkFilter(filter.right, rules, advanced);
  } else if (filter.kind === 'not') {
    if (!advanced) throw unsupported('not');
    checkFilter(filter.inner, rules, advanced);
  } else if (filter.kind === 'any') {
    checkFilter(filter.inner, rules, advanced);
  } else {
    const allowed = rules.filter?.[filter.property];
    if (!allowed) throw badRequest(`Invalid filter clause: property '${filter.property}' cannot be used.`);
    if (allowed.includes(filter.operator)) return;
    if (!allowed.includes(`${filter.operator}!`) || !advanced) throw unsupported(filter.operator);
  }
}

export const unsupported = (what: string) =>
  new Refusal(
    400,
    'Request_UnsupportedQuery',
    `Unsupported Query: '${what}' needs the header ConsistencyLevel: eventual and $count=true, or is not supported.`,
  );

/** Whether the object as Graph shows it fits. Text is compared without case unless `caseSensitive`. */
export function matches(filter: Filter, object: unknown, caseSensitive = false): boolean {
  if (filter.kind === 'and') {
    return matches(filter.left, object, caseSensitive) && matches(filter.right, object, caseSensitive);
  }
  if (filter.kind === 'or') {
    return matches(filter.left, object, caseSensitive) || matches(filter.right, object, caseSensitive);
  }
  if (filter.kind === 'not') return !matches(filter.inner, object, caseSensitive);
  if (filter.kind === 'any') {
    const list = valueAt(object, filter.property);
    if (!Array.isArray(list)) return false;
    return list.some((item) => matches(filter.inner, { [filter.property]: { any: item } }, caseSensitive));
  }
  const raw = valueAt(object, filter.property);
  const value = filter.lower && typeof raw === 'string' ? raw.toLowerCase() : raw;
  return testValue(value, filter.operator, filter.values, caseSensitive);
}

function testValue(
  value: unknown,
  operator: string,
  values: readonly Literal[],
  caseSensitive: boolean,
): boolean {
  const fold = (text: string) => (caseSensitive ? text : text.toLowerCase());
  const equal = (wanted: Literal) =>
    typeof value === 'string' && typeof wanted === 'string'
      ? fold(value) === fold(wanted)
      : (value ?? null) === wanted;
  const [first = null] = values;
  if (operator === 'eq') return equal(first);
  if (operator === 'ne') return !equal(first);
  if (operator === 'in') return values.some(equal);
  if (typeof value !== 'string' || typeof first !== 'string') {
    return typeof value === 'number' && typeof first === 'number' && ordered(value - first, operator);
  }
  if (operator === 'startswith') return fold(value).startsWith(fold(first));
  if (operator === 'endswith') return fold(value).endsWith(fold(first));
  if (operator === 'contains') return fold(value).includes(fold(first));
  const [left, right] = [Date.parse(value), Date.parse(first)];
  if (!Number.isNaN(left) && !Number.isNaN(right)) return ordered(left - right, operator);
  return ordered(value < first ? -1 : value > first ? 1 : 0, operator);
}

function ordered(difference: number, operator: string): boolean {
  if (operator === 'gt') return difference > 0;
  if (operator === 'ge') return difference >= 0;
  if (operator === 'lt') return difference < 0;
  return operator === 'le' && difference <= 0;
}

/** The value at a path such as `statusInfo/status`. */
export function valueAt(object: unknown, path: string): unknown {
  let value: unknown = object;
  for (const name of path.split('/')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

/** The texts that `property` must equal for the filter to hold (`eq`, `in`), or null when it is not so bound. */
export function boundTo(filter: Filter | null, property: string): readonly string[] | null {
  if (!filter) return null;
  if (filter.kind === 'and') return boundTo(filter.left, property) ?? boundTo(filter.right, property);
  if (filter.kind === 'or') {
    const [left, right] = [boundTo(filter.left, property), boundTo(filter.right, property)];
    return left && right ? [...left, ...right] : null;
  }
  if (filter.kind === 'any') return boundTo(filter.inner, property);
  if (filter.kind === 'not' || filter.property !== property) return null;
  if (filter.operator !== 'eq' && filter.operator !== 'in') return null;
  return filter.values.every((value) => typeof value === 'string') ? (filter.values as string[]) : null;
}
