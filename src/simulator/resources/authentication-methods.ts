import { z } from 'zod/v4';
import { readJsonBody } from '../body';
import { activeRoleTemplates, hasPremium } from '../groups';
import { namedGuid } from '../hash';
import { collectionAnswer, entityAnswer, type Shown } from '../odata';
import { Refusal } from '../refusal';
import type { Answer, Call, Route } from '../route';
import { authenticationOf, listUsers, setAuthentication } from '../users';
import type { User } from '../world';
import { readsMethods, showPhone } from './phone-methods';
import { userOfPath } from './users';

function listMethods(call: Call): Answer {
  const user = userOfPath(call);
  const { phones, authenticator, fido2, password } = authenticationOf(call.world, call.tenant, user.id);
  const typed = (type: string, id: string, more: Shown = {}): Shown => ({
    '@odata.type': `#microsoft.graph.${type}AuthenticationMethod`,
    id,
    ...more,
  });
  const items: Shown[] = [];
  if (password !== false) {
    const more = { password: null, createdDateTime: user.createdDateTime };
    items.push(typed('password', '28c10230-6103-485e-b985-444c60001490', more));
  }
  items.push(...phones.map((phone) => typed('phone', phone.id, showPhone(phone))));
  if (authenticator) {
    const more = { displayName: 'Phone', deviceTag: 'SoftwareTokenActivated', phoneAppVersion: '6.2407.1' };
    items.push(typed('microsoftAuthenticator', namedGuid(user.id, 'authenticator'), more));
  }
  if (fido2)
    items.push(typed('fido2', namedGuid(user.id, 'fido2'), { displayName: 'Key', model: 'Security key' }));
  return collectionAnswer(call, { context: 'methods', items, show: (method) => method });
}

function registration(call: Call, user: User): Shown {
  const { phones, authenticator, fido2, preferred } = authenticationOf(call.world, call.tenant, user.id);
  const methods = phones.map(({ phoneType }) => registeredNames[phoneType]);
  if (authenticator) methods.push('microsoftAuthenticatorPush');
  if (fido2) methods.push('fido2SecurityKey');
  const strong = methods.some((method) => method !== 'officePhone');
  return {
    id: user.id,
    userPrincipalName: user.userPrincipalName,
    userDisplayName: user.displayName,
    userType: user.userType.toLowerCase(),
    isAdmin: activeRoleTemplates(call.tenant, user).length > 0,
    isMfaRegistered: strong,
    isMfaCapable: strong,
    isSsprRegistered: strong,
    isSsprEnabled: true,
    isSsprCapable: strong,
    isPasswordlessCapable: fido2,
    methodsRegistered: methods,
    systemPreferredAuthenticationMethods: [],
    isSystemPreferredAuthenticationMethodEnabled: false,
    userPreferredMethodForSecondaryAuthentication: preferred,
    lastUpdatedDateTime: new Date(call.now).toISOString(),
  };
}

const registeredNames = {
  mobile: 'mobilePhone',
  alternateMobile: 'alternateMobilePhone',
  office: 'officePhone',
} as const as Record<'mobile' | 'alternateMobile' | 'office', string>;

function listRegistrations(call: Call): Answer {
  if (!hasPremium(call.tenant)) {
    throw new Refusal(
      403,
      'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
      "Neither tenant is B2C or tenant doesn't have premium license",
    );
  }
  return collectionAnswer(call, {
    context: 'reports/authenticationMethods/userRegistrationDetails',
    items: listUsers(call.world, call.tenant),
    show: (user) => registration(call, user),
  });
}

const preferencesPatch = z.strictObject({
  userPreferredMethodForSecondaryAuthentication: z
    .enum(['push', 'oath', 'voiceMobile', 'voiceAlternateMobile', 'voiceOffice', 'sms'])
    .optional(),
  isSystemPreferredAuthenticationMethodEnabled: z.boolean().optional(),
});

function updatePreferences(call: Call): Answer {
  const patch = readJsonBody(preferencesPatch, call.body);
  const user = userOfPath(call);
  const preferred = patch.userPreferredMethodForSecondaryAuthentication;
  if (preferred) {
    const authentication = authenticationOf(call.world, call.tenant, user.id);
    setAuthentication(call.world, call.tenant, user.id, { ...authentication, preferred });
  }
  return { status: 204 };
}

const preferences = '/beta/users/{userId}/authentication/signInPreferences';
const flags = [
  'isAdmin',
  'isMfaRegistered',
  'isMfaCapable',
  'isSsprRegistered',
  'isSsprEnabled',
  'isSsprCapable',
];

export const authenticationRoutes: readonly Route[] = [
  {
    ...{ method: 'GET', path: '/v1.0/users/{userId}/authentication/methods', operation: 'methods.list' },
    ...{ permissions: readsMethods, throttle: 'reports', isWrite: false },
    run: listMethods,
  },
  {
    ...{ method: 'GET', path: '/v1.0/reports/authenticationMethods/userRegistrationDetails' },
    ...{ operation: 'userRegistrationDetails.list', permissions: ['AuditLog.Read.All'] },
    ...{ throttle: 'reports', isWrite: false },
    query: {
      options: ['$filter', '$orderby', '$top', '$skiptoken'],
      filter: {
        'methodsRegistered/any': ['eq'],
        userDisplayName: ['eq', 'startswith'],
        userPrincipalName: ['eq', 'startswith'],
        userType: ['eq'],
        isPasswordlessCapable: ['eq'],
        ...Object.fromEntries(flags.map((flag) => [flag, ['eq'] as const])),
      },
      orderby: ['userDisplayName', 'userPrincipalName'],
      page: { size: 999, max: 999 },
    },
    run: listRegistrations,
  },
  {
    ...{ method: 'GET', path: preferences, operation: 'signInPreferences.get', permissions: readsMethods },
    ...{ throttle: 'reports', isWrite: false },
    run: (call) => {
      const { preferred } = authenticationOf(call.world, call.tenant, userOfPath(call).id);
      const shown = preferred === 'none' ? null : preferred;
      return entityAnswer(call, 'signInPreferences', {
        isSystemPreferredAuthenticationMethodEnabled: false,
        userPreferredMethodForSecondaryAuthentication: shown,
      });
    },
  },
  {
    ...{ method: 'PATCH', path: preferences, operation: 'signInPreferences.update' },
    ...{ permissions: ['UserAuthenticationMethod.ReadWrite.All'], throttle: 'directory', isWrite: true },
    run: updatePreferences,
  },
];
