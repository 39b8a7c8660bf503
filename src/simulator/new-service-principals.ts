import { namedGuid } from './hash';
import type { Seed } from './ids';
import type { ServicePrincipal, TenantKey } from './world';

/** Applications that are there before anybody synchronizes: none of them is a synchronization configuration. */
export function servicePrincipalsOf(seed: Seed, key: TenantKey): ServicePrincipal[] {
  const principal = (displayName: string, appId: string, own: boolean): ServicePrincipal => ({
    id: namedGuid(seed.seed, key, 'servicePrincipal', displayName),
    appId,
    applicationId: own ? namedGuid(seed.seed, key, 'application', displayName) : null,
    applicationTemplateId: null,
    displayName,
    homepage: null,
    tags: own ? ['WindowsAzureActiveDirectoryIntegratedApp'] : [],
    notes: null,
    appRoleAssignmentRequired: own,
    accountEnabled: true,
    appRoles: [],
    createdDateTime: '2023-03-06T09:00:00Z',
  });
  const own = (name: string) => principal(name, namedGuid(seed.seed, key, 'appId', name), true);
  return [
    principal('Microsoft Graph', '00000003-0000-0000-c000-000000000000', false),
    own('Payroll'),
    own('Travel Booking'),
  ];
}
