import {
  auditing,
  coveringRoles,
  isAffected,
  mayApprove,
  mayBreakGlass,
  mayConfirm,
  mayRequest,
  mayStop,
  mayView,
  requesting,
  viewing,
  type AuthorityPorts,
} from '../../src/approvals/authority';
import type { TenantConfig } from '../../src/config';
import { roleTemplates as roles } from '../../src/graph/role-templates';
import { setLogLevel } from '../../src/log';
import type { PlanSubject } from '../../src/plan/subject';
import type { Person } from '../../src/plan/types';
import { FakeDirectory, tenantConfig, type FakePerson } from '../helpers/fake-directory';
import { contentWith, stepIn } from './support/plain-plan';

let directory: FakeDirectory;
let ports: AuthorityPorts;

beforeAll(() => setLogLevel('silent'));
afterAll(() => setLogLevel('info'));
beforeEach(() => {
  directory = new FakeDirectory();
  ports = { directory, tenants: [tenantConfig('aa'), tenantConfig('bb')] };
});

const met = (tenantId: string, held: Partial<FakePerson> = {}): Person =>
  directory.add(tenantId, 'one', held);
const group = (tenantId: string, groupId = 'them') => ({ tenantId, groupId });
const tenantsWith = (groups: TenantConfig['groups'], more: Partial<TenantConfig> = {}) => {
  ports = { directory, tenants: [{ ...tenantConfig('aa', groups), ...more }, tenantConfig('bb')] };
};
const content = contentWith([
  stepIn('aa', ['role-a', 'role-b']),
  stepIn('aa', ['role-c']),
  stepIn('bb', ['role-d']),
]);
const approve = (person: Person, tenantId = 'aa') => mayApprove(ports, person, tenantId, content);
const no = (why: string) => ({ isAllowed: false, why });
const yes = (basis: string) => ({ isAllowed: true, basis });

describe('who may approve for a tenant', () => {
  it('is whoever holds a role for every step there', async () => {
    expect(await approve(met('aa', { roles: ['role-b', 'role-c'] }))).toEqual(yes('role-b+role-c'));
    expect(await approve(met('aa', { roles: ['role-a'] }))).toEqual(no('no-role'));
    expect(await approve(met('aa', { roles: [roles.globalAdministrator] }))).toEqual(
      yes(roles.globalAdministrator),
    );
    expect(await approve(met('bb', { roles: ['role-d'] }), 'bb')).toEqual(yes('role-d'));
  });

  it('is nobody by a role of another tenant', async () => {
    expect(await approve(met('bb', { roles: ['role-a', 'role-c', roles.globalAdministrator] }))).toEqual(
      no('no-role'),
    );
    expect(await approve(met('bb', { eligible: ['role-a', 'role-c'] }))).toEqual(no('no-role'));
  });

  it('is nobody for a tenant that the plan does not change', async () => {
    const other = contentWith([stepIn('bb')]);
    const person = met('aa', { roles: ['role-a', roles.globalAdministrator] });
    expect(await mayApprove(ports, person, 'aa', other)).toEqual(no('no-role'));
  });

  it('says when a role is only eligible, and not when it would not suffice', async () => {
    expect(await approve(met('aa', { roles: ['role-a'], eligible: ['role-c'] }))).toEqual(
      no('eligible-only'),
    );
    expect(await approve(met('aa', { eligible: ['role-c'] }))).toEqual(no('no-role'));
  });

  it('says that no role is held when nobody can tell what is eligible', async () => {
    directory.listEligibleRoleTemplateIds = () => Promise.reject(new Error('down'));
    expect(await approve(met('aa', { roles: ['role-a'] }))).toEqual(no('no-role'));
  });

  it.each<[string, Partial<FakePerson>]>([
    ['guest', { isExternal: true }],
    ['disabled', { accountEnabled: false }],
    ['disabled', { accountEnabled: null }],
    ['guest', { isExternal: true, accountEnabled: false }],
  ])('is no %s', async (why, held) => {
    expect(await approve(met('aa', { roles: ['role-a', 'role-c'], ...held }))).toEqual(no(why));
  });

  it('is nobody whom the directory does not know by just this id', async () => {
    const person = met('aa', { roles: ['role-a', 'role-c'] });
    expect(await approve({ ...person, objectId: 'else-id' })).toEqual(no('unknown-person'));
    expect(await approve({ ...person, objectId: '' })).toEqual(no('unknown-person'));
    const found = await directory.readPerson('aa', person.objectId);
    directory.readPerson = async () => ({ ...found!, objectId: 'ONE-ID' });
    expect(await approve(person)).toEqual(yes('role-a+role-c'));
    directory.readPerson = async () => ({ ...found!, objectId: 'two-id' });
    expect(await approve(person)).toEqual(no('unknown-person'));
  });

  it('asks no directory about strangers and people without an id', async () => {
    expect(await approve(met('zz'))).toEqual(no('stranger'));
    await approve({ ...met('aa'), objectId: '' });
    expect(directory.asked).toBe(0);
  });

  it('is nobody while the directory does not answer', async () => {
    const person = met('aa', { roles: ['role-a', 'role-c'] });
    directory.isDown = true;
    expect(await approve(person)).toEqual(no('lookup-failed'));
  });
});

