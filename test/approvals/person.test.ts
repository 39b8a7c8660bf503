import { findLink, isSamePerson, normalPerson, normalTenant } from '../../src/approvals/person';
import { tenantConfig } from '../helpers/fake-directory';

const one = { tenantId: 'AA', objectId: 'One', displayName: 'Ann' };

describe('a person', () => {
  it('is known by tenant and object id in lower case, and shown by name', () => {
    expect(normalPerson(one)).toEqual({ tenantId: 'aa', objectId: 'one', displayName: 'Ann' });
  });

  it('is the same in any letters and by any name', () => {
    expect(isSamePerson(one, { tenantId: 'aa', objectId: 'ONE', displayName: 'Else' })).toBe(true);
    expect(isSamePerson({ ...one, tenantId: 'aa' }, one)).toBe(true);
    expect(isSamePerson(one, { ...one, tenantId: 'bb' })).toBe(false);
    expect(isSamePerson(one, { ...one, objectId: 'two' })).toBe(false);
  });
});

describe('a tenant of the settings', () => {
  it('is compared in lower case, with all it names', () => {
    const tenant = tenantConfig('AA', { approvers: { tenantId: 'BB', groupId: 'GG' }, viewers: undefined });
    expect(normalTenant({ ...tenant, breakGlass: ['ONE'] })).toEqual({
      ...tenant,
      tenantId: 'aa',
      groups: { approvers: { tenantId: 'bb', groupId: 'gg' }, viewers: undefined },
      breakGlass: ['one'],
    });
    expect(normalTenant(tenant)).not.toHaveProperty('breakGlass');
  });
});

describe('a link', () => {
  const tenants = [tenantConfig('aa'), tenantConfig('bb')];

  it('is found when the settings name both its tenants', () => {
    const tenant = (id: string) => ({ tenantId: id, key: id, displayName: `Tenant ${id}`, cloud: 'public' });
    expect(findLink(tenants, 'AA', 'bb')).toEqual({ source: tenant('aa'), target: tenant('bb') });
    expect(findLink(tenants, 'aa', 'aa')).toEqual({ source: tenant('aa'), target: tenant('aa') });
  });

  it('is nothing when one of them is not named', () => {
    expect([findLink(tenants, 'aa', 'cc'), findLink(tenants, 'cc', 'bb'), findLink([], 'aa', 'bb')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
