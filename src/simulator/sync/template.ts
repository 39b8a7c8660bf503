import { newId } from '../clock';
import type { ServicePrincipal, World } from '../world';

/** The application template of cross-tenant synchronization (facts 4.1). */
export const templateId = '518e5f48-1fc8-4c48-9387-9fdf28b0dfe7';
/** Its synchronization template. */
export const templateTag = 'Azure2Azure';

/** The service principal that the template makes. */
export function newServicePrincipal(
  world: World,
  displayName: string,
  createdDateTime: string,
): ServicePrincipal {
  return {
    id: newId(world),
    appId: newId(world),
    applicationId: newId(world),
    applicationTemplateId: templateId,
    displayName,
    homepage:
      'https://account.activedirectory.windowsazure.com:444/applications/default.aspx?metadata=aad2aadsync|ISV9.1|primary|z',
    tags: ['WindowsAzureActiveDirectoryIntegratedApp'],
    notes: null,
    appRoleAssignmentRequired: true,
    accountEnabled: true,
    appRoles: [
      {
        id: newId(world),
        displayName: 'msiam_access',
        description: 'msiam_access',
        isEnabled: true,
        value: null,
        allowedMemberTypes: ['User'],
      },
    ],
    createdDateTime,
  };
}
