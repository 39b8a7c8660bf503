import { invitationCard } from '../cards/invitation';
import type { CommandDefinition } from './definition';
import { unknownTenant } from './not-found-views';
import { offerConsent } from './offer-consent';

export const connect: CommandDefinition = {
  name: 'connect',
  aliases: ['login'],
  group: 'Start',
  summary: 'Permissions of a tenant, and the links to grant them',
  details:
    'The links open Microsoft’s consent page, which asks for a Privileged Role or Global Administrator of that tenant. For another tenant than your own you get an invitation code for somebody there.',
  arguments: [{ name: 'tenant', kind: 'tenant' }],
  options: [],
  tier: 'R',
  who: 'bootstrap',
  examples: ({ source, target }) => [`connect ${source}`, `connect ${target}`],
  async run(context, { words }) {
    const { tenants, consents, home, person, now } = context;
    const found = await tenants.find(words['tenant'] ?? '');
    if (found.outcome === 'unknown') return unknownTenant(found, tenants, 'connect');
    const { tenant } = found;
    if (tenant.tenantId === home.tenantId) {
      return offerConsent(context, tenant);
    }
    return invitationCard({ tenant, ...(await consents.invite(tenant, person, now)) });
  },
};
