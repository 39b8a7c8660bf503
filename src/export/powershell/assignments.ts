import { shown, table } from './quote';
import type { WriteRow } from './script';

export const assignPrincipal: WriteRow = {
  lines: ({ change, value }) => {
    const body = table({
      principalId: shown(value('principalId')),
      resourceId: shown(value('servicePrincipalId')),
      appRoleId: shown(value('appRoleId')),
    });
    return [
      {
        about: change.title,
        command: `New-MgServicePrincipalAppRoleAssignedTo -ServicePrincipalId ${shown(value('servicePrincipalId'))} -BodyParameter ${body}`,
      },
    ];
  },
};

export const removeAssignment: WriteRow = {
  lines: ({ change, value }) => [
    {
      about: change.title,
      command: `Remove-MgServicePrincipalAppRoleAssignedTo -ServicePrincipalId ${shown(value('servicePrincipalId'))} -AppRoleAssignmentId ${shown(value('appRoleAssignmentId'))}`,
    },
  ],
};
