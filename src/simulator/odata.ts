import { parseFilter, type Filter } from './filter';
import { checkFilter, matches, unsupported, valueAt } from './filter-match';
import { mix, hashText } from './hash';
import { badRequest } from './refusal';
import type { Answer, Call, QueryRules } from './route';

/** Properties of one item as Graph shows it. */
export type Shown = Record<string, unknown>;

export interface Collection<T> {
  /** After `$metadata#`: `users`. */
  readonly context: string;
  readonly items: Iterable<T>;
  readonly show: (item: T) => Shown;
  /** Every property that `$select` may name; any when left out. */
  readonly properties?: readonly string[];
  /** Shown when there is no `$select`; all when left out. */
  readonly defaults?: readonly string[];
  readonly caseSensitive?: boolean;
}

/** The query of a call is an advanced one (facts 7.5). */
export function isAdvanced(call: Pick<Call, 'headers' | 'query'>): boolean {
  return isEventual(call) && call.query.get('$count') === 'true';
}

export function isEventual(call: Pick<Call, 'headers'>): boolean {
  return String(call.headers['consistencylevel'] ?? '').toLowerCase() === 'eventual';
}

/** The parsed and checked `$filter` of a call, null without one. */
export function filterOf(call: Call): Filter | null {
  const text = call.query.get('$filter');
  if (text === undefined) return null;
  const filter = parseFilter(text);
  checkFilter(filter, call.rules, isAdvanced(call));
  return filter;
}

/** Refuses unknown or repeated options and the combinations that need an advanced query. */
export function checkQuery(rules: QueryRules, call: Pick<Call, 'headers' | 'query'>): void {
  for (const option of call.query.keys()) {
    if (!option.startsWith('$')) continue;
    if (!rules.options.includes(option as QueryRules['options'][number])) {
      throw badRequest(`Query option '${option}' is not allowed.`);
    }
  }
  const has = (option: string) => call.query.has(option);
  const needsAdvanced = rules.advancedOnly
    ? has('$filter') || has('$orderby')
    : rules.options.includes('$count') && has('$filter') && has('$orderby');
  if (needsAdvanced && !isAdvanced(call)) throw unsupported('$filter with $orderby');
  if (has('$search') && !isEventual(call)) throw unsupported('$search');
  const count = call.query.get('$count');
  if (count !== undefined && count !== 'true' && count !== 'false')
    throw badRequest("Invalid value for '$count'.");
}

/** Filters, orders, pages and trims a collection as the query asks. */
export function collectionAnswer<T>(call: Call, collection: Collection<T>): Answer {
  const wanted = chosen(call, collection);
  const size = pageSize(call);
  const offset = skipOffset(call);
  const counted = call.query.get('$count') === 'true' && (isEventual(call) || !call.rules.advancedOnly);
  const { rows, more, total } = page(call, collection, offset, size, counted && offset === 0);
  const body: Shown = {
    '@odata.context': `${call.origin}/${call.version}/$metadata#${collection.context}${selectSuffix(call)}`,
  };
  if (total !== null) body['@odata.count'] = total;
  if (more) body['@odata.nextLink'] = nextLink(call, offset + rows.length);
  body['value'] = rows.map((row) => trim(row, wanted));
  return { status: 200, body };
}

/** One object, trimmed to `$select`. */
export function entityAnswer(
  call: Call,
  context: string,
  shown: Shown,
  options: Pick<Collection<never>, 'properties' | 'defaults'> = {},
): Answer {
  const wanted = chosen(call, options);
  const head = {
    '@odata.context': `${call.origin}/${call.version}/$metadata#${context}${selectSuffix(call)}/$entity`,
  };
  return { status: 200, body: { ...head, ...trim(shown, wanted) } };
}

function selectSuffix(call: Call): string {
  const select = call.query.get('$select');
  return select ? `(${select.replaceAll(' ', '')})` : '';
}

function chosen(call: Call, { properties, defaults }: Pick<Collection<never>, 'properties' | 'defaults'>) {
  const select = call.query.get('$select');
  if (select === undefined) return defaults ?? null;
  const names = select.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !name || (properties && !properties.includes(name)));
  if (unknown !== undefined) throw badRequest(`Could not find a property named '${unknown}'.`);
  return names;
}

