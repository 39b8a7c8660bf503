import { isSamePerson } from '../approvals/person';
import { emptyCard } from '../cards/empty';
import { planEditCard } from '../cards/plan-edit';
import type { CommandDefinition } from './definition';
import { usersText } from './desired';
import { unknownPlan } from './not-found-views';

export const edit: CommandDefinition = {
  name: 'edit',
  aliases: [],
  group: 'Change',
  summary: 'Change the wishes of a set-up that you have drafted',
  details: 'Opens a form with the draft’s values; it plans anew and replaces the draft.',
  arguments: [{ name: 'plan', kind: 'plan' }],
  options: [],
  tier: 'R',
  who: 'viewer',
  examples: () => ['edit PL-0031'],
  async run({ plans, tenants, person }, { words }) {
    const planId = words['plan'] ?? '';
    const record = await plans.find(planId);
    const isOwn = record && isSamePerson(record.content.requester, person);
    const link = record && tenants.linkOf(record.content.sourceTenantId, record.content.targetTenantId);
    if (!record || !isOwn || !link) return unknownPlan(planId);
    const { desired, kind } = record.content;
    if (record.state !== 'draft' || kind !== 'setup' || !desired) {
      return emptyCard({
        title: `Plan ${record.id}`,
        sentence: 'Only the draft of a set-up can be edited.',
        nextStep: 'Withdraw it and plan again if it shall be different.',
        suggestions: ['pending'],
      });
    }
    return planEditCard({
      link,
      planId: record.id,
      users: usersText(desired.assignments),
      userType: desired.userType,
      guard: desired.deletionGuard === null ? '' : String(desired.deletionGuard),
      mail: desired.notificationMail ?? '',
    });
  },
};
