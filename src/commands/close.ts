import { decide } from './text-decision';
import type { CommandDefinition } from './definition';
import { verifyPlan } from './verify-plan';

export const close: CommandDefinition = {
  name: 'close',
  aliases: ['resolve'],
  group: 'Decide',
  summary: 'End a plan that needs attention, with what you found',
  details:
    'For somebody who may approve it and did not ask for it. Both tenants are read again, nothing is written: it counts as done only when all stands as planned.',
  arguments: [
    { name: 'plan', kind: 'plan' },
    { name: 'reason', kind: 'rest' },
  ],
  options: [],
  tier: 'R',
  who: 'viewer',
  examples: () => ['close PL-0031 the job exists once and runs'],
  async run(context, { words }) {
    const planId = words['plan'] ?? '';
    const { outcome, card } = await decide(context, 'close', planId, words['reason'] ?? null);
    if (outcome.type !== 'recorded') return card;
    const record = await context.plans.find(planId);
    return record?.content.kind === 'try' ? card : verifyPlan(context, planId);
  },
};
