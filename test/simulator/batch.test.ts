import { startTestSimulator, type TestSimulator } from '../helpers/simulator';

describe('$batch', () => {
  let simulator: TestSimulator;
  beforeEach(async () => {
    simulator = await startTestSimulator();
  });
  afterEach(() => simulator.close());

  const batch = (requests: unknown[], roles?: string[]) =>
    simulator.graph('con', 'POST', '/v1.0/$batch', { body: { requests }, ...(roles ? { roles } : {}) });
  const get = (id: number, url: string, more = {}) => ({ id: String(id), method: 'GET', url, ...more });
  const phones = (key: string) => `/users/${simulator.personId(key)}/authentication/phoneMethods`;

  it('answers each part by itself under an outer 200', async () => {
    const answer = await batch([
      get(1, "/users?$filter=mail eq 'alice@contoso.com'&$select=id"),
      get(2, '/users/nobody@contoso.com'),
      get(3, '/users?$skip=1'),
      {
        id: '4',
        method: 'PATCH',
        url: `/users/${simulator.personId('zoe')}`,
        headers: { 'Content-Type': 'application/json' },
        body: { jobTitle: 'Lead' },
      },
    ]);
    expect(answer.status).toBe(200);
    const byId = new Map(
      (answer.body.responses as { id: string; status: number; body?: { value?: unknown[] } }[]).map(
        (part) => [part.id, part],
      ),
    );
    expect([1, 2, 3, 4].map((id) => byId.get(String(id))?.status)).toEqual([200, 404, 400, 204]);
    expect(byId.get('1')?.body?.value).toHaveLength(1);
    expect(await simulator.control.writes()).toMatchObject([
      { operation: 'users.update', status: 204, effect: true },
    ]);
  });

  it('lists a batch of reads as no write', async () => {
    await batch([get(1, '/organization'), get(2, '/domains')]);
    expect(await simulator.control.writes()).toEqual([]);
  });

  it('fails what depends on a failed part with 424', async () => {
    const answer = await batch([
      get(1, '/users/nobody'),
      get(2, '/organization', { dependsOn: ['1'] }),
      get(3, '/domains'),
    ]);
    expect((answer.body.responses as { status: number }[]).map(({ status }) => status)).toEqual([
      404, 424, 200,
    ]);
  });

  it('throttles inner requests each by itself, with their own Retry-After', async () => {
    const keys = ['alice', 'bob', 'eve', 'zoe', 'omar', 'dana', 'lee'];
    const answer = await batch(keys.map((key, index) => get(index, phones(key))));
    const responses = answer.body.responses as { status: number; headers: Record<string, string> }[];
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429, 429]);
    expect(Number(responses[6]?.headers['Retry-After'])).toBeGreaterThanOrEqual(1);
  });

  it('checks permissions for each part', async () => {
    const answer = await batch([get(1, '/organization'), get(2, '/groups')], ['Organization.Read.All']);
    expect((answer.body.responses as { status: number }[]).map(({ status }) => status)).toEqual([200, 403]);
  });

  it.each([
    ['more than 20 parts', Array.from({ length: 21 }, (_, id) => get(id, '/organization'))],
    ['an id twice', [get(1, '/organization'), get(1, '/domains')]],
    ['no parts', []],
    ['a dependency on a later part', [get(1, '/organization', { dependsOn: ['2'] }), get(2, '/domains')]],
    ['a body without a content type', [{ id: '1', method: 'PATCH', url: '/users/x', body: {} }]],
    ['an unknown property', [get(1, '/organization', { version: 'beta' })]],
  ])('refuses %s', async (_, requests) => {
    const answer = await batch(requests);
    expect([answer.status, answer.body.error.code]).toEqual([400, 'Request_BadRequest']);
  });

  it('meets faults as a whole and in its parts', async () => {
    await simulator.control.faults({ pathPattern: '/$batch', status: 503, count: 1 });
    expect((await batch([get(1, '/organization')])).status).toBe(503);
    await simulator.control.faults({ pathPattern: '/domains', status: 429, count: 1 });
    const answer = await batch([get(1, '/organization'), get(2, '/domains')]);
    expect((answer.body.responses as { status: number }[]).map(({ status }) => status)).toEqual([200, 429]);
  });

  it('keeps to its own origin', async () => {
    const answer = await batch([get(1, 'https://graph.microsoft.com/v1.0/organization')]);
    expect(answer.body.responses[0].status).toBe(400);
  });
});
