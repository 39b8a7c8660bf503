import type { Side } from '../../plan/types';
import type { Look } from '../look';
import { scopeWords } from '../scope';
import type { Check, Finding } from '../types';

/** What kind of tenants these are, their clouds and licences (facts 1.3, 1.4). */
export const tenantChecks: readonly Check[] = [
  { name: 'tenant-source', side: 'source', title: 'Tenant', run: (look) => tenantFindings(look, 'source') },
  { name: 'tenant-target', side: 'target', title: 'Tenant', run: (look) => tenantFindings(look, 'target') },
  { name: 'licence-source', side: 'source', title: 'Entra ID P1', run: sourceLicence },
  { name: 'licence-target', side: 'target', title: 'Entra ID P1', run: targetLicence },
];

async function tenantFindings(look: Look, side: Side): Promise<readonly Finding[]> {
  const tenant = look.tenant(side);
  const { tenantType } = await look.organization(side);
  const needed = 'a workforce tenant in the same cloud';
  if (tenantType !== null && tenantType.toUpperCase() !== 'AAD') {
    const current = `tenant type ${tenantType}`;
    return [
      {
        verdict: 'stop',
        current,
        needed,
        fix: { role: 'nobody', remedy: 'Choose another tenant: external tenants cannot be synchronized.' },
      },
    ];
  }
  if (tenant.cloud !== look.other(side).cloud) {
    const fix = {
      role: `Security Administrator of ${tenant.displayName}`,
      remedy: 'Set this pair up in the Entra admin center: Microsoft documents no Graph calls for it.',
    };
    return [{ verdict: 'stop', current: `cloud ${tenant.cloud}`, needed, fix }];
  }
  return [{ verdict: 'pass', current: `workforce tenant, cloud ${tenant.cloud}`, needed }];
}

async function sourceLicence(look: Look): Promise<readonly Finding[]> {
  const { p1 } = await look.licences('source');
  const scope = await look.scope();
  const needed =
    scope.users.length === 0 ? 'one licence per synchronized user' : `${scopeWords(scope)} in scope`;
  const current = p1 === 0 ? 'none' : `${p1.toLocaleString('en-US')} licences`;
  const fix = {
    role: `License Administrator of ${look.link.source.displayName}`,
    remedy: 'Get Entra ID P1 for every synchronized user.',
  };
  if (p1 === 0) return [{ verdict: 'stop', current, needed, fix }];
  return [
    p1 < scope.users.length
      ? { verdict: 'warn', current, needed, fix }
      : { verdict: 'pass', current, needed },
  ];
}

/** Microsoft's pages disagree on the target; the redemption switch is greyed out there without P1 (facts 0.2). */
async function targetLicence(look: Look): Promise<readonly Finding[]> {
  const { p1 } = await look.licences('target');
  const needed = 'documented both as needed and as not needed';
  if (p1 > 0) return [{ verdict: 'pass', current: `${p1.toLocaleString('en-US')} licences`, needed }];
  const fix = {
    role: `License Administrator of ${look.link.target.displayName}`,
    remedy: 'Get one P1 licence here if Microsoft refuses automatic redemption.',
  };
  return [{ verdict: 'warn', current: 'none', needed, fix }];
}
