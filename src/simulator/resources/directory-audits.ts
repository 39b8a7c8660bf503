import { instant } from '../clock';
import { hasPremium } from '../groups';
import { collectionAnswer, type Shown } from '../odata';
import type { Call, Route } from '../route';
import { findUser } from '../users';
import type { DirectoryAudit } from '../world';

function show(call: Call, audit: DirectoryAudit): Shown {
  const { initiatedByApp, initiatedByUser, targets, details, modified, ...shown } = audit;
  const user = initiatedByUser ? findUser(call.world, call.tenant, initiatedByUser) : null;
  const application = call.world.applications.find(({ clientId }) => clientId === initiatedByApp);
  return {
    ...shown,
    initiatedBy: {
      app: initiatedByApp && {
        appId: initiatedByApp,
        displayName: application?.displayName ?? initiatedByApp,
        servicePrincipalId: null,
        servicePrincipalName: null,
      },
      user: user && { id: user.id, displayName: user.displayName, userPrincipalName: user.userPrincipalName },
    },
    targetResources: targets.map((target, index) => ({
      ...target,
      modifiedProperties: index === 0 ? (modified ?? []) : [],
    })),
    additionalDetails: details,
  };
}

/** 30 days with Entra ID P1, else 7 (facts 6.1). */
function keptAudits({ tenant, now }: Call): DirectoryAudit[] {
  const days = hasPremium(tenant) ? 30 : 7;
  const oldest = instant(now - days * 86_400_000);
  return tenant.audits.filter(({ activityDateTime }) => activityDateTime >= oldest);
}

export const directoryAuditRoutes: readonly Route[] = [
  {
    ...{ method: 'GET', path: '/v1.0/auditLogs/directoryAudits', operation: 'directoryAudits.list' },
    ...{ permissions: ['AuditLog.Read.All', 'Directory.Read.All'], throttle: 'reports', isWrite: false },
    query: {
      options: ['$filter', '$orderby', '$top', '$skiptoken'],
      filter: {
        id: ['eq'],
        activityDateTime: ['eq', 'ge', 'le'],
        activityDisplayName: ['eq', 'startswith'],
        category: ['eq'],
        correlationId: ['eq'],
        loggedByService: ['eq'],
        result: ['eq'],
        'initiatedBy/user/id': ['eq'],
        'initiatedBy/user/userPrincipalName': ['eq', 'startswith'],
        'initiatedBy/app/appId': ['eq'],
        'targetResources/any/id': ['eq'],
        'targetResources/any/displayName': ['eq', 'startswith'],
      },
      orderby: ['activityDateTime'],
      page: { size: 100, max: 999 },
    },
    run: (call) =>
      collectionAnswer(call, {
        context: 'auditLogs/directoryAudits',
        // Newest first, as the service lists them.
        items: keptAudits(call).reverse(),
        show: (audit) => show(call, audit),
      }),
  },
];
