import {
  allowSync,
  consent,
  instantiate,
  openPolicies,
  secretsFor,
  startLinked,
  syncOptions,
  type Linked,
} from './linked';
import { startTestSimulator } from '../../helpers/simulator';

const credentials = (tenantId: string) => ({
  useSavedCredentials: false,
  templateId: 'Azure2Azure',
  credentials: [
    { key: 'CompanyId', value: tenantId },
    { key: 'AuthenticationType', value: 'SyncPolicy' },
  ],
});

describe('credentials of a configuration', () => {
  let linked: Linked;

  beforeEach(async () => {
    linked = await startLinked();
  });
  afterEach(() => linked.simulator.close());

  const test = (path: string, body: object) => linked.simulator.graph('con', 'POST', path, { body });

  it('stand the test before and after they are saved', async () => {
    const fab = linked.simulator.tenantId('fab');
    const jobs = `${linked.root}/synchronization/jobs`;
    expect(await test(`${jobs}/validateCredentials`, credentials(fab))).toMatchObject({
      status: 204,
      body: undefined,
    });
    expect((await test(`${linked.job}/validateCredentials`, { useSavedCredentials: true })).status).toBe(204);
  });

  it('fail the test with the code of what is off', async () => {
    const { simulator } = linked;
    const [con, fab] = [simulator.tenantId('con'), simulator.tenantId('fab')];
    const code = async () => {
      const path = `${linked.root}/synchronization/jobs/validateCredentials`;
      const { status, body } = await test(path, credentials(fab));
      return [status, body?.error.code, body?.error.message.split('.')[0]];
    };
    await consent(simulator, 'fab', con, { inboundAllowed: false });
    expect(await code()).toEqual([
      400,
      'AzureDirectoryB2BManagementPolicyCheckFailure',
      'Policy permitting auto-redemption of invitations not configured',
    ]);
    await allowSync(simulator, false);
    expect(await code()).toEqual([
      400,
      'AzureActiveDirectoryCrossTenantSyncPolicyCheckFailure',
      'The target tenant has not enabled inbound synchronization with this tenant',
    ]);
    await consent(simulator, 'con', fab, { outboundAllowed: false });
    expect((await code())[2]).toBe(
      'The source tenant has not enabled automatic user consent with the target tenant',
    );
  });

  it('are replaced as a whole, read back, and masked where they are secret', async () => {
    const path = `${linked.root}/synchronization/secrets`;
    const read = async () => (await linked.simulator.graph('con', 'GET', path)).body.value;
    expect(await read()).toEqual(secretsFor(linked.simulator.tenantId('fab')).value);
    const value = [
      { key: 'CompanyId', value: linked.simulator.tenantId('fab') },
      { key: 'SecretToken', value: 'not to be told' },
    ];
    expect((await linked.simulator.graph('con', 'PUT', path, { body: { value } })).status).toBe(204);
    expect(await read()).toEqual([value[0], { key: 'SecretToken', value: '********' }]);
  });
});

it('two configurations may have the same name', async () => {
  const simulator = await startTestSimulator({ users: 60 });
  await syncOptions(simulator, { replicationMs: 0 });
  await openPolicies(simulator);
  const [first, second] = [await instantiate(simulator), await instantiate(simulator)];
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(first.body.servicePrincipal.id).not.toBe(second.body.servicePrincipal.id);
  await simulator.close();
});
