import { z } from 'zod/v4';
import type { ReadOptions } from '../../src/graph/client';
import { FakeWire, otherTenantId, problem, tenantId } from './support/fake-wire';

const anything: ReadOptions<unknown> = {
  schema: z.unknown(),
  doing: 'reading something',
  permissions: ['User.Read.All'],
};
const item = z.object({ id: z.string() });

describe('reading through the Graph layer', () => {
  it('asks the version and path with encoded query, client-request-id and bearer token', async () => {
    const wire = new FakeWire([Response.json({ id: 'a' })]);
    await wire
      .graph()
      .read(tenantId)
      .get('/users/a', { ...anything, query: { $filter: "mail eq 'a&b'" } });
    expect(wire.sent[0]?.url.href).toBe('http://127.0.0.1:3979/v1.0/users/a?$filter=mail%20eq%20%27a%26b%27');
    expect(wire.sent[0]?.headers.get('authorization')).toBe('Bearer opaque');
    expect(wire.sent[0]?.headers.get('client-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(wire.tokenRequests[0]?.get('client_id')).toBe('reader');
  });

  it.each([
    ['429 with a fraction', problem(429, 'TooManyRequests', { 'Retry-After': '2.128' }), 2128],
    [
      '429 with an HTTP date',
      problem(429, 'TooManyRequests', {
        'Retry-After': new Date(Date.UTC(2026, 0, 1, 0, 0, 7)).toUTCString(),
      }),
      7000,
    ],
    ['429 without Retry-After', problem(429, 'TooManyRequests'), 750],
    ['503', problem(503, 'ServiceUnavailable'), 750],
    ['a reset connection', new TypeError('fetch failed'), 750],
  ])('repeats a read after %s', async (_, fault, wait) => {
    const wire = new FakeWire([fault, Response.json({ ok: true })]);
    await expect(wire.graph().read(tenantId).get('/users/a', anything)).resolves.toEqual({ ok: true });
    expect(wire.sent).toHaveLength(2);
    const first = wire.sent[0]?.at ?? 0;
    expect((wire.sent[1]?.at ?? 0) - first).toBeCloseTo(wait, -1);
  });

  it('waits at most 120 s for an absurd Retry-After, then gives up with what Graph asked', async () => {
    const wire = new FakeWire([problem(429, 'TooManyRequests', { 'Retry-After': '86400' })]);
    await expect(wire.graph().read(tenantId).get('/users/a', anything)).rejects.toMatchObject({
      code: 'graph-throttled',
      retryAfterSeconds: 86400,
    });
    expect(Math.max(...wire.pace.naps)).toBe(120_000);
    expect(wire.sent).toHaveLength(2);
  });

  it('gives up after five tries', async () => {
    const wire = new FakeWire([problem(500, 'InternalServerError')]);
    await expect(wire.graph().read(tenantId).get('/users/a', anything)).rejects.toMatchObject({
      code: 'graph-unavailable',
      doing: 'reading something in Tenant One',
      status: 500,
      graphCode: 'InternalServerError',
      requestId: 'req-inner',
    });
    expect(wire.sent).toHaveLength(5);
  });

  it('takes 404 as undefined only in find', async () => {
    const wire = new FakeWire([problem(404, 'Request_ResourceNotFound')]);
    const graph = wire.graph().read(tenantId);
    await expect(graph.find('/users/a', anything)).resolves.toBeUndefined();
    await expect(graph.get('/users/a', anything)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('calls an HTML page unreadable', async () => {
    const page = new Response('<html>Sign in</html>', { headers: { 'Content-Type': 'text/html' } });
    const graph = new FakeWire([page]).graph().read(tenantId);
    await expect(graph.get('/users/a', anything)).rejects.toMatchObject({ code: 'graph-unreadable' });
  });

  it('follows nextLink with its query and stops at the limit', async () => {
    const next = 'http://127.0.0.1:3979/v1.0/users?$top=2&$skiptoken=a%2Bb';
    const wire = new FakeWire([
      Response.json({ value: [{ id: '1' }, { id: '2' }], '@odata.nextLink': next, '@odata.count': 4 }),
      Response.json({ value: [{ id: '3' }, { id: '4' }] }),
    ]);
    const found = await wire
      .graph()
      .read(tenantId)
      .list('/users', { ...anything, schema: item, limit: 3 });
    expect(found).toEqual({ items: [{ id: '1' }, { id: '2' }, { id: '3' }], isComplete: false, count: 4 });
    expect(wire.sent[1]?.url.href).toBe(next);
  });

  it.each([
    ['another host', 'http://127.0.0.1:9/v1.0/users?$skiptoken=1'],
    ['a look-alike host', 'http://127.0.0.1:3979.evil.example/v1.0/users'],
    ['credentials in the address', 'http://x@127.0.0.1:3979/v1.0/users'],
    ['another version', 'http://127.0.0.1:3979/beta/users?$skiptoken=1'],
    ['another path', 'http://127.0.0.1:3979/_control/reset'],
  ])('does not follow a nextLink to %s', async (_, link) => {
    const wire = new FakeWire([Response.json({ value: [], '@odata.nextLink': link })]);
    const graph = wire.graph().read(tenantId);
    await expect(graph.list('/users', { ...anything, schema: item, limit: 10 })).rejects.toMatchObject({
      code: 'egress-refused',
    });
    expect(wire.sent).toHaveLength(1);
  });

  it('ends a loop of nextLinks', async () => {
    const link = (sent: { url: URL }) =>
      `http://127.0.0.1:3979/v1.0/users?$skiptoken=${sent.url.search.endsWith('=a') ? 'b' : 'a'}`;
    const wire = new FakeWire([(sent) => Response.json({ value: [], '@odata.nextLink': link(sent) })]);
    const graph = wire.graph().read(tenantId);
    await expect(graph.list('/users', { ...anything, schema: item, limit: 10 })).rejects.toMatchObject({
      code: 'graph-unreadable',
    });
    expect(wire.sent.length).toBeLessThan(5);
  });

  it('follows no redirect', async () => {
    const away = new Response(null, { status: 302, headers: { Location: 'https://evil.example/' } });
    const wire = new FakeWire([away]);
    await expect(wire.graph().read(tenantId).get('/users/a', anything)).rejects.toMatchObject({
      code: 'graph-refused',
    });
    expect(wire.sent).toHaveLength(1);
  });

  it.each(['https://graph.microsoft.com.evil.example', 'http://graph.microsoft.com', 'https://evil.example'])(
    'refuses %s as Graph address before any request',
    (graphBaseUrl) => {
      const wire = new FakeWire([]);
      expect(() => wire.graph({ graphBaseUrl })).toThrow(expect.objectContaining({ code: 'bad-settings' }));
      expect(() => wire.graph({ mode: 'production', graphBaseUrl: 'http://127.0.0.1:3979' })).toThrow();
      expect(wire.sent).toHaveLength(0);
    },
  );

  it('knows only the tenants of the settings', () => {
    const graph = new FakeWire([]).graph();
    expect(() => graph.read('33333333-3333-4333-8333-333333333333')).toThrow(
      expect.objectContaining({ code: 'not-allowed' }),
    );
  });

  it('asks the log at most five times in ten seconds for each tenant', async () => {
    const wire = new FakeWire([Response.json({ value: [] })]);
    const graph = wire.graph();
    const log = { ...anything, permissions: ['AuditLog.Read.All'] };
    for (let count = 0; count < 11; count += 1)
      await graph.read(tenantId).get('/auditLogs/provisioning', log);
    const times = wire.sent.map((sent) => sent.at);
    times.slice(5).forEach((at, index) => expect(at - (times[index] ?? 0)).toBeGreaterThan(10_000));
    const before = wire.pace.now();
    await graph.read(otherTenantId).get('/auditLogs/provisioning', log);
    expect(wire.pace.now()).toBe(before);
  });

  it('holds the whole class back after one 429', async () => {
    const wire = new FakeWire([
      problem(429, 'TooManyRequests', { 'Retry-After': '30' }),
      Response.json({ id: 'a' }),
    ]);
    const graph = wire.graph({}, { patience: { tries: 1, totalSeconds: 180 } }).read(tenantId);
    await expect(graph.get('/users/a', anything)).rejects.toMatchObject({ retryAfterSeconds: 30 });
    await graph.get('/users/b', anything);
    expect((wire.sent[1]?.at ?? 0) - (wire.sent[0]?.at ?? 0)).toBeGreaterThanOrEqual(30_000);
  });
});
