import { isSamePerson } from '../approvals/person';
import { planChangesCard } from '../cards/plan-changes';
import type { CommandDefinition } from './definition';
import { unknownPlan } from './not-found-views';
import { mayView, mayViewLink } from './standing';

export const changes: CommandDefinition = {
  name: 'changes',
  aliases: ['rows'],
  group: 'Look',
  summary: 'Every change of a plan, page by page',
  details:
    'All fields before and after, 12 rows at a time. Of tenants that you may not look at only the number is told.',
  arguments: [{ name: 'plan', kind: 'plan' }],
  options: [
    {
      name: 'from',
      summary: 'The first row to show',
      value: { type: 'number', least: 1, most: 1_000_000 },
    },
  ],
  tier: 'R',
  who: 'viewer',
  examples: () => ['changes PL-0031', 'changes PL-0031 --from 13'],
  async run({ plans, tenants, standing, person, incoming }, { words, options }) {
    const planId = words['plan'] ?? '';
    const record = await plans.find(planId);
    const link = record && tenants.linkOf(record.content.sourceTenantId, record.content.targetTenantId);
    if (!record || !link || !standing || !mayViewLink(standing, link)) return unknownPlan(planId);
    const isOwn = isSamePerson(record.content.requester, person);
    if (record.state === 'draft' && !isOwn) return unknownPlan(planId);
    const { timeZone } = incoming.conversation;
    return planChangesCard({
      record,
      link,
      tenantIds: [link.source, link.target]
        .filter((tenant) => isOwn || mayView(standing, tenant))
        .map(({ tenantId }) => tenantId),
      from: Number(options['from'] ?? 1),
      ...(timeZone ? { timeZone } : {}),
    });
  },
};
