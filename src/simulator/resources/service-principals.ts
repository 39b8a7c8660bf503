import { appendAudit } from '../audits';
import { collectionAnswer, entityAnswer, type Shown } from '../odata';
import { notFound } from '../refusal';
import type { Answer, Call, Route } from '../route';
import { readsApplications, servicePrincipalOf } from '../sync/found';
import type { ServicePrincipal } from '../world';

const writesApplications = [
  'Application.ReadWrite.OwnedBy',
  'Application.ReadWrite.All',
  'Directory.ReadWrite.All',
];

/** A service principal as Graph shows it. */
function showServicePrincipal(tenantId: string, principal: ServicePrincipal): Shown {
  const { applicationId: _application, ...shown } = principal;
  return {
    ...shown,
    appDisplayName: principal.displayName,
    appOwnerOrganizationId: tenantId,
    servicePrincipalType: 'Application',
    signInAudience: 'AzureADMyOrg',
    servicePrincipalNames: [principal.appId],
    replyUrls: [],
    oauth2PermissionScopes: [],
    keyCredentials: [],
    passwordCredentials: [],
  };
}

/** Configurations made a moment ago are not listed yet (facts 4.1). */
function visible({ world, tenant }: Call): ServicePrincipal[] {
  const now = Date.now();
  return Object.values(tenant.servicePrincipals).filter(
    ({ id }) => (world.hiddenUntil[id.toLowerCase()] ?? 0) <= now,
  );
}

function remove(call: Call, principal: ServicePrincipal): Answer {
  const { world, tenant, clientId } = call;
  delete tenant.servicePrincipals[principal.id];
  delete tenant.sync.configurations[principal.id];
  appendAudit(world, tenant, {
    category: 'ApplicationManagement',
    activityDisplayName: 'Remove service principal',
    operationType: 'Delete',
    loggedByService: 'Core Directory',
    initiatedByApp: clientId,
    targets: [{ id: principal.id, displayName: principal.displayName, type: 'ServicePrincipal' }],
  });
  return { status: 204 };
}

function removeApplication(call: Call): Answer {
  const id = (call.parameters['applicationId'] ?? '').toLowerCase();
  const found = Object.values(call.tenant.servicePrincipals).find((each) => each.applicationId === id);
  if (!found) throw notFound(id);
  return remove(call, found);
}

const directory = { throttle: 'directory' } as const;
const one = '/v1.0/servicePrincipals/{servicePrincipalId}';

export const servicePrincipalRoutes: readonly Route[] = [
  {
    ...directory,
    ...{ method: 'GET', path: '/v1.0/servicePrincipals', operation: 'servicePrincipals.list' },
    ...{ permissions: readsApplications, isWrite: false },
    query: {
      options: ['$select', '$filter', '$top', '$count', '$orderby', '$search', '$skiptoken'],
      filter: {
        id: ['eq', 'in'],
        appId: ['eq', 'in'],
        displayName: ['eq', 'in', 'startswith', 'ne!'],
        servicePrincipalType: ['eq'],
        'tags/any': ['eq'],
      },
      orderby: ['displayName'],
      search: ['displayName'],
    },
    run: (call) =>
      collectionAnswer(call, {
        context: 'servicePrincipals',
        items: visible(call),
        show: (principal) => showServicePrincipal(call.tenant.tenantId, principal),
      }),
  },
  {
    ...directory,
    ...{ method: 'GET', path: one, operation: 'servicePrincipals.get', permissions: readsApplications },
    ...{ isWrite: false, query: { options: ['$select'] } },
    run: (call) =>
      entityAnswer(
        call,
        'servicePrincipals',
        showServicePrincipal(call.tenant.tenantId, servicePrincipalOf(call)),
      ),
  },
  {
    ...directory,
    ...{ method: 'DELETE', path: one, operation: 'servicePrincipals.delete' },
    ...{ permissions: writesApplications, isWrite: true },
    run: (call) => remove(call, servicePrincipalOf(call)),
  },
  {
    ...directory,
    ...{ method: 'DELETE', path: '/v1.0/applications/{applicationId}', operation: 'applications.delete' },
    ...{ permissions: writesApplications, isWrite: true },
    run: removeApplication,
  },
];