function trim(shown: Shown, wanted: readonly string[] | null): Shown {
  if (!wanted) return shown;
  const kept = Object.entries(shown).filter(([name]) => wanted.includes(name) || name.startsWith('@'));
  return Object.fromEntries(kept);
}

function pageSize(call: Call): number {
  const { size, max } = call.rules.page ?? { size: 100, max: 999 };
  const top = call.query.get('$top');
  if (top === undefined) return size;
  if (!/^\d+$/.test(top) || Number(top) < 1 || Number(top) > max) {
    throw badRequest(`Invalid page size specified: '${top}'. Must be between 1 and ${max} inclusive.`);
  }
  return Number(top);
}

function page<T>(call: Call, collection: Collection<T>, offset: number, size: number, count: boolean) {
  const filter = filterOf(call);
  const search = searchOf(call);
  const order = orderOf(call);
  const fitting = function* (): Iterable<Shown> {
    for (const item of collection.items) {
      const shown = collection.show(item);
      if (filter && !matches(filter, shown, collection.caseSensitive)) continue;
      if (search(shown)) yield shown;
    }
  };
  const source = order ? [...fitting()].sort(order) : fitting();
  const rows: Shown[] = [];
  let seen = 0;
  for (const shown of source) {
    if (seen >= offset && rows.length < size) rows.push(shown);
    seen += 1;
    if (!count && seen > offset + size) break;
  }
  return { rows, more: seen > offset + rows.length, total: count ? seen : null };
}

function orderOf(call: Call): ((left: Shown, right: Shown) => number) | null {
  const text = call.query.get('$orderby');
  if (text === undefined) return null;
  const [property = '', direction = 'asc', ...rest] = text.trim().split(/\s+/);
  if (rest.length || !['asc', 'desc'].includes(direction) || !call.rules.orderby?.includes(property)) {
    throw badRequest(`Invalid orderby clause '${text}'.`);
  }
  const sign = direction === 'desc' ? -1 : 1;
  return (left, right) =>
    sign * String(valueAt(left, property)).localeCompare(String(valueAt(right, property)));
}

function searchOf(call: Call): (shown: Shown) => boolean {
  const text = call.query.get('$search');
  if (text === undefined) return () => true;
  const clauses = [...text.matchAll(/"([A-Za-z]+):([^"]+)"/g)].map(([, property = '', value = '']) => ({
    property,
    value: value.toLowerCase(),
  }));
  const rest = text.replaceAll(/"[A-Za-z]+:[^"]+"/g, '').replaceAll(/\b(AND|OR)\b|[()\s]/g, '');
  const unknown = clauses.find(({ property }) => !call.rules.search?.includes(property));
  if (!clauses.length || rest || unknown) throw badRequest(`Invalid search clause '${text}'.`);
  const fits = (shown: Shown, { property, value }: { property: string; value: string }) => {
    const words = String(valueAt(shown, property) ?? '').toLowerCase();
    return words.startsWith(value) || words.split(/[\s@._-]+/).some((word) => word.startsWith(value));
  };
  const any = /\bOR\b/.test(text);
  return (shown) =>
    any ? clauses.some((each) => fits(shown, each)) : clauses.every((each) => fits(shown, each));
}

function signature(call: Call): string {
  const kept = [...call.query].filter(([name]) => name !== '$skiptoken').sort();
  return mix(hashText(call.path + JSON.stringify(kept))).toString(36);
}

function nextLink(call: Call, offset: number): string {
  const token = Buffer.from(`${offset}.${signature(call)}`).toString('base64url');
  const query = [...call.query].filter(([name]) => name !== '$skiptoken');
  const text = [...query, ['$skiptoken', token] as const]
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
  return `${call.origin}${encodeURI(call.path)}?${text}`;
}

function skipOffset(call: Call): number {
  const token = call.query.get('$skiptoken');
  if (token === undefined) return 0;
  const [offset = '', mark] = Buffer.from(token, 'base64url').toString().split('.');
  if (!/^\d+$/.test(offset) || mark !== signature(call))
    throw badRequest('The skip token is not valid for this query.');
  return Number(offset);
}
