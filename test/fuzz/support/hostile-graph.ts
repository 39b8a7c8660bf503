import fc from 'fast-check';
import type { Pace } from '../../../src/graph/pace';
import { hostileName, hostileNames, mutated } from './hostile-values';

/** Words that come from a directory, wherever they stand in an answer. */
const namedKeys = new Set([
  ...[
    'displayName',
    'userPrincipalName',
    'mail',
    'givenName',
    'surname',
    'jobTitle',
    'department',
    'description',
  ],
  ...[
    'otherMails',
    'proxyAddresses',
    'mailNickname',
    'companyName',
    'officeLocation',
    'city',
    'reason',
    'message',
  ],
  ...['errorDescription', 'additionalDetails', 'statusInfo', 'name', 'value', 'phoneNumber', 'employeeId'],
]);

export interface HostileGraph {
  readonly fetch: typeof fetch;
  /** Time that passes at once: waiting for a throttled Graph costs nothing. */
  readonly pace: Pace;
  /** What happens to answers from now on; every choice follows from the seed. */
  attack(
    plan: { readonly seed: number; readonly share: number; readonly kind: 'answers' | 'names' } | null,
  ): void;
  /** Answers that were spoilt, and names that were put into answers, so far. */
  readonly spoilt: number;
  readonly named: number;
}

function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const json = { 'content-type': 'application/json' };
const endless = '%24skiptoken=endless';

/** An answer that no Graph gives, or that a broken one gives. */
function spoiltAnswer(text: string, url: URL, random: () => number): Response {
  const pick = <T>(...choices: readonly T[]): T => choices[Math.floor(random() * choices.length)] as T;
  const seed = Math.floor(random() * 2 ** 31);
  const html = '<html><body><h1>Service unavailable</h1><a href="https://evil.example">x</a></body></html>';
  const link = (address: string) => JSON.stringify({ value: [], '@odata.nextLink': address });
  const again = `${url.origin}${url.pathname}?${endless}-0`;
  const own = `${url.origin}${url.pathname}${url.search}`;
  const refusal = (message: string, code: unknown = 'Request_BadRequest') =>
    JSON.stringify({ error: { code, message, innerError: { 'request-id': message } } });
  const parsed: unknown = text === '' ? {} : JSON.parse(text);
  return pick<() => Response>(
    () => new Response(html, { status: 200, headers: { 'content-type': 'text/html' } }),
    () =>
      new Response(html, {
        status: pick(400, 403, 404, 500, 502, 503),
        headers: { 'content-type': 'text/html' },
      }),
    () => new Response(text.slice(0, Math.floor(text.length * random())), { headers: json }),
    () => new Response(broken(text), { headers: json }),
    () =>
      new Response(
        pick(
          '',
          'null',
          '[]',
          '0',
          '""',
          '{}',
          '{"value":null}',
          '{"value":{}}',
          '{"value":[null]}',
          '\ufeff{}',
        ),
        { headers: json },
      ),
    () =>
      new Response(`{"__proto__":{"polluted":1},"value":[{"constructor":{"prototype":{"polluted":1}}}]}`, {
        headers: json,
      }),
    () => new Response(link(random() < 0.1 ? again : own), { headers: json }),
    () =>
      new Response(
        link(
          pick(
            'https://evil.example/v1.0/users',
            '//evil.example',
            'x',
            `${url.origin}.evil.example/v1.0/users`,
          ),
        ),
        { headers: json },
      ),
    () => new Response(null, { status: 204 }),
    () => new Response(null, { status: pick(301, 302, 307), headers: { location: 'https://evil.example/' } }),
    () =>
      new Response(
        refusal(pick(...hostileNames), pick<unknown>('Authorization_RequestDenied', '<b>', 7, null, {})),
        {
          status: pick(400, 401, 403, 404, 409, 412, 423, 429, 500),
          headers: {
            ...json,
            'retry-after': pick('0', '-1', 'soon', '99999999', 'Fri, 31 Dec 9999 23:59:59 GMT'),
          },
        },
      ),
    ...Array.from({ length: 12 }, () => () => {
      const [changed] = fc.sample(mutated(parsed), { seed, numRuns: 1 });
      return new Response(JSON.stringify(changed) ?? '', { headers: json });
    }),
  )();
}

