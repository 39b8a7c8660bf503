import { assignGroup, logRows, startLinked, type Linked } from './linked';

describe('the provisioning log', () => {
  let linked: Linked;

  beforeAll(async () => {
    linked = await startLinked();
    await assignGroup(linked, 'Second Wave');
    await linked.simulator.graph('con', 'POST', `${linked.job}/start`);
    await linked.simulator.control.advance('PT40M');
  });
  afterAll(() => linked.simulator.close());

  let clients = 0;
  const list = (query: Record<string, string>) => {
    clients += 1;
    const token = linked.simulator.token(
      'con',
      undefined,
      `00000000-0000-4000-9000-${String(clients).padStart(12, '0')}`,
    );
    const path = `/v1.0/auditLogs/provisioning?${new URLSearchParams(query)}`;
    return linked.simulator.graph('con', 'GET', path, { headers: { Authorization: `Bearer ${token}` } });
  };

  it('tells a failure with its code, its steps and both systems', async () => {
    const [row] = await logRows(linked, "sourceIdentity/displayName eq 'Paul Proxy'");
    expect(row).toMatchObject({
      tenantId: linked.simulator.tenantId('fab'),
      jobId: linked.jobId,
      provisioningAction: 'create',
      servicePrincipal: { id: linked.servicePrincipalId, displayName: 'Fabrikam' },
      initiatedBy: { displayName: 'Azure AD Provisioning Service', initiatorType: 'system' },
      sourceSystem: { displayName: 'Azure Active Directory' },
      targetSystem: { displayName: 'Azure Active Directory (target tenant)' },
      sourceIdentity: { identityType: 'User', details: { UserPrincipalName: 'paul@contoso.com' } },
      provisioningStatusInfo: {
        status: 'failure',
        errorInformation: {
          errorCode: 'InvitationCreationFailureAmbiguousUser',
          errorCategory: 'nonServiceFailure',
        },
      },
    });
    expect(
      row.provisioningSteps.map((step: { name: string; status: string }) => [step.name, step.status]),
    ).toEqual([
      ['EntryImportAdd', 'success'],
      ['EntrySynchronizationScoping', 'success'],
      ['EntrySynchronizationAdd', 'success'],
      ['EntryExportAdd', 'failure'],
    ]);
  });

  it('understands the official filter, order and pages', async () => {
    const id = linked.servicePrincipalId;
    const filter = `((contains(tolower(servicePrincipal/id), '${id}') or contains(tolower(servicePrincipal/displayName), '${id}')) and activityDateTime gt 2026-01-05 and activityDateTime lt 2026-01-06)`;
    const whole = await list({ $filter: filter, $top: '500', $orderby: 'activityDateTime desc' });
    expect(whole.body.value).toHaveLength(16);
    const times = whole.body.value.map((row: { activityDateTime: string }) => row.activityDateTime);
    expect(times).toEqual([...times].sort().reverse());
    const ids: string[] = [];
    let page = await list({ $filter: filter, $top: '7', $orderby: 'activityDateTime desc' });
    for (;;) {
      ids.push(...page.body.value.map((row: { id: string }) => row.id));
      const next = page.body['@odata.nextLink'];
      if (!next) break;
      page = await list(Object.fromEntries(new URL(next).searchParams));
    }
    expect(ids).toEqual(whole.body.value.map((row: { id: string }) => row.id));
    expect((await list({ $filter: 'activityDateTime gt 2026-01-06' })).body.value).toEqual([]);
  });

  it('compares values with their case', async () => {
    const count = async (text: string) =>
      (await list({ $filter: `provisioningStatusInfo/status eq '${text}'` })).body.value.length;
    expect([await count('failure'), await count('Failure')]).toEqual([5, 0]);
  });

  it.each([
    [{ $filter: 'activityDateTime ge 2026-01-05' }],
    [{ $filter: "startswith(jobId, 'Azure')" }],
    [{ $filter: "errorCode eq 'x'" }],
    [{ $select: 'id' }],
    [{ $count: 'true' }],
    [{ $orderby: 'id' }],
    [{ $top: '0' }],
  ])('answers 400 to %j', async (query) => {
    expect((await list(query)).status).toBe(400);
  });

  it('needs a permission and allows five requests in ten seconds', async () => {
    const path = '/v1.0/auditLogs/provisioning';
    const { status } = await linked.simulator.graph('con', 'GET', path, { roles: ['User.Read.All'] });
    expect(status).toBe(403);
    const codes: number[] = [];
    for (let call = 0; call < 5; call += 1)
      codes.push((await linked.simulator.graph('con', 'GET', path)).status);
    expect(codes.at(-1)).toBe(429);
  });

  it('keeps rows for 30 days', async () => {
    await linked.simulator.control.advance('P29D');
    expect((await logRows(linked)).length).toBeGreaterThan(16);
    await linked.simulator.graph('con', 'POST', `${linked.job}/pause`);
    await linked.simulator.control.advance('P32D');
    expect(await logRows(linked)).toEqual([]);
  });
});
