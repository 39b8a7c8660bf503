import { collectionAnswer, entityAnswer } from '../odata';
import { namedGuid } from '../hash';
import { directoryQuota } from '../quota';
import { notFound } from '../refusal';
import type { Call, Route } from '../route';
import { tenantNamed } from '../token-endpoint';
import type { SubscribedSku, TenantState, World } from '../world';

const readOrganization = ['Organization.Read.All', 'Directory.Read.All', 'Organization.ReadWrite.All'];

function organization(world: World, tenant: TenantState) {
  const plans = tenant.skus.flatMap((sku) => sku.servicePlans);
  return {
    id: tenant.tenantId,
    displayName: tenant.displayName,
    tenantType: 'AAD',
    countryLetterCode: tenant.countryLetterCode,
    createdDateTime: '2019-05-06T10:00:00Z',
    onPremisesSyncEnabled: null,
    verifiedDomains: tenant.verifiedDomains.map((name) => ({
      name,
      type: 'Managed',
      capabilities: 'Email, OfficeCommunicationsOnline',
      isDefault: name === tenant.defaultDomain,
      isInitial: name === tenant.initialDomain,
    })),
    assignedPlans: plans.map(({ servicePlanId, servicePlanName }) => ({
      servicePlanId,
      service: servicePlanName.startsWith('EXCHANGE') ? 'exchange' : 'AADPremiumService',
      capabilityStatus: 'Enabled',
      assignedDateTime: '2023-01-09T09:00:00Z',
    })),
    directorySizeQuota: directoryQuota(world, tenant),
  };
}

function shownSku(tenant: TenantState, sku: SubscribedSku) {
  return {
    id: `${tenant.tenantId}_${sku.skuId}`,
    accountId: tenant.tenantId,
    accountName: tenant.displayName,
    appliesTo: 'User',
    capabilityStatus: sku.capabilityStatus,
    consumedUnits: sku.consumedUnits,
    prepaidUnits: { enabled: sku.enabledUnits, suspended: 0, warning: 0, lockedOut: 0 },
    skuId: sku.skuId,
    skuPartNumber: sku.skuPartNumber,
    servicePlans: sku.servicePlans.map((plan) => ({
      ...plan,
      provisioningStatus: 'Success',
      appliesTo: 'User',
    })),
    subscriptionIds: [namedGuid(tenant.tenantId, sku.skuId)],
  };
}

function findTenant({ world, parameters, origin, version }: Call) {
  const name = parameters['tenantId'] ?? parameters['domainName'] ?? '';
  const found = tenantNamed(world, name);
  if (!found) throw notFound(name);
  return {
    status: 200,
    body: {
      '@odata.context': `${origin}/${version}/$metadata#microsoft.graph.tenantInformation`,
      tenantId: found.tenantId,
      displayName: found.displayName,
      defaultDomainName: found.defaultDomain,
      federationBrandName: null,
    },
  };
}

const read = { method: 'GET', throttle: 'directory', isWrite: false } as const;

export const organizationRoutes: readonly Route[] = [
  {
    ...read,
    path: '/v1.0/organization',
    operation: 'organization.list',
    permissions: readOrganization,
    query: { options: ['$select'] },
    run: (call) =>
      collectionAnswer(call, {
        context: 'organization',
        items: [call.tenant],
        show: (tenant) => organization(call.world, tenant),
      }),
  },
  {
    ...read,
    path: '/v1.0/organization/{organizationId}',
    operation: 'organization.get',
    permissions: readOrganization,
    query: { options: ['$select'] },
    run: (call) => {
      const id = call.parameters['organizationId'] ?? '';
      if (id.toLowerCase() !== call.tenant.tenantId) throw notFound(id);
      return entityAnswer(call, 'organization', organization(call.world, call.tenant));
    },
  },
  {
    ...read,
    path: '/v1.0/subscribedSkus',
    operation: 'subscribedSkus.list',
    permissions: ['LicenseAssignment.Read.All', ...readOrganization],
    cost: 3,
    query: { options: ['$select'] },
    run: (call) =>
      collectionAnswer(call, {
        context: 'subscribedSkus',
        items: call.tenant.skus,
        show: (sku) => shownSku(call.tenant, sku),
      }),
  },
  {
    ...read,
    path: '/v1.0/domains',
    operation: 'domains.list',
    permissions: ['Domain.Read.All', 'Directory.Read.All'],
    query: { options: ['$select', '$top'] },
    run: (call) =>
      collectionAnswer(call, {
        context: 'domains',
        items: call.tenant.verifiedDomains,
        show: (name) => ({
          id: name,
          authenticationType: 'Managed',
          isAdminManaged: true,
          isDefault: name === call.tenant.defaultDomain,
          isInitial: name === call.tenant.initialDomain,
          isRoot: true,
          isVerified: true,
          supportedServices: ['Email', 'OfficeCommunicationsOnline'],
        }),
      }),
  },
  {
    ...read,
    path: "/v1.0/tenantRelationships/findTenantInformationByTenantId(tenantId='{tenantId}')",
    operation: 'tenantInformation.byTenantId',
    permissions: ['CrossTenantInformation.ReadBasic.All'],
    run: findTenant,
  },
  {
    ...read,
    path: "/v1.0/tenantRelationships/findTenantInformationByDomainName(domainName='{domainName}')",
    operation: 'tenantInformation.byDomainName',
    permissions: ['CrossTenantInformation.ReadBasic.All'],
    run: findTenant,
  },
];
