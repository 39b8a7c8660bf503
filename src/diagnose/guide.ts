/** A line of the PowerShell guide, what is right today, and why they differ (product 1; facts 8). */
export interface GuideLine {
  readonly says: string;
  readonly instead: string;
  readonly why: string;
}

export interface GuideStep {
  readonly number: 1 | 2 | 3 | 4 | 5;
  readonly title: string;
  /** What the step is really about, one sentence. */
  readonly about: string;
  readonly lines: readonly GuideLine[];
}

/** The five steps that administrators know, with what really happens in each. */
export const guide: readonly GuideStep[] = [
  {
    number: 1,
    title: 'Connect to both tenants',
    about: 'Each tenant gives consent for itself, and somebody in each holds the role to approve.',
    lines: [
      {
        says: 'Connect-MgGraph -Scopes "User.ReadWrite.All", "Directory.ReadWrite.All", "Policy.ReadWrite.CrossTenantAccess"',
        instead:
          'Connect-MgGraph -TenantId <tenant> -Scopes "Policy.ReadWrite.CrossTenantAccess","Synchronization.ReadWrite.All","AppRoleAssignment.ReadWrite.All","AuditLog.Read.All"',
        why: 'The scopes of the guide reach neither the job nor the assignments nor the log, and are far too wide on users.',
      },
    ],
  },
  {
    number: 2,
    title: 'Cross-tenant access policy',
    about:
      'Three switches decide, in two tenants: inbound synchronization, and automatic redemption on both sides.',
    lines: [
      {
        says: 'Get-MgPolicyCrossTenantAccessPolicy',
        instead:
          'Get-MgPolicyCrossTenantAccessPolicyPartner -CrossTenantAccessPolicyConfigurationPartnerTenantId <tenant>',
        why: 'The first one shows the base policy only, and nothing about synchronization.',
      },
      {
        says: 'Update-MgPolicyCrossTenantAccessPolicy -DefaultInboundAccessEnabled $true -DefaultOutboundAccessEnabled $true',
        instead:
          'Update-MgPolicyCrossTenantAccessPolicyPartner -CrossTenantAccessPolicyConfigurationPartnerTenantId <source> -AutomaticUserConsentSettings @{inboundAllowed=$true}',
        why: 'Those parameters do not exist, and no default switches synchronization on: it is set per partner.',
      },
    ],
  },
  {
    number: 3,
    title: 'Conflicting identities',
    about: 'A phone method stops nobody; SMS sign-in with it does. Switching that off keeps the number.',
    lines: [
      {
        says: 'Get-MgUserAuthenticationMethod -UserId <user>',
        instead: 'Get-MgUserAuthenticationPhoneMethod -UserId <object id>',
        why: 'Only the phone method says whether SMS sign-in is on (SmsSignInState).',
      },
      {
        says: 'Remove-MgUserAuthenticationMethod -UserId <user> -AuthenticationMethodId phone',
        instead:
          'Disable-MgUserAuthenticationPhoneMethodSmsSignIn -UserId <object id> -PhoneAuthenticationMethodId 3179e48a-750b-4051-897c-87b9720928f7',
        why: '"phone" is no id, and removing the method takes more away than is needed.',
      },
    ],
  },
  {
    number: 4,
    title: 'Configure the synchronization',
    about:
      'A configuration in the source holds the job, who is assigned, the mapping and the deletion guard.',
    lines: [
      {
        says: 'New-MgPolicyCrossTenantAccessPolicyConfigurationPartner -TenantId <tenant> -InboundTrustType ExternalAzureAD',
        instead: 'New-MgPolicyCrossTenantAccessPolicyPartner -BodyParameter @{tenantId="<tenant>"}',
        why: 'There is no such cmdlet; trust is about MFA and devices and has nothing to do with synchronization.',
      },
      {
        says: 'Set-MgPolicyCrossTenantAccessPolicyConfigurationPartner -TenantId <tenant> -AutomaticUserProvisioning $true',
        instead:
          'Set-MgPolicyCrossTenantAccessPolicyPartnerIdentitySynchronization -CrossTenantAccessPolicyConfigurationPartnerTenantId <source> -BodyParameter @{userSyncInbound=@{isSyncAllowed=$true}}',
        why: 'There is no such cmdlet, and it is the target that allows synchronization; the job is made in the source.',
      },
      {
        says: 'Get-MgPolicyCrossTenantAccessPolicyConfigurationPartner -TenantId <tenant>',
        instead:
          'Get-MgPolicyCrossTenantAccessPolicyPartner -CrossTenantAccessPolicyConfigurationPartnerTenantId <tenant>',
        why: 'There is no such cmdlet; the partner entry is read by the tenant id of the partner.',
      },
    ],
  },
  {
    number: 5,
    title: 'Test and verify',
    about: 'Try one user first, then start the cycles, then read the log by cause.',
    lines: [
      {
        says: 'Start-ADSyncSyncCycle -PolicyType Delta',
        instead:
          'Start-MgServicePrincipalSynchronizationJob -ServicePrincipalId <id> -SynchronizationJobId <job>',
        why: 'The first one belongs to Entra Connect on a server and does nothing here. Starting, restarting and trying one user are three different things.',
      },
    ],
  },
];
