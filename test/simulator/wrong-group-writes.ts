import { groupId } from './sync/linked';
import { wrong, type WrongRequest } from './wrong-request';

const bad = { status: 400, code: 'Request_BadRequest' } as const;
const missing = { status: 404, code: 'Request_ResourceNotFound' } as const;
const denied = { roles: ['Group.Read.All'], status: 403, code: 'Authorization_RequestDenied' } as const;
const nobody = '00000000-0000-4000-8000-000000000000';

const group = (name: string) => `/v1.0/groups/${groupId(name)}`;
const reference = (id: string) => ({
  '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}`,
});

/** Wrong changes to groups. */
export const groupWrites: readonly WrongRequest[] = [
  ...wrong(
    'PATCH',
    group('All Sales'),
    { why: 'a rule that is none', body: { membershipRule: 'department = Sales' }, ...bad },
    { why: 'an unfinished rule', body: { membershipRule: '(user.department -eq "Sales"' }, ...bad },
    { why: 'an unknown property', body: { rule: 'x' }, ...bad },
    { why: 'no permission to write', body: { description: 'x' }, ...denied },
  ),
  ...wrong('PATCH', group('Pilot'), {
    why: 'a rule for a static group',
    body: { membershipRule: '(user.department -eq "Sales")' },
    ...bad,
  }),
  ...wrong(
    'POST',
    `${group('Pilot')}/members/$ref`,
    { why: 'a member already', body: reference('{bob}'), ...bad },
    { why: 'nobody', body: reference(nobody), ...missing },
    { why: 'an id alone', body: { id: '{zoe}' }, ...bad },
    { why: 'no permission to write', body: reference('{zoe}'), ...denied },
  ),
  ...wrong('POST', `${group('All Sales')}/members/$ref`, {
    why: 'dynamic membership',
    body: reference('{zoe}'),
    ...bad,
  }),
  ...wrong(
    'DELETE',
    `${group('Pilot')}/members/{zoe}/$ref`,
    { why: 'no member', ...missing },
    { why: 'no permission to write', ...denied },
  ),
  ...wrong('DELETE', `${group('All Sales')}/members/{zoe}/$ref`, { why: 'dynamic membership', ...bad }),
];
