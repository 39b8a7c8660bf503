import { activeRoleTemplates, hasPremium } from '../groups';
import { collectionAnswer, type Shown } from '../odata';
import { Refusal } from '../refusal';
import type { Call, Route } from '../route';
import { authenticationOf, listUsers } from '../users';
import type { Authentication, DirectoryAudit, User } from '../world';

const readsAudit = ['AuditLog.Read.All', 'Directory.Read.All'];

function registeredMethods(authentication: Authentication): string[] {
  const phones = authentication.phones.map(({ phoneType }) =>
    phoneType === 'mobile' ? 'mobilePhone' : phoneType === 'office' ? 'officePhone' : 'alternateMobilePhone',
  );
  const app = authentication.authenticator ? ['microsoftAuthenticatorPush', 'softwareOneTimePasscode'] : [];
  return [...phones, ...app, ...(authentication.fido2 ? ['passKeyDeviceBound'] : [])];
}

/** One row of the registration report (facts 5.3). */
function registration(call: Call, user: User): Shown {
  const authentication = authenticationOf(call.world, call.tenant, user.id);
  const methodsRegistered = registeredMethods(authentication);
  const isCapable = methodsRegistered.length > 0;
  return {
    id: user.id,
    userPrincipalName: user.userPrincipalName,
    userDisplayName: user.displayName,
    userType: user.userType === 'Guest' ? 'guest' : 'member',
    isAdmin: activeRoleTemplates(call.tenant, user).length > 0,
    isMfaRegistered: isCapable,
    isMfaCapable: isCapable,
    isSsprRegistered: isCapable,
    isSsprEnabled: true,
    isSsprCapable: isCapable,
    isPasswordlessCapable: authentication.fido2 || authentication.authenticator,
    methodsRegistered,
    systemPreferredAuthenticationMethods: isCapable ? ['Sms'] : [],
    isSystemPreferredAuthenticationMethodEnabled: true,
    userPreferredMethodForSecondaryAuthentication: authentication.preferred,
    lastUpdatedDateTime: user.createdDateTime,
  };
}

function* reported(call: Call): Iterable<User> {
  if (!hasPremium(call.tenant)) {
    throw new Refusal(
      403,
      'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
      "Neither tenant is B2C or tenant doesn't have premium license",
    );
  }
  yield* listUsers(call.world, call.tenant);
}

function showAudit(audit: DirectoryAudit): Shown {
  const { initiatedByApp, initiatedByUser, targets, details, ...shown } = audit;
  return {
    ...shown,
    initiatedBy: {
      app: initiatedByApp ? { appId: initiatedByApp, displayName: null } : null,
      user: initiatedByUser ? { id: initiatedByUser, userPrincipalName: null } : null,
    },
    targetResources: targets.map((target) => ({ ...target, modifiedProperties: [] })),
    additionalDetails: details,
  };
}

/** What administrators look up afterwards: newest first. */
export const reportRoutes: readonly Route[] = [
  {
    ...{ method: 'GET', path: '/v1.0/reports/authenticationMethods/userRegistrationDetails' },
    ...{ operation: 'userRegistrationDetails.list', permissions: readsAudit },
    ...{ throttle: 'reports', isWrite: false },
    query: {
      options: ['$filter', '$orderby', '$skiptoken'],
      filter: {
        id: ['eq'],
        isAdmin: ['eq'],
        isMfaRegistered: ['eq'],
        isMfaCapable: ['eq'],
        userType: ['eq'],
        userDisplayName: ['eq', 'startswith'],
        userPrincipalName: ['eq', 'startswith'],
        'methodsRegistered/any': ['eq'],
      },
      orderby: ['userPrincipalName', 'userDisplayName'],
    },
    run: (call) =>
      collectionAnswer(call, {
        context: 'reports/authenticationMethods/userRegistrationDetails',
        items: reported(call),
        show: (user) => registration(call, user),
      }),
  },
  {
    ...{ method: 'GET', path: '/v1.0/auditLogs/directoryAudits', operation: 'directoryAudits.list' },
    ...{ permissions: readsAudit, throttle: 'reports', isWrite: false },
    query: {
      options: ['$filter', '$top', '$orderby', '$skiptoken'],
      filter: {
        id: ['eq'],
        activityDateTime: ['eq', 'ge', 'le'],
        activityDisplayName: ['eq', 'startswith'],
        category: ['eq'],
        loggedByService: ['eq'],
        result: ['eq'],
      },
      orderby: ['activityDateTime'],
    },
    run: (call) =>
      collectionAnswer(call, {
        context: 'auditLogs/directoryAudits',
        items: [...call.tenant.audits].reverse(),
        show: showAudit,
      }),
  },
];