/** Tenant and application of the token: two tokens of one owner read the same. */
function ownerOf({ headers }: RequestInit): string {
  const token = new Headers(headers).get('authorization')?.split('.')[1] ?? '';
  const claims = JSON.parse(token === '' ? '{}' : Buffer.from(token, 'base64url').toString()) as {
    tid?: string;
    appid?: string;
  };
  return `${claims.tid} ${claims.appid}`;
}

/** Half of the text, then the connection is gone. */
function broken(text: string): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(stream) {
      stream.enqueue(Buffer.from(text.slice(0, text.length / 2)));
      stream.error(new TypeError('terminated'));
    },
  });
}

/** Real answers of the simulator, kept in memory while its clock stands still, and what becomes of them on the way. */
export function hostileGraph(): HostileGraph {
  const kept = new Map<string, { readonly status: number; readonly text: string }>();
  let time = Date.now();
  let random = mulberry(1);
  let [share, kind]: [number, 'answers' | 'names'] = [0, 'answers'];
  const counts = { spoilt: 0, named: 0 };

  /** The same kind of name as the directory holds it, in every place where names stand. */
  function named(value: unknown, key = ''): unknown {
    if (Array.isArray(value)) return value.map((item) => named(item, key));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, named(item, name)]));
    }
    if (typeof value !== 'string' || !namedKeys.has(key) || random() >= share) return value;
    counts.named += 1;
    return fc.sample(hostileName, { seed: Math.floor(random() * 2 ** 31), numRuns: 1 })[0];
  }

  async function trueAnswer(
    input: Parameters<typeof fetch>[0],
    init: RequestInit,
  ): Promise<{ status: number; text: string }> {
    const url = String(input);
    const isBatch = url.endsWith('/$batch');
    const key = `${url} ${ownerOf(init)} ${isBatch ? String(init.body) : ''}`;
    const isRead = (init.method ?? 'GET') === 'GET' || isBatch;
    const known = isRead ? kept.get(key) : undefined;
    if (known) return known;
    const response = await fetch(input, init);
    const answer = { status: response.status, text: await response.text() };
    if (isRead && response.ok && !/"status":429/.test(answer.text)) kept.set(key, answer);
    return answer;
  }

  return {
    pace: {
      now: () => time,
      random: () => 0.5,
      sleep: async (milliseconds) => {
        time += milliseconds;
        await Promise.resolve();
      },
    },
    get spoilt() {
      return counts.spoilt;
    },
    get named() {
      return counts.named;
    },
    attack(plan) {
      random = mulberry(plan?.seed ?? 1);
      share = plan?.share ?? 0;
      kind = plan?.kind ?? 'answers';
    },
    async fetch(input, init = {}) {
      const url = new URL(String(input));
      const page = /endless-(\d+)/.exec(url.search)?.[1];
      if (page !== undefined) {
        const next = `${url.origin}${url.pathname}?${endless}-${Number(page) + 1}`;
        return new Response(JSON.stringify({ value: [], '@odata.nextLink': next }), { headers: json });
      }
      const { status, text } = await trueAnswer(input, init);
      if (kind === 'names' && status < 300 && text !== '' && !url.pathname.endsWith('/token')) {
        return new Response(JSON.stringify(named(JSON.parse(text))), { status, headers: json });
      }
      if (kind === 'answers' && random() < share) {
        counts.spoilt += 1;
        return spoiltAnswer(text, url, random);
      }
      return new Response([204, 304].includes(status) ? null : text, { status, headers: json });
    },
  };
}
