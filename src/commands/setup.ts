import { isSamePerson } from '../approvals/person';
import { planEditCard } from '../cards/plan-edit';
import type { CommandDefinition, OptionDefinition } from './definition';
import { desiredOf } from './desired';
import { draftPlan } from './draft';
import { unknownPlan } from './not-found-views';
import { isPlanId, planIdOf } from './parse-arguments';

/** Options of `setup`; the edit form names its inputs after them. */
const options: readonly OptionDefinition[] = [
  {
    name: 'users',
    summary: 'Whom to synchronize; adds to those who are assigned. Direct members of a group only',
    value: { type: 'text', placeholder: 'group:Name,user@domain', isList: true },
  },
  {
    name: 'type',
    summary: 'What new users become in the target',
    value: { type: 'choice', choices: ['member', 'guest'] },
  },
  {
    name: 'guard',
    summary: 'Stop the job when one cycle would delete this many users',
    value: { type: 'number', least: 1, most: 1_000_000 },
  },
  { name: 'mail', summary: 'Who gets Microsoft’s notification mails', value: { type: 'mail' } },
  {
    name: 'revise',
    summary: 'Replace this draft of yours',
    value: { type: 'text', placeholder: 'PL-0031' },
  },
];

export const setup: CommandDefinition = {
  name: 'setup',
  aliases: [],
  group: 'Change',
  summary: 'Plan the whole set-up of a link, or what is missing of it',
  details:
    'Looks at both tenants and plans only what is missing, target first. Nothing runs before the people of each changed tenant approved it. It adds and never removes; run it again after a failure to plan the rest. plan setup shows the plan without offering it.',
  arguments: [{ name: 'link', kind: 'link' }],
  options,
  tier: 'T2',
  who: 'operator',
  examples: ({ source, target }) => [
    `setup ${source}>${target}`,
    `setup ${source}>${target} --users group:Pilot --type member --guard 10`,
    `plan setup ${source}>${target}`,
  ],
  async run(context, { options: given }) {
    const { link, plans, graph } = context;
    if (!link) throw new Error('setup needs a link');
    const current = await plans.currentDesired(link);
    const isBare = Object.keys(given).length === 0;
    if (isBare && !current && !context.isPlanOnly) {
      return planEditCard({ link, planId: null, users: '', userType: 'member', guard: '', mail: '' });
    }
    const desired = await desiredOf(given, current, link, graph.read(link.source.tenantId));
    if ('card' in desired) return desired.card;
    const revised = given['revise'];
    if (revised === undefined) {
      return draftPlan(context, link, { kind: 'setup', desired: desired.value, subject: null });
    }
    const planId = isPlanId(revised) ? planIdOf(revised) : revised;
    const draft = await plans.find(planId);
    if (!draft || !isSamePerson(draft.content.requester, context.person)) return unknownPlan(planId);
    const revises = { planId: draft.id, revision: draft.revision };
    return draftPlan(context, link, { kind: 'setup', desired: desired.value, subject: null, revises });
  },
};
