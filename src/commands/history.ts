import { historyCard } from '../cards/history';
import type { CommandDefinition } from './definition';
import { planTitle } from './plan-words';
import { mayView } from './standing';

const shownPlans = 20;

export const history: CommandDefinition = {
  name: 'history',
  aliases: ['past'],
  group: 'Look',
  summary: 'Plans of the past: who asked, who approved, how they ended',
  details: 'The newest 20 of the tenants you may see, or of one link.',
  arguments: [{ name: 'link', kind: 'link-or-all', isOptional: true }],
  options: [],
  tier: 'R',
  who: 'viewer',
  examples: ({ source, target }) => ['history', `history ${source}>${target}`],
  async run({ plans, tenants, standing, link, incoming }) {
    const visible = tenants.all.filter((tenant) => standing !== null && mayView(standing, tenant));
    const tenantIds = visible.map(({ tenantId }) => tenantId);
    const found = await plans.listRecent({ link, tenantIds }, shownPlans);
    const rows = found.plans.flatMap((record) => {
      const { sourceTenantId, targetTenantId, requester } = record.content;
      const of = tenants.linkOf(sourceTenantId, targetTenantId);
      if (!of) return [];
      const approvers = record.decisions.filter(({ decision }) => decision === 'approved');
      return [
        {
          id: record.id,
          link: of,
          title: planTitle(record),
          state: record.state,
          requesterName: requester.displayName,
          approverNames: approvers.map(({ person }) => person.displayName),
          at: record.finishedAt ?? record.createdAt,
        },
      ];
    });
    const { timeZone } = incoming.conversation;
    return historyCard({ plans: rows, total: found.total, ...(timeZone ? { timeZone } : {}) });
  },
};
