import { graphContract } from '../helpers/openapi';
import { startTestSimulator, type TestSimulator } from '../helpers/simulator';

/** Every read that is simulated besides synchronization; `{alice}` and the like are filled in. */
const reads: readonly string[] = [
  '/v1.0/organization',
  '/v1.0/organization/{tenant}',
  '/v1.0/subscribedSkus?$select=skuId,servicePlans,prepaidUnits',
  '/v1.0/domains',
  "/v1.0/tenantRelationships/findTenantInformationByTenantId(tenantId='{fab}')",
  "/v1.0/tenantRelationships/findTenantInformationByDomainName(domainName='fabrikam.com')",
  '/v1.0/users?$top=10',
  '/v1.0/users?$select=id,userPrincipalName,mail,proxyAddresses,identities,externalUserState,assignedPlans&$top=999',
  '/v1.0/users/{alice}?$expand=manager',
  '/v1.0/users/alice@contoso.com',
  '/v1.0/users/delta?$select=id,userPrincipalName,accountEnabled&$top=50',
  '/v1.0/users/{omar}/transitiveMemberOf',
  '/v1.0/users/{omar}/transitiveMemberOf/microsoft.graph.directoryRole?$count=true',
  '/v1.0/directoryRoles',
  '/v1.0/roleManagement/directory/roleDefinitions',
  "/v1.0/roleManagement/directory/roleAssignments?$filter=principalId eq '{omar}'&$expand=roleDefinition",
  "/v1.0/roleManagement/directory/roleAssignmentScheduleInstances?$filter=principalId eq '{omar}'",
  "/v1.0/roleManagement/directory/roleEligibilityScheduleInstances?$filter=principalId eq '{ivy}'",
  "/beta/roleManagement/directory/transitiveRoleAssignments?$count=true&$filter=principalId eq '{omar}'",
  '/v1.0/policies/crossTenantAccessPolicy',
  '/v1.0/policies/crossTenantAccessPolicy/default',
  '/v1.0/policies/crossTenantAccessPolicy/partners',
  '/v1.0/policies/crossTenantAccessPolicy/templates/multiTenantOrganizationPartnerConfiguration',
  '/v1.0/policies/crossTenantAccessPolicy/templates/multiTenantOrganizationIdentitySynchronization',
  '/v1.0/policies/authorizationPolicy',
  '/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/sms',
  '/v1.0/servicePrincipals',
  '/v1.0/users/{alice}/authentication/phoneMethods',
  '/v1.0/users/{alice}/authentication/phoneMethods/3179e48a-750b-4051-897c-87b9720928f7',
  '/v1.0/users/{alice}/authentication/methods',
  '/beta/users/{alice}/authentication/signInPreferences',
  "/v1.0/reports/authenticationMethods/userRegistrationDetails?$filter=methodsRegistered/any(m:m eq 'mobilePhone')",
  '/v1.0/contacts',
  '/v1.0/groups',
  '/v1.0/directory/deletedItems/microsoft.graph.user',
  '/v1.0/auditLogs/directoryAudits?$top=5',
];

describe('every read', () => {
  let simulator: TestSimulator;
  beforeAll(async () => {
    simulator = await startTestSimulator({ requests: 'all' });
  });
  afterAll(() => simulator.close());

  it.each(reads)('answers as the OpenAPI subset says: %s', async (template) => {
    const path = template.replace(/\{(\w+)\}/g, (_, key: string) => {
      if (key === 'tenant') return simulator.tenantId('con');
      return key === 'fab' ? simulator.tenantId('fab') : simulator.personId(key);
    });
    // Sign-in methods and reports allow five calls in ten seconds for each application.
    const answer = await simulator.graph('con', 'GET', encodeURI(path), {
      headers: { ConsistencyLevel: 'eventual' },
      clientId: `7e57c11e-0000-4000-8000-${String(reads.indexOf(template)).padStart(12, '0')}`,
    });
    expect([answer.status, answer.body.error]).toEqual([200, undefined]);
    expect(simulator.violations).toEqual([]);
    if ('value' in answer.body && !/partners|servicePrincipals|Audits/.test(path)) {
      expect(answer.body.value).not.toHaveLength(0);
    }
  });

  it('checks answers for real', () => {
    const contract = graphContract();
    if (!contract) return;
    expect(
      contract.checkResponse('GET', '/v1.0/users', 200, { value: [{ accountEnabled: 'True' }] }),
    ).toEqual(['GET /v1.0/users 200: /value/0/accountEnabled must be boolean,null']);
    expect(contract.checkRequest('GET', '/v1.0/unheard', [], undefined)).toHaveLength(1);
    expect(contract.checkRequest('GET', '/v1.0/users', ['$skip'], undefined)).toHaveLength(1);
  });
});
