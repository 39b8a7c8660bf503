import { auditExportCard } from '../cards/audit-export';
import { refusedCard } from '../cards/refused';
import { anchorText } from '../evidence/anchors';
import type { CommandDefinition } from './definition';
import { auditedTenantIds } from './standing';

export const exportAudit: CommandDefinition = {
  name: 'export audit',
  aliases: ['export evidence'],
  group: 'Look',
  summary: 'All audit records as a file that anybody can check',
  details:
    'For auditors, in the personal chat. Gives a link that works once, for ten minutes, while you may read the audit. The file holds the whole chain, one JSON record a line after a manifest; records of other tenants stand there as digests. npm run audit:verify checks it without me and without the database.',
  arguments: [],
  options: [],
  tier: 'R',
  who: 'auditor',
  examples: () => ['export audit'],
  async run({ audits, tenants, standing, person, incoming, publicUrl }) {
    if (incoming.conversation.kind !== 'personal') {
      return refusedCard({
        what: 'export audit',
        reason: 'The link to the file is for you alone, and everybody here would see it.',
        whoMay: 'You, in our personal chat.',
        eligibleRoles: [],
      });
    }
    const tenantIds = auditedTenantIds(standing, tenants.all);
    const { key, records, head, minutes } = await audits.offer({
      tenantId: person.tenantId,
      objectId: person.objectId,
      displayName: person.displayName,
    });
    return auditExportCard({
      url: `${publicUrl}/export?key=${key}`,
      head: anchorText({ sequence: records, hash: head }),
      records,
      minutes,
      tenants: tenants.all.filter(({ tenantId }) => tenantIds.includes(tenantId)),
    });
  },
};