describe('groups', () => {
  it('count like the roles, for those who are looked up in the tenant of the group', async () => {
    tenantsWith({ approvers: group('aa'), operators: group('aa', 'others') });
    expect(await approve(met('aa', { groups: ['them'] }))).toEqual(yes('group:them'));
    expect(await approve(met('aa', { groups: ['others'] }))).toEqual(no('no-role'));
    expect(await approve(met('bb', { groups: ['them'] }))).toEqual(no('no-role'));
  });

  it('may live in another tenant of the settings', async () => {
    tenantsWith({ approvers: group('bb') });
    expect(await approve(met('bb', { groups: ['them'] }))).toEqual(yes('group:them'));
    expect(await approve(met('aa', { groups: ['them'] }))).toEqual(no('no-role'));
  });

  it('count for their own tenant alone', async () => {
    tenantsWith({ approvers: group('aa') });
    expect(await approve(met('aa', { groups: ['them'] }), 'bb')).toEqual(no('no-role'));
  });

  it('count for nothing in a tenant that the plan does not change', async () => {
    tenantsWith({ approvers: group('aa'), operators: group('aa', 'those') });
    const person = met('aa', { groups: ['them', 'those'] });
    const other = contentWith([stepIn('bb')]);
    expect(await mayApprove(ports, person, 'aa', other)).toEqual(no('no-role'));
    expect(await mayConfirm(ports, person, 'aa', other)).toEqual(no('no-role'));
    expect(await mayApprove(ports, person, 'aa', contentWith([stepIn('aa')]))).toEqual(yes('group:them'));
  });

  it('without an id hold nobody', async () => {
    tenantsWith({ approvers: group('aa', '') });
    expect(await approve(met('aa', { groups: [''] }))).toEqual(no('no-role'));
  });
});

describe('who may confirm their own', () => {
  it.each(['approvers', 'operators'] as const)('are %s too', async (name) => {
    tenantsWith({ [name]: group('aa') });
    expect(await mayConfirm(ports, met('aa', { groups: ['them'] }), 'aa', content)).toEqual(
      yes('group:them'),
    );
  });

  it('is whoever holds a role for every step there, unless the plan changes them', async () => {
    const person = met('aa', { roles: ['role-a', 'role-c'] });
    expect(await mayConfirm(ports, person, 'aa', content)).toEqual(yes('role-a+role-c'));
    expect(await mayConfirm(ports, met('aa', { roles: ['role-a'] }), 'aa', content)).toEqual(no('no-role'));
    tenantsWith({ viewers: group('aa'), auditors: group('aa') });
    expect(await mayConfirm(ports, met('aa', { groups: ['them'] }), 'aa', content)).toEqual(no('no-role'));
    const own = contentWith(content.steps, { subject: userSubject(person) });
    expect(await mayConfirm(ports, person, 'aa', own)).toEqual(no('affected'));
  });
});

describe('who may ask and look', () => {
  const [reader, operator] = [roles.globalReader, roles.applicationAdministrator];

  it.each<[string, typeof mayRequest, string, boolean]>([
    ['ask with a role that can change something', mayRequest, operator, true],
    ['ask as a reader', mayRequest, reader, false],
    ['look as a reader', mayView, reader, true],
    ['look with a role that can change something', mayView, operator, true],
    ['look as whoever gives consent', mayView, roles.privilegedRoleAdministrator, true],
    ['ask as whoever gives consent', mayRequest, roles.privilegedRoleAdministrator, false],
    ['look with a role that has nothing to do with it', mayView, roles.teamsAdministrator, false],
  ])('%s', async (_name, may, role, isAllowed) => {
    const found = await may(ports, met('aa', { roles: ['x', role] }), ['aa', 'bb']);
    expect(found).toEqual(isAllowed ? yes(role) : no('no-role'));
  });

  it.each<[keyof TenantConfig['groups'], boolean, boolean]>([
    ['viewers', false, true],
    ['auditors', false, true],
    ['approvers', false, true],
    ['operators', true, true],
  ])('members of %s: ask %s, look %s', async (name, asks, looks) => {
    tenantsWith({ [name]: group('aa') });
    const person = met('aa', { groups: ['them'] });
    expect((await mayRequest(ports, person, ['aa', 'bb'])).isAllowed).toBe(asks);
    expect((await mayView(ports, person, ['aa', 'bb'])).isAllowed).toBe(looks);
    expect((await mayView(ports, person, ['bb'])).isAllowed).toBe(false);
  });

  it('are named for cards: readers of the audit among them', () => {
    expect(requesting.groups).toEqual(['operators']);
    expect(viewing.groups).toEqual(['viewers', 'operators', 'approvers', 'auditors']);
    expect(auditing).toEqual({ roles: [roles.globalReader, roles.securityReader], groups: ['auditors'] });
  });
});

