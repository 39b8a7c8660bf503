import type { Link, Side } from '../../plan/types';
import { outdated } from './outdated';
import { partnerKey } from './partners';
import { quoted } from './quote';
import type { Line, ReadRow, TenantScript } from './script';

/** What `policy` shows: default, partner and synchronization of both tenants, each with its own call (facts 3.1). */
export const policyRow: ReadRow = {
  async script({ link }) {
    if (!link) return { none: 'Name a link, for these settings belong to two tenants.' };
    return {
      parts: [policyPart(link, 'target'), policyPart(link, 'source')],
      outdated: [outdated.basePolicy, outdated.readPartner],
    };
  },
};

export function policyPart(link: Link, side: Side): TenantScript {
  const other = side === 'source' ? link.target : link.source;
  return {
    tenant: link[side],
    scopes: ['Policy.Read.All'],
    lines: side === 'source' ? policyLines(other) : [...policyLines(other), ...inboundLines(other)],
  };
}

function policyLines(other: { readonly tenantId: string; readonly displayName: string }): readonly Line[] {
  return [
    {
      about: 'Defaults for every tenant without an entry of its own',
      command: 'Get-MgPolicyCrossTenantAccessPolicyDefault | ConvertTo-Json -Depth 6',
    },
    {
      about: `The partner entry for ${other.displayName}; what is null there is left to the default`,
      command: `Get-MgPolicyCrossTenantAccessPolicyPartner ${partnerKey} ${quoted(other.tenantId)} | ConvertTo-Json -Depth 6`,
    },
  ];
}

function inboundLines(other: { readonly tenantId: string; readonly displayName: string }): readonly Line[] {
  return [
    {
      about: `Whether ${other.displayName} may synchronize users into it: an object of its own below the entry`,
      command: `(Get-MgPolicyCrossTenantAccessPolicyPartnerIdentitySynchronization ${partnerKey} ${quoted(other.tenantId)}).UserSyncInbound`,
    },
    {
      about: 'Who may invite guests; “none” stops synchronization too',
      command: 'Get-MgPolicyAuthorizationPolicy | Select-Object AllowInvitesFrom',
    },
  ];
}
