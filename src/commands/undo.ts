import { nothingToUndoCard } from '../cards/nothing-to-undo';
import { imageName } from '../plan/sealed-image';
import type { Link, PlanRecord, PlanState } from '../plan/types';
import { assessUndo, type Assessment } from '../steps/undo/assess-undo';
import type { Done } from '../steps/undo/inverse-of';
import type { AdaptiveCard } from '../store/ports';
import type { CommandContext } from './context';
import type { CommandDefinition } from './definition';
import { draftPlan } from './draft';
import { isPrivileged } from './is-privileged';
import { unknownPlan } from './not-found-views';
import { cannotNow } from './plan-views';
import { refusedElsewhere } from './refusals';
import { mayOperate, mayOperateLink, mayViewLink } from './standing';

export const undo: CommandDefinition = {
  name: 'undo',
  aliases: ['revert'],
  group: 'Change',
  summary: 'Plan to put back what a plan has changed',
  details:
    'A new plan, approved like the one that it takes back. It restores only what that plan wrote and read back, and leaves alone what somebody changed since; what cannot be undone is listed with the reason.',
  arguments: [{ name: 'plan', kind: 'plan' }],
  options: [],
  tier: 'T2',
  who: 'operator',
  examples: () => ['undo PL-0031'],
  async run(context, { words }) {
    const { plans, tenants, standing } = context;
    const planId = words['plan'] ?? '';
    const record = await plans.find(planId);
    const link = record && tenants.linkOf(record.content.sourceTenantId, record.content.targetTenantId);
    if (!record || !link || !standing || !mayViewLink(standing, link)) return unknownPlan(planId);
    if (!mayOperateLink(standing, link)) return refusedElsewhere(`undo ${planId}`, link);
    const { subject } = record.content;
    if (subject?.type === 'user' && !mayOperate(standing, link.source)) {
      return refusedElsewhere(`undo ${planId}`, { source: link.source, target: link.source });
    }
    const next = waitsFor[record.state];
    return next === undefined ? undoPlan(context, record, link) : cannotNow(record.id, record.state, next);
  },
};

/** Plans that have not ended, and what comes before an undo. */
const waitsFor: Partial<Record<PlanState, string>> = {
  draft: 'It has changed nothing: discard it on its card.',
  submitted: 'It has changed nothing: withdraw it on its card.',
  approved: 'Wait until it has ended, or withdraw it before it begins.',
  applying: 'Wait until it has ended.',
  'needs-attention': 'One of its outcomes is not known: somebody who may approve it closes it first.',
};

async function undoPlan(context: CommandContext, record: PlanRecord, link: Link): Promise<AdaptiveCard> {
  const desired = await context.plans.currentDesired(link);
  const source = context.graph.read(link.source.tenantId);
  const target = context.graph.read(link.target.tenantId);
  const done = await doneBy(context, record);
  const assessed = await assessUndo({ link, desired, verified: desired, source, target }, record.id, done);
  if (assessed.parts.length === 0) return nothingToUndoCard(record, link, assessed.left);
  return draftPlan(context, link, {
    kind: 'undo',
    desired,
    subject: {
      type: 'undo',
      command: `undo ${record.id}`,
      displayName: record.id,
      planId: record.id,
      tier: record.tier,
      kind: record.content.kind,
      ...assessed,
    },
    isSubjectPrivileged: await isPrivileged(source, usersOf(assessed)),
  });
}

/** Only what was written here and read back: anything else is not this plan's to take back. */
async function doneBy({ plans }: CommandContext, { id, content }: PlanRecord): Promise<readonly Done[]> {
  return (await plans.beforeImages(id)).flatMap(({ stepIndex, changeIndex, fields, isSealed }) => {
    const step = content.steps[stepIndex];
    const change = step?.changes[changeIndex];
    return step && change
      ? [
          {
            content,
            step,
            change,
            fields,
            image: isSealed ? imageName(id, { stepIndex, changeIndex }) : null,
          },
        ]
      : [];
  });
}

function usersOf({ parts }: Assessment) {
  return parts.flatMap(({ subject }) => {
    if (subject.type === 'assignments') return subject.assignments;
    if (subject.type !== 'user') return [];
    const { userId: principalId, displayName } = subject;
    return [{ principalId, principalType: 'User' as const, displayName, userCount: 1 }];
  });
}
