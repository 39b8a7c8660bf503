import { BotError } from '../../src/errors';
import type { GraphRead } from '../../src/graph/client';
import { roleTemplates } from '../../src/graph/role-templates';
import {
  mayOperate,
  mayOperateLink,
  mayView,
  mayViewLink,
  Standings,
  type Known,
} from '../../src/commands/standing';

const [home, other] = ['aaaaaaaa-0000-4000-8000-000000000001', 'bbbbbbbb-0000-4000-8000-000000000002'];
const tenant = (tenantId: string) => ({ tenantId, key: 'k', displayName: 'T', cloud: 'public' as const });
const person = { tenantId: home, objectId: 'me', displayName: 'Me' };

function known(fields: Partial<Known>): Known {
  return {
    outcome: 'known',
    person,
    userPrincipalName: null,
    roles: [],
    eligibleRoles: [],
    groups: [],
    ...fields,
  };
}

describe('what somebody may', () => {
  it('comes from active roles in their own tenant, never from eligible ones', () => {
    const security = known({ roles: [roleTemplates.securityAdministrator] });
    expect([mayView(security, tenant(home)), mayOperate(security, tenant(home))]).toEqual([true, true]);
    expect([mayView(security, tenant(other)), mayOperate(security, tenant(other))]).toEqual([false, false]);
    const eligible = known({ eligibleRoles: [roleTemplates.globalAdministrator] });
    expect([mayView(eligible, tenant(home)), mayOperate(eligible, tenant(home))]).toEqual([false, false]);
  });

  it.each([
    ['globalReader', true, false],
    ['securityReader', true, false],
    ['privilegedRoleAdministrator', true, false],
    ['hybridIdentityAdministrator', true, true],
    ['userAdministrator', false, false],
    ['teamsAdministrator', false, false],
  ] as const)('lets a %s look: %s, ask for changes: %s', (role, looks, asks) => {
    const one = known({ roles: [roleTemplates[role]] });
    expect([mayView(one, tenant(home)), mayOperate(one, tenant(home))]).toEqual([looks, asks]);
  });

  it('comes from configured groups for the tenant that names them', () => {
    const viewer = known({ groups: [{ tenantId: other, name: 'viewers' }] });
    expect([mayView(viewer, tenant(other)), mayOperate(viewer, tenant(other))]).toEqual([true, false]);
    expect(mayView(viewer, tenant(home))).toBe(false);
    const operator = known({ groups: [{ tenantId: other, name: 'operators' }] });
    const link = { source: tenant(home), target: tenant(other) };
    expect([mayViewLink(operator, link), mayOperateLink(operator, link)]).toEqual([true, true]);
  });
});

describe('reading it', () => {
  /** A directory of one user; what it says can be changed between reads. */
  function directory(user: object | Error) {
    const said = { user, reads: 0 };
    const graph = {
      tenantId: home,
      find: (_path: string, { schema }: { schema: { parse(value: unknown): unknown } }) => {
        said.reads += 1;
        return said.user instanceof Error
          ? Promise.reject(said.user)
          : Promise.resolve(schema.parse(said.user));
      },
      list: () => Promise.resolve({ items: [], isComplete: true, count: null }),
    } as unknown as GraphRead;
    return { said, graph };
  }

  const member = { id: 'me', userType: 'Member', accountEnabled: true, userPrincipalName: 'me@home.example' };

  it.each([
    ['a guest', { ...member, userType: 'Guest' }],
    ['a member that came by synchronization', { ...member, userPrincipalName: 'me_other#EXT#@home.example' }],
    ['an invited member', { ...member, creationType: 'Invitation' }],
    ['a disabled person', { ...member, accountEnabled: false }],
    ['somebody whose account cannot be told', { ...member, accountEnabled: undefined }],
  ])('refuses %s, with one read a minute', async (_, user) => {
    let now = 0;
    const { said, graph } = directory(user);
    const standings = new Standings(
      [],
      () => graph,
      () => now,
    );
    for (const live of [false, true, true]) {
      expect((await standings.of(person, live)).outcome).toBe('refused');
    }
    expect(said.reads).toBe(1);
    now = 60_000;
    await standings.of(person, false);
    expect(said.reads).toBe(2);
  });

  it('remembers a member for reads only, and for a minute', async () => {
    let now = 0;
    const { said, graph } = directory(member);
    const standings = new Standings(
      [],
      () => graph,
      () => now,
    );
    await standings.of(person, false);
    now = 59_999;
    await standings.of(person, false);
    expect(said.reads).toBe(1);
    await standings.of(person, true);
    expect(said.reads).toBe(2);
    standings.forget();
    await standings.of(person, false);
    expect(said.reads).toBe(3);
  });

  it('tells missing consent from a directory that does not answer', async () => {
    const consent = directory(new BotError('consent-missing', 'reading', 'Connect.'));
    expect((await new Standings([], () => consent.graph).of(person, false)).outcome).toBe('unread');
    const down = directory(new BotError('graph-unavailable', 'reading', 'Wait.'));
    await expect(new Standings([], () => down.graph).of(person, false)).rejects.toMatchObject({
      code: 'graph-unavailable',
    });
  });
});
