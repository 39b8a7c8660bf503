import { startTestSimulator, type GraphResult, type TestSimulator } from '../helpers/simulator';

const eventual = { ConsistencyLevel: 'eventual' };

describe('queries', () => {
  let simulator: TestSimulator;
  beforeAll(async () => {
    simulator = await startTestSimulator();
  });
  afterAll(() => simulator.close());

  const get = (path: string, headers = {}): Promise<GraphResult> =>
    simulator.graph('con', 'GET', encodeURI(path), { headers });
  const names = (answer: GraphResult) =>
    (answer.body.value as { userPrincipalName: string }[]).map((user) => user.userPrincipalName);
  const users = '/v1.0/users?$select=id,userPrincipalName,userType,mail,displayName&$filter=';

  it.each([
    ["mail eq 'ALICE@contoso.com'", ['alice@contoso.com']],
    ["userPrincipalName eq 'bob@contoso.com' and accountEnabled eq true", ['bob@contoso.com']],
    ["userPrincipalName in ('bob@contoso.com', 'eve@contoso.com')", ['bob@contoso.com', 'eve@contoso.com']],
    ["proxyAddresses/any(p:p eq 'smtp:alice@contoso.com')", ['alice@contoso.com']],
    ["startsWith(userPrincipalName,'sales1')", ['sales1@contoso.com']],
    ["mail eq 'sales@contoso.com'", ['sales1@contoso.com', 'sales2@contoso.com']],
    [
      "(mail eq 'alice@contoso.com') or (mail eq 'bob@contoso.com')",
      ['alice@contoso.com', 'bob@contoso.com'],
    ],
    ["mail eq 'o''brien@contoso.com'", []],
  ])('filters users by %s', async (filter, expected) => {
    expect(names(await get(users + filter)).sort()).toEqual(expected);
  });

  it('shows people with SMS sign-in by their phone identity', async () => {
    const found = names(await get(`${users}identities/any(i:i/issuer eq 'phone')&$top=999`));
    expect(found).toEqual(expect.arrayContaining(['alice@contoso.com', 'eve@contoso.com']));
    expect(found).not.toContain('bob@contoso.com');
  });

  it('finds guests by type and state', async () => {
    const guests = await get(
      `${users}userType eq 'Guest' and externalUserState eq 'PendingAcceptance'&$top=999`,
    );
    expect(guests.body.value.length).toBeGreaterThan(0);
    for (const { userType } of guests.body.value) expect(userType).toBe('Guest');
  });

  it.each([
    ['$skip=5', 'Request_BadRequest'],
    ['$filter=favouriteColour eq 1', 'Request_BadRequest'],
    ["$filter=contains(displayName,'a')", 'Request_UnsupportedQuery'],
    ["$filter=mail eq 'a", 'Request_BadRequest'],
    ["$filter=mail eq 'a' xor mail eq 'b'", 'Request_BadRequest'],
    ["$filter=userType ne 'Guest'", 'Request_UnsupportedQuery'],
    ["$filter=not(userType eq 'Guest')", 'Request_UnsupportedQuery'],
    ["$filter=endsWith(mail,'contoso.com')", 'Request_UnsupportedQuery'],
    ["$filter=userType eq 'Guest'&$orderby=displayName", 'Request_UnsupportedQuery'],
    ['$search="displayName:ali"', 'Request_UnsupportedQuery'],
    ['$select=favouriteColour', 'Request_BadRequest'],
    ['$top=1000', 'Request_BadRequest'],
    ['$top=0', 'Request_BadRequest'],
    ['$orderby=officeLocation', 'Request_BadRequest'],
    ['$expand=memberOf', 'Request_BadRequest'],
    ['$skiptoken=bm9uc2Vuc2U', 'Request_BadRequest'],
    ['$top=5&$top=6', 'Request_BadRequest'],
  ])('refuses users?%s', async (query, code) => {
    const answer = await get(`/v1.0/users?${query}`);
    expect([answer.status, answer.body.error.code]).toEqual([400, code]);
  });

  it('answers advanced queries with ConsistencyLevel and $count, and only then counts', async () => {
    const all = await get('/v1.0/users?$count=true&$top=1', eventual);
    expect(all.body['@odata.count']).toBe(499);
    const members = await get(`${users}userType ne 'Guest'&$count=true&$top=1`, eventual);
    expect(members.body['@odata.count']).toBeLessThan(499);
    const sorted = await get(`${users}userType eq 'Guest'&$orderby=displayName desc&$count=true`, eventual);
    const shown = (sorted.body.value as { displayName: string }[]).map(({ displayName }) => displayName);
    expect(shown).toEqual([...shown].sort().reverse());
    const found = await get('/v1.0/users?$search="displayName:ali" OR "mail:bob"', eventual);
    expect(names(found)).toEqual(expect.arrayContaining(['alice@contoso.com', 'bob@contoso.com']));
  });

  it('pages to the end by nextLink without loss or repeat', async () => {
    const seen: string[] = [];
    let path: string | undefined = '/v1.0/users?$select=id&$top=120';
    let pages = 0;
    while (path) {
      const answer: GraphResult = await simulator.graph('con', 'GET', path);
      for (const { id } of answer.body.value) seen.push(id);
      const next: string | undefined = answer.body['@odata.nextLink'];
      expect(next === undefined || next.startsWith(`${simulator.url}/v1.0/users?`)).toBe(true);
      path = next?.slice(simulator.url.length);
      pages += 1;
    }
    expect([pages, seen.length, new Set(seen).size]).toEqual([5, 499, 499]);
  });

  it('refuses a skip token of another query', async () => {
    const first = await get('/v1.0/users?$select=id&$top=120');
    const token = new URL(first.body['@odata.nextLink']).searchParams.get('$skiptoken');
    expect((await get(`/v1.0/users?$select=mail&$top=120&$skiptoken=${token}`)).status).toBe(400);
  });

  it('needs the advanced header for casts and for filters on memberships', async () => {
    const roles = `/v1.0/users/${simulator.personId('omar')}/transitiveMemberOf`;
    expect((await get(`${roles}/microsoft.graph.directoryRole`)).status).toBe(400);
    expect(
      (await get(`${roles}/microsoft.graph.directoryRole?$count=true`, eventual)).body.value,
    ).toHaveLength(4);
    expect((await get(`${roles}?$filter=startsWith(displayName,'S')`)).status).toBe(400);
    const beta = `/beta/roleManagement/directory/transitiveRoleAssignments?$filter=principalId eq '${simulator.personId('omar')}'`;
    expect((await get(beta)).status).toBe(404);
    expect((await get(`${beta}&$count=true`, eventual)).body.value).toHaveLength(4);
  });

  it('shows roles of a group in the group row and eligible ones apart', async () => {
    const adele = (await get('/v1.0/users/adele@contoso.com?$select=id')).body.id as string;
    const active = await get(
      `/v1.0/users/${adele}/transitiveMemberOf/microsoft.graph.directoryRole?$count=true`,
      eventual,
    );
    expect(active.body.value).toMatchObject([{ roleTemplateId: '194ae4cb-b126-40b2-bd5b-6091b380977d' }]);
    const rows = await get(
      `/beta/roleManagement/directory/transitiveRoleAssignments?$count=true&$filter=principalId eq '${adele}'`,
      eventual,
    );
    expect(rows.body.value[0].principalId).not.toBe(adele);
    const ivy = `$filter=principalId eq '${simulator.personId('ivy')}'`;
    const root = '/v1.0/roleManagement/directory';
    expect((await get(`${root}/roleEligibilityScheduleInstances?${ivy}`)).body.value).toHaveLength(1);
    expect((await get(`${root}/roleAssignmentScheduleInstances?${ivy}`)).body.value).toEqual([]);
  });

  it('lists direct members of a group, groups among them', async () => {
    const groups = await get("/v1.0/groups?$filter=displayName eq 'EMEA-Staff'&$select=id");
    const members = await get(`/v1.0/groups/${groups.body.value[0].id}/members`);
    const types = (members.body.value as Record<string, string>[]).map((member) => member['@odata.type']);
    expect(types.filter((type) => type === '#microsoft.graph.user')).toHaveLength(6);
    expect(types.filter((type) => type === '#microsoft.graph.group')).toHaveLength(1);
  });

  it('answers unknown paths with 404, wrong methods with 405 and says the request id', async () => {
    const unknown = await simulator.graph('con', 'GET', '/v1.0/nothing');
    expect(unknown.status).toBe(404);
    const id = 'c1c1c1c1-0000-4000-8000-000000000001';
    const wrong = await simulator.graph('con', 'DELETE', '/v1.0/organization', {
      headers: { 'client-request-id': id },
    });
    expect([wrong.status, wrong.headers.get('client-request-id')]).toEqual([405, id]);
    expect(wrong.body.error.innerError['client-request-id']).toBe(id);
    expect(Date.parse(wrong.headers.get('date') ?? '')).not.toBeNaN();
  });
});

