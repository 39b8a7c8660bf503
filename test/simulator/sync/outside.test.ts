import { effectsOf, nothing } from './effects';
import { assign, assignGroup, groupId, logRows, startLinked, type Linked } from './linked';

interface Audit {
  readonly activityDisplayName: string;
  readonly initiatedBy: {
    readonly user: { readonly userPrincipalName: string } | null;
    readonly app: unknown;
  };
  readonly targetResources: readonly {
    readonly id: string;
    readonly modifiedProperties: readonly { displayName: string; oldValue: string; newValue: string }[];
  }[];
}

describe('a change that a person makes beside the bot', () => {
  let linked: Linked;

  beforeEach(async () => {
    linked = await startLinked();
  });
  afterEach(() => linked.simulator.close());

  const control = () => linked.simulator.control;
  const newest = async (tenant: 'con' | 'fab'): Promise<Audit> =>
    (await linked.simulator.graph(tenant, 'GET', '/v1.0/auditLogs/directoryAudits?$top=1')).body.value[0];
  const start = async (group: string) => {
    await assignGroup(linked, group);
    await linked.simulator.graph('con', 'POST', `${linked.job}/start`);
    await control().advance();
  };
  const inbound = () =>
    `/v1.0/policies/crossTenantAccessPolicy/partners/${linked.simulator.tenantId('con')}/identitySynchronization`;

  it('has its effect, names the person and what changed, and is no write of the bot', async () => {
    await start('Pilot');
    const writes = (await control().writes()).length;
    const off = () =>
      control().outside('fab', 'mina', 'PATCH', inbound(), { userSyncInbound: { isSyncAllowed: false } });
    expect(await effectsOf(linked, off)).toEqual(nothing);
    expect((await linked.simulator.graph('con', 'GET', linked.job)).body.status.code).toBe('Quarantine');
    expect(await control().writes()).toHaveLength(writes);
    const audit = await newest('fab');
    expect(audit).toMatchObject({
      activityDisplayName: 'Update a partner cross-tenant identity sync setting',
      initiatedBy: { app: null, user: { userPrincipalName: 'mina@fabrikam.com' } },
    });
    expect(audit.targetResources[0]).toMatchObject({
      id: linked.simulator.tenantId('con'),
      modifiedProperties: [
        {
          displayName: 'userSyncInbound',
          oldValue: '{"isSyncAllowed":true}',
          newValue: '{"isSyncAllowed":false}',
        },
      ],
    });
  });

  it('is refused by the same rules', async () => {
    const wrongBody = { userSyncInbound: { isSyncAllowed: 'False' } };
    await expect(control().outside('fab', 'mina', 'PATCH', inbound(), wrongBody)).rejects.toThrow(
      'Request_BadRequest',
    );
    await expect(control().outside('fab', 'nobody', 'PATCH', inbound(), {})).rejects.toThrow('400');
    await expect(control().outside('fab', 'mina', 'POST', '/v1.0/nothing')).rejects.toThrow('400');
  });

  it('moves people in and out of scope when the rule of an assigned group is edited', async () => {
    await start('All Sales');
    const people = await control().users('con');
    const synced = (await control().users('fab', '_contoso.com')).map(({ mail }) => mail);
    const inFrance = people.filter(({ mail, country }) => synced.includes(mail) && country === 'France');
    const membershipRule =
      '(user.department -eq "Sales") and (user.userType -eq "Member") and (user.country -ne "France")';
    const rule = () =>
      control().outside('con', 'dana', 'PATCH', `/v1.0/groups/${groupId('All Sales')}`, { membershipRule });
    const effects = await effectsOf(linked, rule);
    expect(inFrance.length).toBeGreaterThan(0);
    expect(effects.deleted).toEqual(
      inFrance.map(({ mail }) => `${mail?.replace('@', '_')}#EXT#@fabrikam.onmicrosoft.com`).sort(),
    );
    expect(effects.created).toEqual([]);
    const audit = await newest('con');
    expect(audit.activityDisplayName).toBe('Update group');
    expect(audit.initiatedBy.user?.userPrincipalName).toBe('dana@contoso.com');
    expect(audit.targetResources[0]?.modifiedProperties).toMatchObject([
      { displayName: 'membershipRule', newValue: JSON.stringify(membershipRule) },
    ]);
  });

  it('lets in who signed in by SMS once the method policy ends that', async () => {
    await start('Pilot');
    const sms = '/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/sms';
    const { includeTargets } = (await linked.simulator.graph('con', 'GET', sms)).body;
    const body = { includeTargets: [{ ...includeTargets[0], isUsableForSignIn: false }] };
    expect(await effectsOf(linked, () => control().outside('con', 'omar', 'PATCH', sms, body))).toEqual({
      ...nothing,
      created: ['eve_contoso.com#EXT#@fabrikam.onmicrosoft.com'],
      rows: ['Eve Laurent: create success'],
    });
  });

  it('stops new invitations where a default setting blocks them, and leaves who is there', async () => {
    await start('Pilot');
    const blocked = {
      usersAndGroups: { accessType: 'blocked', targets: [{ target: 'AllUsers', targetType: 'user' }] },
      applications: {
        accessType: 'blocked',
        targets: [{ target: 'AllApplications', targetType: 'application' }],
      },
    };
    const root = '/v1.0/policies/crossTenantAccessPolicy';
    const block = async () => {
      await control().outside('fab', 'mina', 'PATCH', `${root}/default`, {
        b2bCollaborationInbound: blocked,
      });
      await assign(linked, linked.simulator.personId('zoe'));
    };
    expect(await effectsOf(linked, block)).toEqual({
      ...nothing,
      rows: [expect.stringMatching(/^Zoe .*: create failure InvitationCreationFailure$/)],
    });
  });

  it('tells of assigned groups that they are not synchronized themselves, when it is asked to', async () => {
    await control().sync({ groupRows: true });
    const { rows } = await effectsOf(linked, () => start('EMEA-Sales'), null);
    expect(rows).toContain('EMEA-Sales: other skipped EntityTypeNotSupported');
    const [row] = await logRows(linked, "sourceIdentity/identityType eq 'Group'");
    expect(row.sourceIdentity).toMatchObject({ id: groupId('EMEA-Sales'), identityType: 'Group' });
    expect((await effectsOf(linked, async () => undefined)).rows).toEqual([]);
  });

  it('takes one member out of an assigned group and puts another in', async () => {
    await start('Pilot');
    const members = `/v1.0/groups/${groupId('Pilot')}/members`;
    const [bob, zoe] = [linked.simulator.personId('bob'), linked.simulator.personId('zoe')];
    const swap = async () => {
      await control().outside('con', 'dana', 'DELETE', `${members}/${bob}/$ref`);
      await control().outside('con', 'dana', 'POST', `${members}/$ref`, {
        '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${zoe}`,
      });
    };
    expect(await effectsOf(linked, swap)).toEqual({
      ...nothing,
      created: ['zoe_contoso.com#EXT#@fabrikam.onmicrosoft.com'],
      deleted: ['bob_contoso.com#EXT#@fabrikam.onmicrosoft.com'],
      rows: ['Bob Fischer: delete success', expect.stringMatching(/^Zoe .*: create success$/)],
    });
  });
});
