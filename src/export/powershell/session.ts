import type { Line, TenantScript } from './script';
import { quoted } from './quote';

const environments = { public: '', usgov: ' -Environment USGov', china: ' -Environment China' } as const;

/** Opens a session in the tenant of a part: the cmdlets work in one tenant at a time. */
export function sessionLine({ tenant, scopes }: TenantScript): Line {
  const wanted = scopes.map(quoted).join(', ');
  return {
    about: `A session in ${tenant.displayName}`,
    command: `Connect-MgGraph -TenantId ${quoted(tenant.tenantId)} -Scopes ${wanted} -NoWelcome${environments[tenant.cloud]}`,
  };
}
