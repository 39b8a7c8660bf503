import { z } from 'zod/v4';
import { auditCall } from '../audits';
import { readJsonBody } from '../body';
import { instant } from '../clock';
import { collectionAnswer, type Shown } from '../odata';
import { notFound } from '../refusal';
import type { Answer, Call, Route } from '../route';
import type { ServicePrincipal } from '../world';
import { configurationOf, readsApplications, readsSynchronization } from './found';
import { newServicePrincipal, templateId, templateTag } from './template';

const instantiateBody = z.strictObject({
  displayName: z.string().min(1).max(120),
  serviceManagementReference: z.string().optional(),
});

function refuseOtherTemplate({ parameters }: Call): void {
  const id = parameters['applicationTemplateId'] ?? '';
  if (id.toLowerCase() !== templateId) throw notFound(id);
}

function getTemplate(call: Call): Answer {
  refuseOtherTemplate(call);
  const body = {
    '@odata.context': `${call.origin}/${call.version}/$metadata#applicationTemplates/$entity`,
    id: templateId,
    displayName: 'Azure AD to Azure AD cross-tenant synchronization',
    publisher: 'Microsoft',
    categories: [],
    supportedProvisioningTypes: ['sync'],
    supportedSingleSignOnModes: [],
  };
  return { status: 200, body };
}

function instantiate(call: Call): Answer {
  refuseOtherTemplate(call);
  const { displayName } = readJsonBody(instantiateBody, call.body);
  const { world, tenant } = call;
  const made = newServicePrincipal(world, displayName, instant(call.now));
  tenant.servicePrincipals[made.id] = made;
  tenant.sync.configurations[made.id] = {
    servicePrincipalId: made.id,
    ownerClientId: call.clientId,
    secrets: [],
    assignments: [],
    assignmentVersion: 0,
    job: null,
  };
  world.hiddenUntil[made.id] = Date.now() + tenant.sync.options.replicationMs;
  for (const type of ['application', 'service principal']) {
    auditCall(call, {
      category: 'ApplicationManagement',
      activityDisplayName: `Add ${type}`,
      operationType: 'Add',
      targets: [{ id: made.id, displayName, type: 'ServicePrincipal' }],
    });
  }
  return { status: 201, body: showInstance(call, made) };
}

function showInstance(call: Call, made: ServicePrincipal): Shown {
  const { appId, displayName, appRoles, tags, homepage } = made;
  return {
    '@odata.context': `${call.origin}/${call.version}/$metadata#microsoft.graph.applicationServicePrincipal`,
    application: {
      id: made.applicationId,
      appId,
      applicationTemplateId: templateId,
      createdDateTime: made.createdDateTime,
      displayName,
      signInAudience: 'AzureADMyOrg',
      publisherDomain: call.tenant.initialDomain,
      identifierUris: [],
      tags: [],
      appRoles,
    },
    servicePrincipal: {
      id: made.id,
      appId,
      applicationTemplateId: templateId,
      accountEnabled: true,
      appDisplayName: displayName,
      appOwnerOrganizationId: call.tenant.tenantId,
      appRoleAssignmentRequired: made.appRoleAssignmentRequired,
      displayName,
      homepage,
      servicePrincipalNames: [appId],
      servicePrincipalType: 'Application',
      signInAudience: 'AzureADMyOrg',
      tags,
      appRoles,
    },
  };
}

function listSynchronizationTemplates(call: Call): Answer {
  const { servicePrincipalId } = configurationOf(call);
  const application = call.tenant.servicePrincipals[servicePrincipalId];
  const template: Shown = {
    id: templateTag,
    applicationId: application?.appId,
    default: true,
    description: 'Provision users of this tenant into another tenant',
    discoverable: true,
    factoryTag: templateTag,
    metadata: [{ key: 'GalleryApplicationIdentifier', value: templateId }],
  };
  return collectionAnswer(call, {
    context: `servicePrincipals('${servicePrincipalId}')/synchronization/templates`,
    items: [template],
    show: (each) => each,
  });
}

export const templateRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1.0/applicationTemplates/{applicationTemplateId}',
    operation: 'applicationTemplates.get',
    permissions: readsApplications,
    throttle: 'directory',
    isWrite: false,
    run: getTemplate,
  },
  {
    method: 'POST',
    path: '/v1.0/applicationTemplates/{applicationTemplateId}/instantiate',
    operation: 'applicationTemplates.instantiate',
    permissions: ['Application.ReadWrite.OwnedBy', 'Application.ReadWrite.All'],
    throttle: 'directory',
    isWrite: true,
    run: instantiate,
  },
  {
    method: 'GET',
    path: '/v1.0/servicePrincipals/{servicePrincipalId}/synchronization/templates',
    operation: 'synchronizationTemplates.list',
    permissions: readsSynchronization,
    throttle: 'directory',
    isWrite: false,
    query: { options: ['$filter'], filter: { factoryTag: ['eq'], id: ['eq'] } },
    run: listSynchronizationTemplates,
  },
];
