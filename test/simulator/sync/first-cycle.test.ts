import { effectsOf, nothing } from './effects';
import { assign, assignGroup, logRows, startLinked, userId, type Linked } from './linked';

describe('the first cycle', () => {
  let linked: Linked;

  beforeEach(async () => {
    linked = await startLinked();
  });
  afterEach(() => linked.simulator.close());

  const start = () => linked.simulator.graph('con', 'POST', `${linked.job}/start`);
  const job = async () => (await linked.simulator.graph('con', 'GET', linked.job)).body;
  const target = async (search: string) => (await linked.simulator.control.users('fab', search))[0];

  it('creates one member for each assigned internal user and skips who signs in by SMS', async () => {
    await assignGroup(linked, 'EMEA-Sales');
    await assign(linked, linked.simulator.personId('bob'));
    const effects = await effectsOf(linked, start);
    const rows = await logRows(linked);
    const made = rows.filter(({ provisioningAction }) => provisioningAction === 'create');
    expect(made).toHaveLength(8);
    expect(effects).toEqual({
      ...nothing,
      created: made
        .map(({ sourceIdentity }) => sourceIdentity.details.UserPrincipalName.replace('@', '_'))
        .map((name) => `${name}#EXT#@fabrikam.onmicrosoft.com`)
        .sort(),
      rows: [
        'Alice Martin: other skipped EntrySynchronizationSkipped',
        ...made.map(({ sourceIdentity }) => `${sourceIdentity.displayName}: create success`),
      ].sort(),
    });
    const { simulator } = linked;
    expect(await target('bob')).toMatchObject({
      userPrincipalName: 'bob_contoso.com#EXT#@fabrikam.onmicrosoft.com',
      displayName: 'Bob Fischer',
      mail: 'bob@contoso.com',
      proxyAddresses: ['SMTP:bob@contoso.com'],
      userType: 'Member',
      creationType: 'Invitation',
      externalUserState: 'Accepted',
      accountEnabled: true,
      showInAddressList: true,
      home: { tenantId: simulator.tenantId('con'), userId: simulator.personId('bob') },
    });
  });

  it('shows progress, then the counts of what happened', async () => {
    await assignGroup(linked, 'Pilot');
    await start();
    expect(await job()).toMatchObject({
      schedule: { state: 'Active', interval: 'PT40M' },
      status: {
        code: 'NotRun',
        lastExecution: {
          state: 'Failed',
          countExported: 0,
          error: { code: 'None' },
          timeBegan: '0001-01-01T00:00:00Z',
        },
        steadyStateFirstAchievedTime: '0001-01-01T00:00:00Z',
      },
    });
    await linked.simulator.control.advance('PT1M30S');
    const { progress, code } = (await job()).status;
    expect(code).toBe('NotRun');
    expect(progress).toMatchObject([{ completedUnits: 6, totalUnits: 12, units: 'User' }]);
    await linked.simulator.control.advance('PT38M30S');
    expect((await job()).status).toMatchObject({
      code: 'Active',
      quarantine: null,
      progress: [],
      countSuccessiveCompleteFailures: 0,
      steadyStateFirstAchievedTime: '2026-01-05T09:03:07Z',
      synchronizedEntryCountByType: [{ key: 'User', value: 11 }],
      lastExecution: {
        state: 'Succeeded',
        countEntitled: 12,
        countEntitledForProvisioning: 11,
        countExported: 11,
        countEscrowed: 0,
        countImported: 12,
        error: null,
      },
    });
  });

  it('meets every collision of the target with the documented code', async () => {
    await assignGroup(linked, 'Second Wave');
    const effects = await effectsOf(linked, start);
    expect(effects.rows).toEqual([
      'Carla Contact: create failure InvitationCreationFailure',
      'Dirk Disabled: update failure InvitationCreationFailureUserAccountDisabled',
      expect.stringMatching(/^Gil .*: other skipped EntrySynchronizationSkipped$/),
      'Greta Groupmail: create failure InvitationCreationFailureInvalidPropertyValue',
      'Ingo Guest: other skipped EntrySynchronizationSkipped',
      'Nico Shared: create success',
      'Norman Nomail: create success',
      'Olaf Offboarded: other skipped EntrySynchronizationSkipped',
      'Paul Proxy: create failure InvitationCreationFailureAmbiguousUser',
      'Petra Pending: update success',
      'Rita Redeemed: update success',
      'Sally North: create success',
      'Simon South: update success',
      'Sven Smsonly: other skipped EntrySynchronizationSkipped',
      'Tina Twophones: other skipped EntrySynchronizationSkipped',
      'Uma Unverified: create failure InvitationCreationFailureInvalidPropertyValue',
    ]);
    expect(effects.created).toEqual([
      'nomail_contoso.com#EXT#@fabrikam.onmicrosoft.com',
      'sales1_contoso.com#EXT#@fabrikam.onmicrosoft.com',
      'sharednumber_contoso.com#EXT#@fabrikam.onmicrosoft.com',
    ]);
    expect([effects.deleted, effects.restored]).toEqual([[], []]);
    expect(Object.keys(effects.changed).sort()).toEqual([
      'petra_contoso.com#EXT#@fabrikam.onmicrosoft.com',
      'rita_contoso.com#EXT#@fabrikam.onmicrosoft.com',
    ]);
    expect(await target('petra')).toMatchObject({ userType: 'Guest', externalUserState: 'Accepted' });
    expect(await target('rita')).toMatchObject({ userType: 'Guest', displayName: 'Rita Redeemed' });
    expect((await job()).status.lastExecution).toMatchObject({ state: 'EntryLevelErrors', countEscrowed: 5 });
  });

  it('links two source users of one mail to one target user', async () => {
    for (const key of ['sales1', 'sales2']) await assign(linked, userId(key));
    await start();
    await linked.simulator.control.advance();
    const [first, second] = await logRows(linked);
    expect(first.targetIdentity.id).toBe(second.targetIdentity.id);
    expect((await target(first.targetIdentity.id))?.displayName).toBe('Simon South');
  });

  it('lets nobody in when the target takes no invitations', async () => {
    await linked.simulator.graph('fab', 'PATCH', '/v1.0/policies/authorizationPolicy', {
      body: { allowInvitesFrom: 'none' },
    });
    await assign(linked, linked.simulator.personId('bob'));
    expect(await effectsOf(linked, start)).toEqual({
      ...nothing,
      rows: ['Bob Fischer: create failure AzureActiveDirectoryForbidden'],
    });
  });

  it('covers direct members of an assigned group, not those of a group inside it', async () => {
    await assignGroup(linked, 'EMEA-Staff');
    const { created } = await effectsOf(linked, start);
    expect(created).toHaveLength(6);
    expect(created.join()).not.toContain('zoe');
  });
});
