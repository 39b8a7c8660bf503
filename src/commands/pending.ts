import { isSamePerson } from '../approvals/person';
import { pendingCard } from '../cards/pending';
import type { CommandDefinition } from './definition';
import { couldDecide, planTitle, waitsFor } from './plan-words';
import { mayView } from './standing';

export const pending: CommandDefinition = {
  name: 'pending',
  aliases: ['waiting', 'open'],
  group: 'Look',
  summary: 'Plans that wait for somebody, or run',
  details: 'Plans of the tenants you may see. Drafts are shown only to those who made them.',
  arguments: [],
  options: [],
  tier: 'R',
  who: 'viewer',
  examples: () => ['pending'],
  async run({ plans, tenants, standing, person, incoming }) {
    const visible = tenants.all.filter((tenant) => standing !== null && mayView(standing, tenant));
    const records = await plans.listOpen(
      visible.map(({ tenantId }) => tenantId),
      50,
    );
    const shown = records.flatMap((record) => {
      const { sourceTenantId, targetTenantId, requester } = record.content;
      const link = tenants.linkOf(sourceTenantId, targetTenantId);
      const isHidden = record.state === 'draft' && !isSamePerson(requester, person);
      if (!link || isHidden) return [];
      return [
        {
          id: record.id,
          link,
          title: planTitle(record),
          requesterName: requester.displayName,
          waitsFor: waitsFor(record, tenants),
          expiresAt: record.hold?.isReached ? record.hold.until : record.expiresAt,
          canDecide: couldDecide(record, person),
        },
      ];
    });
    const { timeZone } = incoming.conversation;
    return pendingCard({ plans: shown, ...(timeZone ? { timeZone } : {}) });
  },
};
