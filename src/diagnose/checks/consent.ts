import type { PackName } from '../../config';
import type { Side } from '../../plan/types';
import type { Look } from '../look';
import type { Check, Finding } from '../types';

/** Whether the permissions of the read and write packs work in both tenants: from probes, never from a redirect. */
export const consentChecks: readonly Check[] = [
  {
    name: 'consent-read-source',
    side: 'source',
    title: 'Permissions to read',
    run: (look) => findings(look, 'source', 'read'),
  },
  {
    name: 'consent-read-target',
    side: 'target',
    title: 'Permissions to read',
    run: (look) => findings(look, 'target', 'read'),
  },
  {
    name: 'consent-write-source',
    side: 'source',
    title: 'Permissions to set up',
    run: (look) => findings(look, 'source', 'write'),
  },
  {
    name: 'consent-write-target',
    side: 'target',
    title: 'Permissions to set up',
    run: (look) => findings(look, 'target', 'write'),
  },
];

/** In the target only the policies are written (facts 1.2). */
const neededInTarget = new Set(['Policy.ReadWrite.CrossTenantAccess']);

async function findings(look: Look, side: Side, pack: PackName): Promise<readonly Finding[]> {
  const probes = await look.probe(side, pack);
  const wanted = probes.filter(
    ({ name }) => side === 'source' || pack === 'read' || neededInTarget.has(name),
  );
  const missing = wanted.filter(({ ok }) => !ok).map(({ name }) => name);
  const needed = `${wanted.length} ${wanted.length === 1 ? 'permission' : 'permissions'}`;
  if (missing.length === 0) return [{ verdict: 'pass', current: 'granted', needed }];
  const tenant = look.tenant(side);
  const current = missing.length === wanted.length ? 'not granted' : `missing ${missing.join(', ')}`;
  const fix = {
    role: `Privileged Role Administrator of ${tenant.displayName}`,
    remedy: `Run connect ${tenant.key} and open the consent link.`,
  };
  return [{ verdict: 'stop', current, needed, fix }];
}
