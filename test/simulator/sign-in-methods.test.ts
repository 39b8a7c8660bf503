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
    const sms = '/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/sms';
    const [target] = (await simulator.graph('con', 'GET', sms)).body.includeTargets as object[];
    await act('alice@contoso.com', 'disableSmsSignIn');
    const body = { includeTargets: [{ ...target, isUsableForSignIn: false }] };
    expect((await simulator.graph('con', 'PATCH', sms, { body })).status).toBe(204);
    expect(await act('alice@contoso.com', 'enableSmsSignIn')).toBe(400);
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
