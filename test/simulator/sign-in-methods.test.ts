import { startTestSimulator, type TestSimulator } from '../helpers/simulator';

const mobile = '3179e48a-750b-4051-897c-87b9720928f7';
const alternate = 'b6332ec1-7057-4abe-9331-3d72feddfe41';

describe('phone methods', () => {
  let simulator: TestSimulator;
  beforeEach(async () => {
    simulator = await startTestSimulator({ requests: 'all' });
  });
  afterEach(() => simulator.close());

  const phones = (user: string) => `/v1.0/users/${user}/authentication/phoneMethods`;
  const state = async (user: string) =>
    (await simulator.graph('con', 'GET', `${phones(user)}/${mobile}`)).body.smsSignInState as string;
  const act = async (user: string, action: string) =>
    (await simulator.graph('con', 'POST', `${phones(user)}/${mobile}/${action}`)).status;

  it('keeps the number when SMS sign-in ends, and lets it be enabled again where the policy allows', async () => {
    const alice = 'alice@contoso.com';
    expect(await state(alice)).toBe('ready');
    expect(await act(alice, 'disableSmsSignIn')).toBe(204);
    expect(await state(alice)).toBe('notEnabled');
    const user = await simulator.graph('con', 'GET', `/v1.0/users/${alice}?$select=identities`);
    expect(JSON.stringify(user.body.identities)).not.toContain('"phone"');
    expect(await act(alice, 'enableSmsSignIn')).toBe(204);
    expect(await state(alice)).toBe('ready');
    expect(await act('bob@contoso.com', 'enableSmsSignIn')).toBe(400);
  });

  it('does not enable a number that is not unique', async () => {
    expect(await act('sharednumber@contoso.com', 'enableSmsSignIn')).toBe(400);
    expect(await state('sharednumber@contoso.com')).toBe('phoneNumberNotUnique');
  });

  it('does not enable SMS sign-in once the policy stops naming the group', async () => {
    const [target] = (await simulator.graph('con', 'GET', sms)).body.includeTargets as object[];
    await act('alice@contoso.com', 'disableSmsSignIn');
    const body = { includeTargets: [{ ...target, isUsableForSignIn: false }] };
    expect((await simulator.graph('con', 'PATCH', sms, { body })).status).toBe(204);
    expect(await act('alice@contoso.com', 'enableSmsSignIn')).toBe(400);
  });

  const sms = '/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/sms';
  const patchPolicy = async (isUsableForSignIn: boolean) => {
    const [target] = (await simulator.graph('con', 'GET', sms)).body.includeTargets as object[];
    await simulator.graph('con', 'PATCH', sms, {
      body: { includeTargets: [{ ...target, isUsableForSignIn }] },
    });
  };

  it('ends SMS sign-in of everybody whom the policy no longer lets', async () => {
    const ready = async () =>
      (await simulator.control.users('con')).filter(({ authentication }) =>
        authentication.phones.some(({ smsSignInState }) => smsSignInState === 'ready'),
      ).length;
    expect(await ready()).toBeGreaterThan(20);
    await patchPolicy(false);
    expect(await ready()).toBe(0);
    expect(await state('alice@contoso.com')).toBe('notAllowedByPolicy');
    await patchPolicy(true);
    expect(await state('alice@contoso.com')).toBe('notEnabled');
  });

  const register = (user: string, body: object) => simulator.graph('con', 'POST', phones(user), { body });

  it('registers a new mobile number for SMS sign-in where the policy lets the user and nobody has it', async () => {
    const [alice, zoe] = ['alice@contoso.com', 'zoe@contoso.com'];
    const number = (await simulator.graph('con', 'GET', `${phones(alice)}/${mobile}`)).body.phoneNumber;
    const made = await register(zoe, { phoneNumber: '+1 4255550199', phoneType: 'mobile' });
    expect([made.status, made.body.smsSignInState]).toEqual([201, 'notAllowedByPolicy']);
    const other = await register(zoe, { phoneNumber: '+1 4255550198', phoneType: 'alternateMobile' });
    expect([other.status, other.body.id, other.body.smsSignInState]).toEqual([
      201,
      alternate,
      'notSupported',
    ]);
    const patch = (user: string, phoneNumber: string) =>
      simulator.graph('con', 'PATCH', `${phones(user)}/${mobile}`, { body: { phoneNumber } });
    expect((await patch('twophones@contoso.com', number)).status).toBe(204);
    expect(await state('twophones@contoso.com')).toBe('phoneNumberNotUnique');
    expect((await patch('twophones@contoso.com', '+1 4255550197')).status).toBe(204);
    expect(await state('twophones@contoso.com')).toBe('ready');
  });

  it('lists every method of a user: who signs in by SMS alone has nothing else', async () => {
    const types = async (user: string) => {
      const { body } = await simulator.graph('con', 'GET', `/v1.0/users/${user}/authentication/methods`);
      return body.value.map((method: Record<string, string>) => method['@odata.type']?.split('.').at(-1));
    };
    expect(await types('smsonly@contoso.com')).toEqual(['phoneAuthenticationMethod']);
    expect(await types('alice@contoso.com')).toEqual(
      expect.arrayContaining(['passwordAuthenticationMethod', 'phoneAuthenticationMethod']),
    );
  });

  it('reports who registered a mobile phone, in pages, and to premium tenants only', async () => {
    const report = '/v1.0/reports/authenticationMethods/userRegistrationDetails';
    const filter = "$filter=methodsRegistered/any(m:m eq 'mobilePhone')";
    const whole = await simulator.graph('con', 'GET', `${report}?${filter}`);
    const first = await simulator.graph('con', 'GET', `${report}?${filter}&$top=5`);
    expect(first.body.value).toEqual(whole.body.value.slice(0, 5));
    expect(first.body['@odata.nextLink']).toContain('$skiptoken');
    expect(whole.body.value.length).toBeGreaterThan(300);
    const roles = ['User.Read.All'];
    expect((await simulator.graph('con', 'GET', report, { roles })).status).toBe(403);
  });

  it('deletes a mobile phone only after the alternate one', async () => {
    const tina = 'twophones@contoso.com';
    expect((await simulator.graph('con', 'DELETE', `${phones(tina)}/${mobile}`)).status).toBe(400);
    expect((await simulator.graph('con', 'DELETE', `${phones(tina)}/${alternate}`)).status).toBe(204);
    expect((await simulator.graph('con', 'DELETE', `${phones(tina)}/${mobile}`)).status).toBe(204);
    expect((await simulator.graph('con', 'GET', phones(tina))).body.value).toEqual([]);
  });

  it('deletes the phone that was the default once another method is', async () => {
    const sven = 'smsonly@contoso.com';
    expect((await simulator.graph('con', 'DELETE', `${phones(sven)}/${mobile}`)).status).toBe(400);
    const preferences = `/beta/users/${sven}/authentication/signInPreferences`;
    const body = { userPreferredMethodForSecondaryAuthentication: 'oath' };
    expect((await simulator.graph('con', 'PATCH', preferences, { body })).status).toBe(204);
    expect((await simulator.graph('con', 'DELETE', `${phones(sven)}/${mobile}`)).status).toBe(204);
  });

  it('writes each change into the directory audit, newest first', async () => {
    await act('alice@contoso.com', 'disableSmsSignIn');
    await simulator.control.advance('PT1M');
    await act('alice@contoso.com', 'enableSmsSignIn');
    const filter = `$filter=category eq 'UserManagement' and targetResources/any(t:t/id eq '${simulator.personId('alice')}')`;
    const audits = await simulator.graph('con', 'GET', `/v1.0/auditLogs/directoryAudits?${filter}`);
    expect(
      (audits.body.value as { activityDisplayName: string }[]).map((row) => row.activityDisplayName),
    ).toEqual(['Admin enabled phone sign-in', 'Admin disabled phone sign-in']);
  });
});
