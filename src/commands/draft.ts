import { emptyCard } from '../cards/empty';
import { isOneTenant } from '../cards/words';
import { errorCard } from '../cards/error';
import { kindWords } from '../cards/plan-words';
import { renderPlanCard } from '../cards/render-plan-card';
import type { DraftOutcome, DraftRequest } from '../jobs/draft';
import type { Link, PlanRecord } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import type { CommandContext } from './context';
import { runnable } from './help-views';
import { linkName } from './tenant-names';

/** The part of a draft that a command decides. */
export type Wish = Pick<DraftRequest, 'kind' | 'desired' | 'subject' | 'isSubjectPrivileged' | 'revises'>;

/** Plans a change and says where its card is; with `plan` before the command it only shows what would be done. */
export async function draftPlan(context: CommandContext, link: Link, wish: Wish): Promise<AdaptiveCard> {
  const { plans, incoming, person, home, now } = context;
  const request: DraftRequest = {
    ...wish,
    link,
    requester: context.standing?.person ?? person,
    conversationId: incoming.conversation.conversationId,
  };
  if (!context.isPlanOnly) return outcomeCard(context, link, wish, await plans.draft(request));
  const record = await plans.preview(request);
  if (!record) return nothingToDo(context, link, wish);
  // A channel reads no names of affected people, also not in the titles of steps.
  return incoming.conversation.kind === 'personal'
    ? renderPlanCard(record, link, { role: 'observer', tenantId: home.tenantId }, now)
    : renderPlanCard(record, link, { role: 'channel', tenantId: home.tenantId, userIds: [] }, now);
}

function outcomeCard(context: CommandContext, link: Link, wish: Wish, outcome: DraftOutcome): AdaptiveCard {
  switch (outcome.type) {
    case 'empty':
      return nothingToDo(context, link, wish);
    case 'drafted':
      return draftedCard(context, outcome.record);
    case 'no-personal-chat':
      return errorCard({
        code: 'teams-unavailable',
        doing: 'bringing the plan to your personal chat',
        remedy: 'Open a chat with me, say hello, and ask again.',
        retryCommand: null,
      });
    case 'superseded':
      return errorCard({
        code: 'conflict',
        doing: 'editing the draft',
        remedy: 'Plan it again: the draft was submitted or discarded meanwhile.',
        retryCommand: `setup ${linkName(link)}`,
      });
  }
}

function draftedCard({ incoming }: CommandContext, record: PlanRecord): AdaptiveCard {
  const changes = record.content.steps.reduce((sum, step) => sum + step.changes.length, 0);
  const tenants = new Set(record.content.steps.map((step) => step.tenantId)).size;
  const where =
    incoming.conversation.kind === 'personal'
      ? 'Its card follows in this chat'
      : 'Its card is in your chat with me';
  const next = record.tier === 'T1' ? 'confirm it there' : 'submit it there for approval';
  return emptyCard({
    title: `Plan ${record.id}`,
    sentence: `${changes} ${changes === 1 ? 'change' : 'changes'} in ${tenants === 1 ? 'one tenant' : 'two tenants'} planned. Nothing is changed yet.`,
    nextStep: `${where}: ${next}.`,
    suggestions: [],
  });
}

function nothingToDo({ commands }: CommandContext, link: Link, { kind }: Wish): AdaptiveCard {
  if (isOneTenant(link)) {
    return emptyCard({
      title: 'Nothing to do',
      sentence: `${link.target.displayName} ${kindWords[kind].done}. No plan was made.`,
      nextStep: 'Nothing needs to be approved or undone.',
      suggestions: [],
    });
  }
  const name = linkName(link);
  const next = kind === 'setup' ? [`start ${name}`, `status ${name}`] : [`status ${name}`];
  return emptyCard({
    title: 'Nothing to do',
    sentence: `${link.source.displayName} → ${link.target.displayName} ${kindWords[kind].done}. No plan was made.`,
    nextStep: `status ${name} shows how it is doing.`,
    suggestions: runnable(next, commands),
  });
}
