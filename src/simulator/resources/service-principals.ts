import { z } from 'zod/v4';
import { auditCall } from '../audits';
import { readJsonBody } from '../body';
import { collectionAnswer, entityAnswer, type Shown } from '../odata';
import { notFound } from '../refusal';
import type { Answer, Call, Route } from '../route';
import type { ServicePrincipal } from '../world';

const reads = [
  'Application.Read.All',
  'Application.ReadWrite.OwnedBy',
  'Application.ReadWrite.All',
  'Directory.Read.All',
];
const writes = ['Application.ReadWrite.OwnedBy', 'Application.ReadWrite.All'];

function show(call: Call, principal: ServicePrincipal): Shown {
  const { applicationId, ...shown } = principal;
  return {
    ...shown,
    deletedDateTime: null,
    appDisplayName: principal.displayName,
    appOwnerOrganizationId: applicationId ? call.tenant.tenantId : 'f8cdef31-a31e-4b4a-93e4-5f571e91255a',
    servicePrincipalNames: [principal.appId],
    servicePrincipalType: 'Application',
    signInAudience: applicationId ? 'AzureADMyOrg' : 'AzureADMultipleOrgs',
  };
}

function principalOfPath(call: Call): ServicePrincipal {
  const id = call.parameters['servicePrincipalId'] ?? '';
  const found = call.tenant.servicePrincipals[id.toLowerCase()];
  if (!found) throw notFound(id);
  return found;
}

/** Replicated ones: those made a moment ago are listed later (facts 4.1). */
function replicated({ world, tenant }: Call): ServicePrincipal[] {
  const now = Date.now();
  return Object.values(tenant.servicePrincipals).filter(({ id }) => (world.hiddenUntil[id] ?? 0) <= now);
}

const patchBody = z
  .strictObject({
    displayName: z.string().min(1).max(256).optional(),
    notes: z.string().nullable().optional(),
    tags: z.array(z.string()).optional(),
    accountEnabled: z.boolean().optional(),
    appRoleAssignmentRequired: z.boolean().optional(),
    homepage: z.string().nullable().optional(),
  })
  .refine((body) => Object.keys(body).length > 0);

function update(call: Call): Answer {
  const patch = readJsonBody(patchBody, call.body);
  const principal = principalOfPath(call);
  Object.assign(principal, patch);
  audit(call, 'Update service principal', principal);
  return { status: 204 };
}

function remove(call: Call, principal: ServicePrincipal): Answer {
  delete call.tenant.servicePrincipals[principal.id];
  delete call.tenant.sync.configurations[principal.id];
  audit(call, 'Remove service principal', principal);
  return { status: 204 };
}

function removeApplication(call: Call): Answer {
  const id = (call.parameters['applicationId'] ?? '').toLowerCase();
  const principal = Object.values(call.tenant.servicePrincipals).find(
    ({ applicationId }) => applicationId === id,
  );
  if (!principal) throw notFound(id);
  return remove(call, principal);
}

function audit(call: Call, activityDisplayName: string, { id, displayName }: ServicePrincipal): void {
  auditCall(call, {
    category: 'ApplicationManagement',
    activityDisplayName,
    operationType: 'Update',
    targets: [{ id, displayName, type: 'ServicePrincipal' }],
  });
}

const one = '/v1.0/servicePrincipals/{servicePrincipalId}';

export const servicePrincipalRoutes: readonly Route[] = [
  {
    ...{
      method: 'GET',
      path: '/v1.0/servicePrincipals',
      operation: 'servicePrincipals.list',
      permissions: reads,
    },
    ...{ throttle: 'directory', isWrite: false },
    query: {
      options: ['$select', '$filter', '$top', '$count', '$orderby', '$search', '$skiptoken'],
      filter: {
        id: ['eq', 'in'],
        appId: ['eq', 'in'],
        displayName: ['eq', 'in', 'startswith', 'ne!'],
        'tags/any': ['eq'],
      },
      orderby: ['displayName'],
      search: ['displayName'],
    },
    run: (call) =>
      collectionAnswer(call, {
        context: 'servicePrincipals',
        items: replicated(call),
        show: (principal) => show(call, principal),
      }),
  },
  {
    ...{ method: 'GET', path: one, operation: 'servicePrincipals.get', permissions: reads },
    ...{ throttle: 'directory', isWrite: false, query: { options: ['$select'] } },
    run: (call) => entityAnswer(call, 'servicePrincipals', show(call, principalOfPath(call))),
  },
  {
    ...{ method: 'PATCH', path: one, operation: 'servicePrincipals.update', permissions: writes },
    ...{ throttle: 'directory', isWrite: true },
    run: update,
  },
  {
    ...{ method: 'DELETE', path: one, operation: 'servicePrincipals.delete', permissions: writes },
    ...{ throttle: 'directory', isWrite: true },
    run: (call) => remove(call, principalOfPath(call)),
  },
  {
    ...{ method: 'DELETE', path: '/v1.0/applications/{applicationId}', operation: 'applications.delete' },
    ...{ permissions: writes, throttle: 'directory', isWrite: true },
    run: removeApplication,
  },
];
