import { createGraph } from '../../src/graph/create-graph';
import type { Pace } from '../../src/graph/pace';
import { permissionNames } from '../../src/graph/permissions';
import { listMembers } from '../../src/graph/users';
import { scanSms, type ScanProgress, type ScannedUser, type SmsScan } from '../../src/scans';
import { startTestSimulator, type TestSimulator } from '../helpers/simulator';

jest.setTimeout(120_000);

const clientId = '5ca40000-0000-4000-8000-000000000001';
const phoneClientId = '5ca40000-0000-4000-8000-000000000002';
const scope = { kind: 'assigned', users: 0, isComplete: true } as const;

/** Waiting moves the clock of this process, which the simulator's throttle reads too: no second is really waited. */
function startFlying(): Pace & { readonly slept: () => number } {
  let ahead = 0;
  const real = Date.now.bind(Date);
  jest.spyOn(Date, 'now').mockImplementation(() => real() + ahead);
  return {
    now: () => Date.now(),
    random: () => 0.5,
    sleep: async (milliseconds) => void (ahead += milliseconds),
    slept: () => ahead,
  };
}

describe('scanning for SMS sign-in', () => {
  let simulator: TestSimulator;
  let known: readonly ScannedUser[] = [];
  const pace = startFlying();

  beforeAll(async () => {
    simulator = await startTestSimulator({ users: 300 });
    await consent([...permissionNames('read')]);
    known = await everybody();
  }, 120_000);
  afterAll(async () => {
    await simulator.close();
    jest.restoreAllMocks();
  });
  beforeEach(async () => {
    await simulator.control.reset();
    await consent([...permissionNames('read')]);
  });

  async function consent(permissions: readonly string[], phone = true): Promise<void> {
    await simulator.control.applications([
      { clientId, displayName: 'Read', permissions: [...permissions] },
      { clientId: phoneClientId, displayName: 'Phone', permissions: [...permissionNames('phone')] },
    ]);
    await simulator.control.consent('con', 'all', clientId);
    if (phone) await simulator.control.consent('con', 'all', phoneClientId);
  }

  function reader() {
    const tenant = { tenantId: simulator.tenantId('con'), key: 'con', displayName: 'Contoso' };
    const credential = { type: 'simulator' } as const;
    const graph = createGraph(
      {
        mode: 'local',
        graphBaseUrl: simulator.url,
        authorityUrl: simulator.url,
        writesEnabled: false,
        tenants: [{ ...tenant, cloud: 'public', groups: {} }],
        packs: {
          read: { clientId, credential },
          write: { clientId, credential },
          phone: { clientId: phoneClientId, credential },
        },
      },
      { pace },
    );
    return graph.read(tenant.tenantId);
  }

  async function everybody(limit = 5_000): Promise<readonly ScannedUser[]> {
    const { items } = await listMembers(reader(), limit);
    return items.map(({ id, displayName }) => ({ id, name: displayName ?? id }));
  }

  /** Whom the simulator itself holds for SMS users, whatever the scan says. */
  async function truth(users: readonly ScannedUser[], state: string): Promise<readonly string[]> {
    const found: string[] = [];
    for (const { id } of users) {
      const path = `/v1.0/users/${id}/authentication/phoneMethods`;
      const { body } = await simulator.graph('con', 'GET', path);
      const { value } = body as { value: { smsSignInState: string }[] };
      if (value.some(({ smsSignInState }) => smsSignInState === state)) found.push(id);
      await pace.sleep(2_100);
    }
    return found.toSorted();
  }

  const idsOf = ({ findings }: SmsScan, ...classes: readonly string[]) =>
    findings
      .filter((finding) => classes.includes(finding.class))
      .map(({ userId }) => userId)
      .toSorted();

  const quiet = async () => undefined;

  it('misses nobody: the same users as asking each one finds', async () => {
    const users = known.slice(0, 300);
    const scan = await scanSms({ graph: reader(), scope, users, onProgress: quiet });
    expect(idsOf(scan, 'safe', 'locked-out', 'administrator')).toEqual(await truth(users, 'ready'));
    const byName = new Map(scan.findings.map((one) => [one.userPrincipalName, one]));
    expect(byName.get('alice@contoso.com')).toMatchObject({ class: 'safe', state: 'ready' });
    expect(byName.get('smsonly@contoso.com')).toMatchObject({ class: 'locked-out' });
    expect(JSON.stringify(scan)).not.toMatch(/\+1 ?\d/);
    expect(byName.get('alice@contoso.com')?.maskedNumber).toMatch(/^\+•• ••• ••\d\d$/);
  });

  it('asks everybody whom the policy lets when the registration report is out of reach, and says why', async () => {
    await consent(permissionNames('read').filter((name) => name !== 'AuditLog.Read.All'));
    const users = known.slice(0, 120);
    const scan = await scanSms({ graph: reader(), scope, users, onProgress: quiet });
    expect(scan.report).toEqual({ outcome: 'unread', reason: 'the permission for it is missing' });
    expect(idsOf(scan, 'safe', 'locked-out', 'administrator')).toEqual(await truth(users, 'ready'));
    expect(
      scan.findings.find(({ userPrincipalName }) => userPrincipalName === 'smsonly@contoso.com'),
    ).toMatchObject({ class: 'locked-out' });
  });

  it('calls nobody safe when it cannot see what else is registered', async () => {
    await simulator.control.reset();
    await consent(
      permissionNames('read').filter((name) => name !== 'AuditLog.Read.All'),
      false,
    );
    const users = known.slice(0, 60);
    const scan = await scanSms({ graph: reader(), scope, users, onProgress: quiet });
    expect(idsOf(scan, 'unclear').length).toBeGreaterThan(0);
    expect(idsOf(scan, 'safe', 'locked-out')).toEqual([]);
  });

  it('asks everybody with a mobile phone when the method policy is out of reach', async () => {
    await consent(permissionNames('read').filter((name) => name !== 'Policy.Read.AuthenticationMethod'));
    const users = known.slice(0, 60);
    const scan = await scanSms({ graph: reader(), scope, users, onProgress: quiet });
    expect(scan.policy).toEqual({ outcome: 'unread', reason: 'the permission for it is missing' });
    expect(idsOf(scan, 'not-unique')).toEqual(await truth(users, 'phoneNumberNotUnique'));
  });

  it('goes on where a long scan stopped', async () => {
    const users = known.slice(0, 300);
    const whole = await scanSms({ graph: reader(), scope, users, onProgress: quiet });
    let part = await scanSms({ graph: reader(), scope, users, limit: 9, onProgress: quiet });
    expect(part).toMatchObject({ asked: 9, notAsked: whole.asked - 9 });
    for (let rounds = 0; part.notAsked > 0 && rounds < 20; rounds += 1) {
      part = await scanSms({ graph: reader(), scope, users, limit: 9, previous: part, onProgress: quiet });
    }
    expect(part).toEqual(whole);
  });

  it('asks nobody when the policy lets nobody sign in by SMS', async () => {
    const path = '/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/sms';
    await simulator.graph('con', 'PATCH', path, {
      body: { '@odata.type': '#microsoft.graph.smsAuthenticationMethodConfiguration', state: 'disabled' },
    });
    const users = known.slice(0, 60);
    const scan = await scanSms({ graph: reader(), scope, users, onProgress: quiet });
    expect(scan).toMatchObject({ asked: 0, findings: [], policy: { targets: [], excluded: 60 } });
  });

  it('asks of 5,000 users only those who may sign in by SMS and have a mobile phone', async () => {
    await simulator.close();
    simulator = await startTestSimulator({ users: 5_000 });
    await consent([...permissionNames('read')]);
    const users = await everybody();
    expect(users.length).toBeGreaterThan(4_500);
    const progress: ScanProgress[] = [];
    const before = await simulator.control.requests();
    const scan = await scanSms({
      graph: reader(),
      scope: { ...scope, users: users.length },
      users,
      onProgress: async (one) => void progress.push(one),
    });
    const after = await simulator.control.requests();
    const reports = (of: typeof after) => of['con']?.['reports'] ?? { requests: 0, throttled: 0 };
    const asked = reports(after).requests - reports(before).requests;
    expect(scan.asked).toBeGreaterThan(100);
    expect(scan.asked).toBeLessThan(users.length / 8);
    // One question each, and a few pages of the report.
    expect(asked).toBeLessThanOrEqual(scan.asked + 6);
    expect(reports(after).throttled - reports(before).throttled).toBe(0);
    expect(scan).toMatchObject({ unread: 0, notAsked: 0, lastAskedId: null });
    expect(scan.policy).toMatchObject({ outcome: 'read', targets: [{ name: 'Frontline' }] });
    const { policy, report } = scan;
    const excluded =
      (policy.outcome === 'read' ? policy.excluded : 0) + (report.outcome === 'read' ? report.excluded : 0);
    expect(scan.asked + excluded).toBe(users.length);
    expect(scan.off + scan.findings.length).toBe(scan.asked);
    expect(progress.at(0)).toEqual({ done: 0, total: scan.asked, found: 0 });
    expect(progress.length).toBe(Math.ceil(scan.asked / 5));
  });
});