describe('delta of users', () => {
  let simulator: TestSimulator;
  beforeEach(async () => {
    simulator = await startTestSimulator();
  });
  afterEach(() => simulator.close());

  async function round(path: string): Promise<{ rows: Record<string, unknown>[]; next: string }> {
    const rows: Record<string, unknown>[] = [];
    for (;;) {
      const answer = await simulator.graph('con', 'GET', path);
      expect(answer.status).toBe(200);
      rows.push(...answer.body.value);
      const link: string = answer.body['@odata.nextLink'] ?? answer.body['@odata.deltaLink'];
      path = link.slice(simulator.url.length);
      if (answer.body['@odata.deltaLink']) return { rows, next: path };
    }
  }

  it('tells everybody first, then only who changed or went away', async () => {
    const first = await round('/v1.0/users/delta?$select=id,jobTitle');
    expect(first.rows).toHaveLength(499);
    const [alice, bob] = [simulator.personId('alice'), simulator.personId('bob')];
    expect((await round(first.next)).rows).toEqual([]);
    await simulator.graph('con', 'PATCH', `/v1.0/users/${alice}`, { body: { jobTitle: 'Director' } });
    await simulator.control.changeUser('con', bob, { deleted: true });
    const second = await round(first.next);
    expect(second.rows).toEqual([
      { id: alice, jobTitle: 'Director' },
      { id: bob, '@removed': { reason: 'changed' } },
    ]);
    expect((await round(second.next)).rows).toEqual([]);
  });

  it('answers 410 once the tenants started over', async () => {
    const first = await round('/v1.0/users/delta?$select=id');
    await simulator.control.reset('another seed');
    const answer = await simulator.graph('con', 'GET', first.next);
    expect([answer.status, answer.body.error.code]).toEqual([410, 'syncStateNotFound']);
  });
});
