import { tenantsCard } from '../cards/tenants';
import { packState, packTitle } from './consent-desk';
import type { CommandDefinition } from './definition';

export const tenants: CommandDefinition = {
  name: 'tenants',
  aliases: ['tenant'],
  group: 'Start',
  summary: 'The tenants I know and which permissions work there',
  details: 'Permissions are tried with harmless reads, so what you see is what works now.',
  arguments: [],
  options: [],
  tier: 'R',
  who: 'viewer',
  examples: () => ['tenants'],
  async run({ tenants: names, consents, home }) {
    const rows = await Promise.all(
      names.all.map(async (tenant) => ({
        tenant,
        isOwn: tenant.tenantId === home.tenantId,
        packs: [...(await consents.probe(tenant.tenantId))].map(([pack, results]) => ({
          name: packTitle(pack),
          state: packState(results),
        })),
      })),
    );
    return tenantsCard({ tenants: rows });
  },
};
