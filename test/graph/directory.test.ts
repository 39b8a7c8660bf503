import { isExternal } from '../../src/graph/directory';
import { maskNumber } from '../../src/graph/authentication-methods';
import { expectedPrincipalName } from '../../src/graph/users';
import { packFor } from '../../src/graph/permissions';
import { licencesOf, servicePlanIds, subscribedSkuSchema } from '../../src/graph/subscribed-skus';
import {
  operatorRoleTemplateIds,
  readerRoleTemplateIds,
  roleName,
  rolesFor,
} from '../../src/graph/role-templates';

const member = {
  userPrincipalName: 'ann@contoso.com',
  userType: 'Member',
  creationType: null,
  externalUserState: null,
};

describe('who counts as external', () => {
  it.each([
    ['a member', {}, false],
    ['a guest', { userType: 'Guest' }, true],
    ['a member with #EXT# in the name', { userPrincipalName: 'ann_fab.com#ext#@contoso.com' }, true],
    ['a member that was invited', { creationType: 'Invitation' }, true],
    ['a member with a redemption state', { externalUserState: 'Accepted' }, true],
    ['somebody without a type', { userType: null }, true],
  ])('%s', (_, changes, expected) => {
    expect(isExternal({ ...member, ...changes })).toBe(expected);
  });
});

describe('small rules of the directory', () => {
  it('masks a phone number but for its last two digits, and how long it is', () => {
    expect(maskNumber('+1 2065555555')).toBe('+•• ••• ••55');
    expect(maskNumber('1234')).toBe('+•• ••• ••••');
    expect(maskNumber(null)).toBeNull();
  });

  it('knows how a synchronized user is called in the target', () => {
    expect(expectedPrincipalName('ann@contoso.com', 'fab.onmicrosoft.com')).toBe(
      'ann_contoso.com#EXT#@fab.onmicrosoft.com',
    );
  });

  it('counts licences by service plan, not by SKU name', () => {
    const sku = (servicePlanId: string, enabled: number, capabilityStatus = 'Enabled') =>
      subscribedSkuSchema.parse({
        skuPartNumber: 'ANYTHING',
        capabilityStatus,
        prepaidUnits: { enabled },
        servicePlans: [{ servicePlanId, provisioningStatus: 'Success' }],
      });
    expect(
      licencesOf([
        sku(servicePlanIds.p1, 10),
        sku(servicePlanIds.p2, 5),
        sku(servicePlanIds.p1, 100, 'Suspended'),
      ]),
    ).toEqual({ p1: 15, p2: 5, governance: 0 });
  });

  it('uses the read application wherever it can', () => {
    expect(packFor(['Policy.Read.All', 'Policy.ReadWrite.CrossTenantAccess'])).toBe('read');
    expect(packFor(['Synchronization.ReadWrite.All'])).toBe('write');
  });

  it('names roles, and lets no reader role request a change', () => {
    expect(roleName(rolesFor.crossTenantAccess[0])).toBe('Security Administrator');
    expect(roleName('unknown')).toBe('unknown');
    expect(operatorRoleTemplateIds.filter((id) => readerRoleTemplateIds.includes(id))).toEqual([]);
  });
});
