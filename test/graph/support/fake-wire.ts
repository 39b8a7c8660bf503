import { createGraph, type Graph, type GraphConfig, type GraphParts } from '../../../src/graph/create-graph';
import type { Pace } from '../../../src/graph/pace';

export const tenantId = '11111111-1111-4111-8111-111111111111';
export const otherTenantId = '22222222-2222-4222-8222-222222222222';

export const config: GraphConfig = {
  mode: 'local',
  graphBaseUrl: 'http://127.0.0.1:3979',
  authorityUrl: 'http://127.0.0.1:3979',
  writesEnabled: true,
  tenants: [
    { tenantId, key: 'one', displayName: 'Tenant One', cloud: 'public', groups: {} },
    { tenantId: otherTenantId, key: 'two', displayName: 'Tenant Two', cloud: 'public', groups: {} },
  ],
  packs: {
    read: { clientId: 'reader', credential: { type: 'simulator' } },
    write: { clientId: 'writer', credential: { type: 'simulator' } },
    phone: null,
  },
};

/** A readable token in unsigned-JWT form; `roles: null` leaves the claim out. */
export function token(tid: string, roles: readonly string[] | null): string {
  const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');
  return `${encode({ alg: 'none' })}.${encode({ tid, ...(roles ? { roles } : {}) })}.`;
}

export interface Sent {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: unknown;
  readonly at: number;
}

export type Reply = Response | Error | ((sent: Sent) => Response | Error);

/** A clock that only moves when somebody sleeps. */
export class FakePace implements Pace {
  private time = Date.UTC(2026, 0, 1);
  readonly naps: number[] = [];
  now = () => this.time;
  random = () => 0.5;
  sleep = async (milliseconds: number) => {
    this.naps.push(milliseconds);
    this.time += milliseconds;
    await Promise.resolve();
  };
  advance(milliseconds: number): void {
    this.time += milliseconds;
  }
}

export class FakeWire {
  readonly sent: Sent[] = [];
  readonly tokenRequests: URLSearchParams[] = [];
  readonly pace = new FakePace();
  /** What the token endpoint gives; an opaque token by default, so that Graph decides. */
  tokenFor: (clientId: string, tenant: string) => string = () => 'opaque';

  constructor(private readonly replies: Reply[]) {}

  graph(changes: Partial<GraphConfig> = {}, parts: Partial<GraphParts> = {}): Graph {
    return createGraph({ ...config, ...changes }, { fetch: this.fetch, pace: this.pace, ...parts });
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input.toString());
    if (url.pathname.endsWith('/oauth2/v2.0/token')) return this.answerToken(url, init);
    const sent: Sent = {
      method: init?.method ?? 'GET',
      url,
      headers: new Headers(init?.headers),
      body: typeof init?.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined,
      at: this.pace.now(),
    };
    this.sent.push(sent);
    const next = this.replies.length > 1 ? this.replies.shift() : this.replies[0];
    const reply = typeof next === 'function' ? next(sent) : next;
    if (!reply) throw new Error(`no reply left for ${sent.method} ${url.href}`);
    if (reply instanceof Error) throw reply;
    return reply.clone();
  };

  private async answerToken(url: URL, init: RequestInit | undefined): Promise<Response> {
    const form = init?.body as URLSearchParams;
    this.tokenRequests.push(form);
    const tenant = url.pathname.split('/')[1] ?? '';
    const access_token = this.tokenFor(form.get('client_id') ?? '', tenant);
    return Promise.resolve(Response.json({ token_type: 'Bearer', expires_in: 3599, access_token }));
  }
}

export function problem(status: number, code: string, headers: Record<string, string> = {}): Response {
  const error = { code, message: `${code} happened`, innerError: { 'request-id': 'req-inner' } };
  return Response.json({ error }, { status, headers });
}

export function noContent(): Response {
  return new Response(null, { status: 204, headers: { 'request-id': 'req-204' } });
}
