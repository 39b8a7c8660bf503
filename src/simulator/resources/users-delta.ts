import { z } from 'zod/v4';
import { boundTo } from '../filter-match';
import { filterOf, type Shown } from '../odata';
import { badRequest, Refusal } from '../refusal';
import type { Answer, Call, Route } from '../route';
import { showUser, userDefaults, userProperties } from '../shown-user';
import { findUser, listUsers } from '../users';
import { readsUsers } from './users';

/** What the opaque tokens carry: the query holds itself from page to page (facts 7.5). */
const tokenSchema = z.object({
  seed: z.string(),
  /** Change number up to which this round tells; the next round starts there. */
  upTo: z.number(),
  /** Change number from which changes are told; null in the first round, which tells everybody. */
  from: z.number().nullable(),
  offset: z.number(),
  size: z.number(),
  select: z.array(z.string()).nullable(),
  ids: z.array(z.string()).nullable(),
});

type Token = z.infer<typeof tokenSchema>;

function readToken(call: Call, text: string): Token {
  const parsed = tokenSchema.safeParse(parseJson(Buffer.from(text, 'base64url').toString()));
  if (!parsed.success) throw badRequest('The delta token is not well formed.');
  if (parsed.data.seed !== call.world.seed || parsed.data.upTo > call.world.serial) {
    throw new Refusal(
      410,
      'syncStateNotFound',
      'The delta token is no longer valid; start a full synchronization.',
    );
  }
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function firstToken(call: Call): Token {
  const select =
    call.query
      .get('$select')
      ?.split(',')
      .map((name) => name.trim()) ?? null;
  const unknown = select?.find((name) => !userProperties.includes(name));
  if (unknown !== undefined) throw badRequest(`Could not find a property named '${unknown}'.`);
  const filter = filterOf(call);
  const ids = boundTo(filter, 'id');
  if (filter && (!ids || ids.length > 50)) throw badRequest('Delta filters name at most 50 ids.');
  const size = Number(call.query.get('$top') ?? 200);
  if (!Number.isInteger(size) || size < 1 || size > 999) throw badRequest('Invalid page size specified.');
  return {
    seed: call.world.seed,
    upTo: call.world.serial,
    from: null,
    offset: 0,
    size,
    select,
    ids: ids ? [...ids] : null,
  };
}

function* rowsOf(call: Call, token: Token): Iterable<Shown> {
  const { world, tenant } = call;
  const wanted = (id: string) => !token.ids || token.ids.includes(id);
  const names = ['id', ...(token.select ?? userDefaults)];
  const trim = (shown: Shown) =>
    Object.fromEntries(Object.entries(shown).filter(([name]) => names.includes(name)));
  if (token.from === null) {
    for (const user of listUsers(world, tenant))
      if (wanted(user.id)) yield trim(showUser(world, tenant, user));
    return;
  }
  for (const [id, { change }] of Object.entries(tenant.users.touched)) {
    if (change <= token.from || change > token.upTo || !wanted(id)) continue;
    const user = findUser(world, tenant, id);
    if (user) yield trim(showUser(world, tenant, user));
    else yield { id, '@removed': { reason: tenant.users.deleted[id] ? 'changed' : 'deleted' } };
  }
}

function delta(call: Call): Answer {
  const skip = call.query.get('$skiptoken');
  const since = call.query.get('$deltatoken');
  if ((skip !== undefined || since !== undefined) && call.query.size > 1) {
    throw badRequest('A token already holds the query; send it alone.');
  }
  const token =
    skip !== undefined
      ? readToken(call, skip)
      : since !== undefined
        ? nextRound(call, since)
        : firstToken(call);
  const rows: Shown[] = [];
  let seen = 0;
  for (const row of rowsOf(call, token)) {
    if (seen >= token.offset && rows.length < token.size) rows.push(row);
    seen += 1;
    if (seen > token.offset + token.size) break;
  }
  const link = (name: string, next: Token) =>
    `${call.origin}${call.path}?${name}=${Buffer.from(JSON.stringify(next)).toString('base64url')}`;
  const more = seen > token.offset + rows.length;
  const body = {
    '@odata.context': `${call.origin}/v1.0/$metadata#users`,
    ...(more
      ? { '@odata.nextLink': link('$skiptoken', { ...token, offset: token.offset + rows.length }) }
      : { '@odata.deltaLink': link('$deltatoken', { ...token, from: token.upTo, offset: 0 }) }),
    value: rows,
  };
  return { status: 200, body };
}

function nextRound(call: Call, text: string): Token {
  const token = readToken(call, text);
  return { ...token, from: token.upTo, upTo: call.world.serial, offset: 0 };
}

export const userDeltaRoutes: readonly Route[] = [
  {
    ...{ method: 'GET', path: '/v1.0/users/delta', operation: 'users.delta', permissions: readsUsers },
    ...{ throttle: 'directory', cost: 2, isWrite: false },
    query: {
      options: ['$select', '$filter', '$top', '$skiptoken', '$deltatoken'],
      filter: { id: ['eq', 'in'] },
    },
    run: delta,
  },
];
