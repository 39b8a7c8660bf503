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
  summary: 'Change the wishes of a set-up that has not begun',
  details:
    'Opens a form with its values; it plans anew and replaces the draft, or the plan that waits, whose approvals are void then.',
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
    const isOpen = record.state === 'draft' || record.state === 'submitted';
    if (!isOpen || kind !== 'setup' || !desired) {
      return emptyCard({
        title: `Plan ${record.id}`,
        sentence: 'Only a set-up that is a draft or waits for approval can be edited.',
        nextStep: 'Plan again if it shall be different.',
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