describe('who may stop what they asked for', () => {
  it('is whoever the directory knows, and everybody while it does not answer', async () => {
    const person = met('aa');
    expect(await mayStop(ports, person)).toEqual(yes('requester'));
    expect(await mayStop(ports, met('aa', { isExternal: true }))).toEqual(no('guest'));
    expect(await mayStop(ports, met('zz'))).toEqual(no('stranger'));
    directory.isDown = true;
    expect(await mayStop(ports, person)).toEqual(yes('requester'));
  });
});

describe('who may break the glass', () => {
  it('is whoever the settings of their own tenant name, and no other', async () => {
    const person = met('aa');
    const may = () => mayBreakGlass(ports, person, content);
    expect(await may()).toEqual(no('no-role'));
    tenantsWith({}, { breakGlass: ['other-id'] });
    expect(await may()).toEqual(no('no-role'));
    tenantsWith({}, { breakGlass: ['other-id', 'one-id'] });
    expect(await may()).toEqual(yes('break-glass'));
    directory.of(person).accountEnabled = false;
    expect(await may()).toEqual(no('disabled'));
    expect(await mayBreakGlass(ports, met('bb'), content)).toEqual(no('no-role'));
    expect(await mayBreakGlass(ports, met('zz'), content)).toEqual(no('stranger'));
  });

  it('is not whoever the plan changes', async () => {
    const person = met('aa');
    tenantsWith({}, { breakGlass: ['one-id'] });
    const own = contentWith(content.steps, { subject: userSubject(person) });
    expect(await mayBreakGlass(ports, person, own)).toEqual(no('affected'));
  });
});

const userSubject = ({ objectId }: Person) =>
  ({
    type: 'user',
    command: '',
    displayName: '',
    userId: objectId.toUpperCase(),
    userPrincipalName: '',
    phoneType: null,
  }) as const satisfies PlanSubject;

describe('whom a plan changes', () => {
  const me: Person = { tenantId: 'aa', objectId: 'One-ID', displayName: 'One' };
  const undo = (parts: readonly PlanSubject[]) =>
    ({ type: 'undo', parts: parts.map((subject) => ({ step: 'job', subject })) }) as unknown as PlanSubject;
  const assigned = (principalId: unknown) => ({
    changes: [...stepIn('aa').changes, { ...stepIn('aa').changes[0]!, parameters: { principalId } as never }],
  });

  it.each<[string, boolean, ReturnType<typeof contentWith>]>([
    ['its subject', true, contentWith([], { subject: userSubject(me) })],
    ['another subject', false, contentWith([], { subject: userSubject({ ...me, objectId: 'two-id' }) })],
    ['nobody', false, contentWith([stepIn('aa')])],
    [
      'whoever an undo names',
      true,
      contentWith([], { subject: undo([userSubject({ ...me, objectId: 'x' }), userSubject(me)]) }),
    ],
    [
      'nobody by an undo of others',
      false,
      contentWith([], { subject: undo([userSubject({ ...me, objectId: 'x' })]) }),
    ],
    ['whoever it assigns', true, contentWith([stepIn('aa'), stepIn('aa', [], assigned('ONE-id'))])],
    ['not those it does not assign', false, contentWith([stepIn('aa', [], assigned('two-id'))])],
    [
      'only a user, though something else has the same id',
      false,
      contentWith([], { subject: { type: 'freeze', userId: 'one-id' } as unknown as PlanSubject }),
    ],
  ])('%s: %s', (_name, isSo, plan) => {
    expect(isAffected(me, plan)).toBe(isSo);
    expect(isAffected({ ...me, tenantId: 'bb' }, plan)).toBe(false);
  });

  it('is said to those whom the directory knows as its own, and to nobody else', async () => {
    const own = contentWith(content.steps, { subject: userSubject(me) });
    const may = (held: Partial<FakePerson>) => mayApprove(ports, met('aa', held), 'aa', own);
    expect(await may({ roles: ['role-a', 'role-c'] })).toEqual(no('affected'));
    expect(await may({})).toEqual(no('affected'));
    expect(await may({ eligible: ['role-a', 'role-c'] })).toEqual(no('affected'));
    expect(await may({ isExternal: true })).toEqual(no('guest'));
    expect(await may({ accountEnabled: false })).toEqual(no('disabled'));
  });
});

describe('roles that cover steps', () => {
  it('are each named once', () => {
    expect(
      coveringRoles(['b', 'a'], [stepIn('aa', ['a']), stepIn('aa', ['x', 'a']), stepIn('aa', ['b'])]),
    ).toBe('a+b');
    expect(coveringRoles(['a'], [])).toBeNull();
    expect(coveringRoles([roles.globalAdministrator], [])).toBeNull();
    expect(coveringRoles(['a'], [stepIn('aa', ['a']), stepIn('aa', ['b'])])).toBeNull();
  });
});
