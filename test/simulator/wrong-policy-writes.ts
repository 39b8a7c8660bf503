import { wrong, type WrongRequest } from './wrong-request';

const bad = { status: 400, code: 'Request_BadRequest' } as const;
const denied = { roles: ['Policy.Read.All'], status: 403, code: 'Authorization_RequestDenied' } as const;
const missing = { status: 404, code: 'Request_ResourceNotFound' } as const;
const root = '/v1.0/policies/crossTenantAccessPolicy';
const partners = `${root}/partners`;
const partner = `${partners}/{fab}`;
const unknown = `${partners}/{win}`;
const template = `${root}/templates/multiTenantOrganization`;

function identitySynchronization(version: 'v1.0' | 'beta'): WrongRequest[] {
  const path = `${partner.replace('v1.0', version)}/identitySynchronization`;
  const body = { userSyncInbound: { isSyncAllowed: true } };
  const wrongBodies = (method: string) =>
    wrong(
      method,
      path,
      { why: 'text for a boolean', body: { userSyncInbound: { isSyncAllowed: 'True' } }, ...bad },
      { why: 'an unknown property', body: { isSyncAllowed: true }, ...bad },
      { why: 'no permission to write', body, ...denied },
      { why: 'no body', ...bad },
    );
  return [
    ...wrongBodies('PUT'),
    ...wrong('PUT', path, {
      why: 'it exists already',
      body,
      status: 409,
      code: 'Request_MultipleObjectsWithSameKeyValue',
    }),
    ...wrongBodies('PATCH'),
    ...wrong('PATCH', path.replace('{fab}', '{win}'), {
      why: 'it was never PUT',
      body,
      status: 404,
      code: 'Directory_ObjectNotFound',
    }),
  ];
}

/** Wrong writes of facts 3 and 5.5; Contoso has Fabrikam as a partner with an inbound policy. */
export const policyWrites: readonly WrongRequest[] = [
  ...wrong(
    'PATCH',
    root,
    { why: 'no body', ...bad },
    { why: 'an unknown cloud', body: { allowedCloudEndpoints: ['example.com'] }, ...bad },
    { why: 'no permission to write', body: { displayName: 'New' }, ...denied },
  ),
  ...wrong(
    'PATCH',
    `${root}/default`,
    {
      why: 'automaticUserConsentSettings is read-only here',
      body: { automaticUserConsentSettings: {} },
      ...bad,
    },
    { why: 'text for a boolean', body: { inboundTrust: { isMfaAccepted: 'True' } }, ...bad },
    {
      why: 'an unknown access type',
      body: { b2bCollaborationInbound: { usersAndGroups: { accessType: 'on' } } },
      ...bad,
    },
    { why: 'no permission to write', body: { inboundTrust: null }, ...denied },
  ),
  ...wrong(
    'POST',
    `${root}/default/resetToSystemDefault`,
    { why: 'a body', body: { reset: true }, ...bad },
    { why: 'no permission at all', roles: [], status: 403, code: 'Authorization_RequestDenied' },
    { why: 'no permission to write', ...denied },
  ),
  ...wrong(
    'POST',
    partners,
    { why: 'no tenantId', body: {}, ...bad },
    { why: 'a tenantId that is no GUID', body: { tenantId: 'fabrikam.com' }, ...bad },
    { why: 'its own tenantId', body: { tenantId: '{con}' }, ...bad },
    { why: 'an unknown property', body: { tenantId: '{win}', inboundAllowed: true }, ...bad },
    { why: 'no permission to write', body: { tenantId: '{win}' }, ...denied },
    {
      why: 'it exists already',
      body: { tenantId: '{fab}' },
      status: 409,
      code: 'Request_MultipleObjectsWithSameKeyValue',
    },
  ),
  ...wrong(
    'PATCH',
    partner,
    { why: 'text for a boolean', body: { automaticUserConsentSettings: { inboundAllowed: 'True' } }, ...bad },
    { why: 'nothing to change', body: {}, ...bad },
    { why: 'the key', body: { tenantId: '{win}' }, ...bad },
    { why: 'a property of the inbound policy', body: { identitySynchronization: {} }, ...bad },
    { why: 'no permission to write', body: { inboundTrust: null }, ...denied },
  ),
  ...wrong('PATCH', unknown, { why: 'no such partner', body: { inboundTrust: null }, ...missing }),
  ...wrong(
    'DELETE',
    partner,
    { why: 'its inbound policy is still there', ...bad },
    { why: 'no permission to write', ...denied },
  ),
  ...wrong('DELETE', unknown, { why: 'no such partner', ...missing }),
  ...identitySynchronization('v1.0'),
  ...identitySynchronization('beta'),
  ...wrong('DELETE', `${partner}/identitySynchronization`, { why: 'no permission to write', ...denied }),
  ...wrong(
    'DELETE',
    `${unknown}/identitySynchronization`,
    { why: 'no such partner', ...missing },
    { why: 'no permission at all', roles: [], status: 403, code: 'Authorization_RequestDenied' },
  ),
  ...['PartnerConfiguration', 'IdentitySynchronization'].flatMap((name) => [
    ...wrong(
      'PATCH',
      `${template}${name}`,
      { why: 'an unknown level', body: { templateApplicationLevel: 'allPartners' }, ...bad },
      { why: 'nothing to change', body: {}, ...bad },
      { why: 'no permission to write', body: { templateApplicationLevel: 'none' }, ...denied },
    ),
    ...wrong(
      'POST',
      `${template}${name}/resetToDefaultSettings`,
      { why: 'a body', body: { level: 'none' }, ...bad },
      { why: 'no permission at all', roles: [], status: 403, code: 'Authorization_RequestDenied' },
      { why: 'no permission to write', ...denied },
    ),
  ]),
  ...wrong(
    'PATCH',
    '/v1.0/policies/authorizationPolicy',
    { why: 'an unknown setting', body: { allowInvitesFrom: 'nobody' }, ...bad },
    { why: 'an unknown property', body: { allowInvites: 'none' }, ...bad },
    { why: 'the permission of another policy', body: { allowInvitesFrom: 'none' }, ...denied },
  ),
  ...wrong(
    'PATCH',
    '/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/sms',
    { why: 'an unknown state', body: { state: 'on' }, ...bad },
    {
      why: 'text for a boolean',
      body: { includeTargets: [{ targetType: 'group', id: 'all_users', isUsableForSignIn: 'False' }] },
      ...bad,
    },
    { why: 'no permission to write', body: { state: 'disabled' }, ...denied },
  ),
];
