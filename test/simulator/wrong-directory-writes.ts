import { wrong, type WrongRequest } from './wrong-request';

const bad = { status: 400, code: 'Request_BadRequest' } as const;
const missing = { status: 404, code: 'Request_ResourceNotFound' } as const;
const denied = { status: 403, code: 'Authorization_RequestDenied' } as const;
const nobody = '00000000-0000-4000-8000-000000000000';
const mobile = '3179e48a-750b-4051-897c-87b9720928f7';
const office = 'e37fc753-ff3b-4958-9484-eaa9425c82bc';

const phones = (user: string) => `/v1.0/users/${user}/authentication/phoneMethods`;
const phone = (user: string, id = mobile) => `${phones(user)}/${id}`;
const onlyReads = { roles: ['UserAuthMethod-Phone.Read.All'], ...denied };
const servicePrincipal = `/v1.0/servicePrincipals/${nobody}`;
const deletedItem = `/v1.0/directory/deletedItems/${nobody}`;

/** Wrong writes to users, sign-in methods, deleted items and applications. */
export const directoryWrites: readonly WrongRequest[] = [
  ...wrong(
    'PATCH',
    '/v1.0/users/{alice}',
    { why: 'text for a boolean', body: { accountEnabled: 'False' }, ...bad },
    { why: 'an unknown property', body: { isEnabled: false }, ...bad },
    { why: 'the id', body: { id: nobody }, ...bad },
    { why: 'an unverified domain', body: { userPrincipalName: 'alice@example.com' }, ...bad },
    { why: 'no permission to write', body: { jobTitle: 'New' }, roles: ['User.Read.All'], ...denied },
    {
      why: 'a name that is taken',
      body: { userPrincipalName: 'bob@contoso.com' },
      status: 409,
      code: 'Request_MultipleObjectsWithSameKeyValue',
    },
  ),
  ...wrong('PATCH', `/v1.0/users/${nobody}`, { why: 'no such user', body: { jobTitle: 'New' }, ...missing }),
  ...['disableSmsSignIn', 'enableSmsSignIn'].flatMap((action) => [
    ...wrong(
      'POST',
      `${phone('{alice}')}/${action}`,
      { why: 'a body', body: { now: true }, ...bad },
      { why: 'no permission to write', ...onlyReads },
    ),
    ...wrong('POST', `${phone('{zoe}')}/${action}`, { why: 'the user has no such phone', ...missing }),
    ...wrong('POST', `${phone('{alice}', office)}/${action}`, { why: 'no such phone', ...missing }),
  ]),
  ...wrong(
    'PATCH',
    phone('{alice}'),
    { why: 'a number without country', body: { phoneNumber: '5551234' }, ...bad },
    { why: 'another type', body: { phoneType: 'office' }, ...bad },
    { why: 'the SMS state', body: { smsSignInState: 'notEnabled' }, ...bad },
    { why: 'no permission to write', body: { phoneNumber: '+1 2065550111' }, ...onlyReads },
  ),
  ...wrong(
    'POST',
    phones('{alice}'),
    { why: 'a second mobile', body: { phoneNumber: '+1 2065550111', phoneType: 'mobile' }, ...bad },
    { why: 'a number without country', body: { phoneNumber: '5551234', phoneType: 'office' }, ...bad },
    { why: 'no type', body: { phoneNumber: '+1 2065550111' }, ...bad },
    { why: 'no permission to write', body: { phoneNumber: '+1 2065550111' }, ...onlyReads },
  ),
  ...wrong('POST', phones('{zoe}'), {
    why: 'an alternate mobile without a mobile',
    body: { phoneNumber: '+1 2065550111', phoneType: 'alternateMobile' },
    ...bad,
  }),
  ...wrong('DELETE', phone('{alice}'), { why: 'no permission to write', ...onlyReads }),
  ...wrong('DELETE', phone('{zoe}'), { why: 'the user has no such phone', ...missing }),
  ...wrong('DELETE', phone(nobody), { why: 'no such user', ...missing }),
  ...wrong('DELETE', phone('smsonly@contoso.com'), { why: 'it is the default method', ...bad }),
  ...wrong('DELETE', phone('twophones@contoso.com'), { why: 'an alternate mobile is there', ...bad }),
  ...wrong('DELETE', phone('{bob}', office), { why: 'no such phone', ...missing }),
  ...wrong(
    'PATCH',
    '/beta/users/{alice}/authentication/signInPreferences',
    { why: 'an unknown method', body: { userPreferredMethodForSecondaryAuthentication: 'fax' }, ...bad },
    { why: 'an unknown property', body: { preferred: 'push' }, ...bad },
    { why: 'no permission to write', body: {}, ...onlyReads },
  ),
  ...wrong(
    'POST',
    `${deletedItem}/restore`,
    { why: 'no such deleted item', ...missing },
    { why: 'a body', body: { now: true }, ...bad },
    { why: 'no permission to write', roles: ['User.Read.All'], ...denied },
  ),
  ...wrong(
    'DELETE',
    deletedItem,
    { why: 'no such deleted item', ...missing },
    { why: 'no permission to write', roles: ['User.Read.All'], ...denied },
    { why: 'no permission at all', roles: [], ...denied },
  ),
  ...wrong(
    'PATCH',
    servicePrincipal,
    { why: 'no such application', body: { displayName: 'New' }, ...missing },
    { why: 'an unknown property', body: { name: 'New' }, ...bad },
    {
      why: 'no permission to write',
      body: { displayName: 'New' },
      roles: ['Application.Read.All'],
      ...denied,
    },
  ),
  ...wrong(
    'DELETE',
    servicePrincipal,
    { why: 'no such application', ...missing },
    { why: 'no permission to write', roles: ['Application.Read.All'], ...denied },
    { why: 'no permission at all', roles: [], ...denied },
  ),
  ...wrong(
    'DELETE',
    `/v1.0/applications/${nobody}`,
    { why: 'no such application', ...missing },
    { why: 'no permission to write', roles: ['Application.Read.All'], ...denied },
    { why: 'no permission at all', roles: [], ...denied },
  ),
];
