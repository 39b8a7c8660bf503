import { accessOf, b2bOf, effectiveOf } from '../../src/diagnose/access';
import { defaultPolicySchema, partnerSchema } from '../../src/graph/cross-tenant-access-policy';

function setting(
  users: [string, string[]],
  applications: [string, string[]] = ['allowed', ['AllApplications']],
) {
  return {
    usersAndGroups: {
      accessType: users[0],
      targets: users[1].map((target) => ({ target, targetType: 'user' })),
    },
    applications: {
      accessType: applications[0],
      targets: applications[1].map((target) => ({ target, targetType: 'application' })),
    },
  };
}

const group = '11111111-1111-4111-8111-111111111111';

it.each([
  ['open', setting(['allowed', ['AllUsers']])],
  ['closed', setting(['blocked', ['AllUsers']])],
  ['closed', setting(['allowed', ['AllUsers']], ['blocked', ['AllApplications']])],
  ['partial', setting(['allowed', [group]])],
  ['partial', setting(['blocked', [group]])],
  ['closed', setting(['Blocked', ['allusers']], ['allowed', ['Office365']])],
  ['open', null],
])('reads B2B collaboration as %s', (expected, given) => {
  expect(accessOf(given)).toBe(expected);
});

it('lets a partner entry win over the default, and inherits where it says nothing', () => {
  expect(effectiveOf('open', null)).toEqual({
    byDefault: 'open',
    byPartner: null,
    effective: 'open',
    origin: 'default',
  });
  expect(effectiveOf<string>('open', 'closed')).toMatchObject({ effective: 'closed', origin: 'partner' });
  const blocked = defaultPolicySchema.parse({ b2bCollaborationInbound: setting(['blocked', ['AllUsers']]) });
  const silent = partnerSchema.parse({ tenantId: group });
  const open = partnerSchema.parse({
    tenantId: group,
    b2bCollaborationInbound: setting(['allowed', ['AllUsers']]),
  });
  expect(b2bOf('inbound', blocked, undefined).effective).toBe('closed');
  expect(b2bOf('inbound', blocked, silent)).toMatchObject({ effective: 'closed', origin: 'default' });
  expect(b2bOf('inbound', blocked, open)).toMatchObject({ effective: 'open', origin: 'partner' });
  expect(b2bOf('outbound', blocked, open).effective).toBe('open');
});
