import type { Outdated } from './script';

/** Commands of well-known older guides, and why they do not do it (facts 8). */
export const outdated = {
  basePolicy: {
    command: 'Get-MgPolicyCrossTenantAccessPolicy',
    why: 'It exists, but shows only the base policy: nothing about partners or synchronization.',
  },
  defaultAccess: {
    command:
      'Update-MgPolicyCrossTenantAccessPolicy -DefaultInboundAccessEnabled $true -DefaultOutboundAccessEnabled $true',
    why: 'The cmdlet has no such parameters, and no default switches synchronization on: it is set per partner.',
  },
  newPartner: {
    command:
      'New-MgPolicyCrossTenantAccessPolicyConfigurationPartner -TenantId x -InboundTrustType ExternalAzureAD',
    why: 'There is no such cmdlet and no such parameter; trust is a block of its own and has nothing to do with synchronization.',
  },
  partnerProvisioning: {
    command:
      'Set-MgPolicyCrossTenantAccessPolicyConfigurationPartner -TenantId x -AutomaticUserProvisioning $true',
    why: 'There is no such cmdlet: inbound synchronization is an object of its own below the partner.',
  },
  readPartner: {
    command: 'Get-MgPolicyCrossTenantAccessPolicyConfigurationPartner -TenantId x',
    why: 'There is no such cmdlet; the partner entry is read by the tenant id of the partner.',
  },
  onPremisesCycle: {
    command: 'Start-ADSyncSyncCycle -PolicyType Delta',
    why: 'It belongs to Entra Connect Sync on a server of your own and does nothing to cross-tenant synchronization.',
  },
  anyMethod: {
    command: 'Get-MgUserAuthenticationMethod -UserId x',
    why: 'It lists methods of every kind without telling whether SMS sign-in is on.',
  },
  removePhone: {
    command: 'Remove-MgUserAuthenticationMethod -UserId x -AuthenticationMethodId phone',
    why: 'No method has the id “phone”, and deleting is more than needed: SMS sign-in is what stands in the way.',
  },
  scopes: {
    command:
      'Connect-MgGraph -Scopes User.ReadWrite.All, Directory.ReadWrite.All, Policy.ReadWrite.CrossTenantAccess',
    why: 'These cannot touch jobs, assignments or sign-in methods, and are far too wide on users.',
  },
} as const satisfies Record<string, Outdated>;
