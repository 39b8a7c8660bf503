import { findApprovers } from '../../src/approvals/candidates';
import { roleTemplates } from '../../src/graph/role-templates';
import { FakeDirectory, tenantConfig } from '../helpers/fake-directory';
import { contentWith, stepIn } from './support/plain-plan';

describe('people who may approve', () => {
  let directory: FakeDirectory;
  beforeEach(() => {
    directory = new FakeDirectory();
  });

  const content = contentWith([stepIn('aa', ['role-a', 'role-b']), stepIn('aa', ['role-c']), stepIn('bb')]);
  const found = async (tenants = [tenantConfig('aa'), tenantConfig('bb')], tenantId = 'aa', plan = content) =>
    (await findApprovers({ tenants, directory }, plan, tenantId)).map(
      (one) => `${one.tenantId}/${one.displayName}`,
    );

  it('hold a role for every step of the tenant, or administer all of it', async () => {
    directory.add('aa', 'all', { roles: ['role-b', 'role-c'] });
    directory.add('aa', 'half', { roles: ['role-a'] });
    directory.add('aa', 'boss', { roles: [roleTemplates.globalAdministrator] });
    directory.add('bb', 'there', { roles: ['role-a', 'role-c'] });
    expect(await found()).toEqual(['aa/all', 'aa/boss']);
    expect(await found(undefined, 'bb')).toEqual(['bb/there']);
  });

  it('are asked for by the roles that the steps name, each once', async () => {
    const asked: unknown[] = [];
    directory.listRoleHolders = async (...args) => {
      asked.push(args);
      return [];
    };
    await found();
    expect(asked).toEqual([['aa', ['role-a', 'role-b', 'role-c', roleTemplates.globalAdministrator]]]);
  });

  it('may be of a group, also of another tenant that the settings name, each person once', async () => {
    directory.add('aa', 'all', { roles: ['role-b', 'role-c'], groups: ['them'] });
    directory.add('aa', 'member', { groups: ['them'] });
    directory.add('bb', 'delegate', { groups: ['them'] });
    const approvers = (tenantId: string) => ({ approvers: { tenantId, groupId: 'them' } });
    expect(await found([tenantConfig('aa', approvers('aa')), tenantConfig('bb')])).toEqual([
      'aa/all',
      'aa/member',
    ]);
    expect(await found([tenantConfig('bb'), tenantConfig('aa', approvers('bb'))])).toEqual([
      'aa/all',
      'bb/delegate',
    ]);
    expect(await found([tenantConfig('aa', approvers('bb'))])).toEqual(['aa/all']);
    expect(await found([tenantConfig('aa'), tenantConfig('bb', approvers('aa'))])).toEqual(['aa/all']);
    expect(await found([tenantConfig('bb', approvers('bb'))])).toEqual(['aa/all']);
  });

  it('are known by lower-case ids', async () => {
    directory.listRoleHolders = async () => [
      { tenantId: 'aa', objectId: 'ALL-id', displayName: 'all', roleTemplateIds: ['role-b', 'role-c'] },
    ];
    expect(await findApprovers({ tenants: [], directory }, content, 'aa')).toEqual([
      { tenantId: 'aa', objectId: 'all-id', displayName: 'all' },
    ]);
  });

  it('are neither the requester nor whoever the plan changes', async () => {
    for (const name of ['asker', 'named', 'other'])
      directory.add('aa', name, { roles: ['role-b', 'role-c'] });
    directory.add('bb', 'asker', { roles: ['role-a'] });
    const subject = { type: 'user', userId: 'named-id' } as never;
    expect(await found(undefined, 'aa', { ...content, subject })).toEqual(['aa/other']);
    expect(await found(undefined, 'bb')).toEqual(['bb/asker']);
  });

  it('are 200 at most', async () => {
    for (let index = 0; index < 201; index += 1)
      directory.add('aa', `p${index}`, { roles: ['role-b', 'role-c'] });
    expect(await found()).toHaveLength(200);
  });
});
