import type { Link, PlanAudience, PlanRecord } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import { commandButton, decisionButton } from './buttons';
import { breakGlassLines, emergencyLines } from './break-glass-words';
import { freezeLines } from './freeze-words';
import { outcomeSentence, planFooter, stepRows } from './plan-facts';
import { approvalRows } from './plan-quorums';
import { stateWords } from './plan-words';
import { answerButtons, questionsPart } from './questions-part';
import { fit, render } from './render';
import { distance } from './when';
import { sentence, text } from './text';
import { unreachedLines } from './unreached-words';
import { andMore, linkTitle } from './words';

/** A plan that waits: who approved, who is waited for. Only the requester gets a button. */
export function waitingCard(record: PlanRecord, link: Link, audience: PlanAudience, now: Date): AdaptiveCard {
  const isDraft = record.state === 'draft';
  const { steps } = record.content;
  return fit((limit) =>
    render(
      'waiting',
      {
        kind: text`Plan ${record.id}`,
        title: linkTitle(link),
        state: stateWords[record.state].word,
        style: stateWords[record.state].style,
        sentence: isDraft
          ? text`${record.content.requester.displayName} is still working on this plan. ${outcomeSentence(record, link)}`
          : text`${outcomeSentence(record, link)} Nothing has been changed yet.`,
        meaning: [
          ...freezeLines(record),
          ...breakGlassLines(record),
          ...unreachedLines(record, audience),
          ...emergencyLines(record, link),
          ...meaningOf(record, audience),
        ],
        footer: planFooter(record, link, audience.timeZone),
      },
      {
        approvals: isDraft ? [] : approvalRows(record, link, audience.timeZone),
        reason: record.reason === null ? '' : sentence(record.reason),
        ...questionsPart(record, audience, limit),
        expires: record.expiresAt ? distance(record.expiresAt, now) : '',
        steps: stepRows(record, link, steps.slice(0, limit)),
        more: andMore(steps.length - limit, 'step'),
      },
      { buttons: buttonsOf(record, audience) },
    ),
  );
}

function meaningOf(record: PlanRecord, audience: PlanAudience) {
  const runs = text`It runs as soon as every approval is there, and not before. One rejection ends it.`;
  if (audience.role === 'requester') {
    return [runs, text`You cannot approve your own plan. If it expires, nothing was changed.`];
  }
  if (audience.role === 'approver' && audience.hasDecided) return [text`Your decision is recorded.`, runs];
  if (audience.role === 'approver' && audience.handedTo) {
    return [text`You handed this to **${audience.handedTo.displayName}**, who decides now.`, runs];
  }
  return record.state === 'draft' ? [] : [runs];
}

function buttonsOf(record: PlanRecord, audience: PlanAudience) {
  if (audience.role !== 'requester' || record.state !== 'submitted') return [];
  const ticket = { planId: record.id, revision: record.revision, nonce: audience.nonce };
  return [
    ...answerButtons(record),
    commandButton('Remind approvers', `remind ${record.id}`),
    decisionButton('Withdraw plan', 'withdraw', ticket, { style: 'destructive' }),
  ];
}
