import type { PlanAudience, PlanQuestion, PlanRecord } from '../plan/types';
import { type Button, commandButton, showButton } from './buttons';
import type { View } from './render';
import { sentence, text } from './text';
import { andMore } from './words';
import { when } from './when';

const shownQuestions = 4;

/**
 * Fields `questions` and `moreQuestions` of cards/parts/questions.json: the newest ones that the reader may see,
 * at most `limit` and never more than four.
 */
export function questionsPart(record: PlanRecord, audience: PlanAudience, limit: number): View {
  const all = questionsFor(record, audience);
  const most = Math.min(shownQuestions, limit);
  return {
    questions: all.slice(-most).map((one) => ({
      asks: text`${one.person.displayName} asks (${one.number})`,
      question: sentence(one.question),
      answer:
        one.answer === null
          ? text`No answer yet; asked ${when(one.askedAt, audience.timeZone)}.`
          : text`**${record.content.requester.displayName}:** “${sentence(one.answer)}”`,
    })),
    moreQuestions: andMore(all.length - most, 'earlier question'),
  };
}

/** The requester reads all of them, an approver those about their own tenant, nobody else any. */
function questionsFor(record: PlanRecord, audience: PlanAudience): readonly PlanQuestion[] {
  switch (audience.role) {
    case 'requester':
      return record.questions;
    case 'approver':
      return record.questions.filter((one) => one.forTenantId === audience.forTenantId);
    case 'observer':
    case 'channel':
      return [];
  }
}

/** The form for the question that waits longest: one at a time, for inputs of a card need ids of their own. */
export function answerButtons(record: PlanRecord): Button[] {
  const open = record.questions.filter((one) => one.answer === null);
  return open.slice(0, 1).map(({ number, question }) => {
    const input = {
      type: 'Input.Text',
      id: 'answer',
      // With its number, so that a question of nothing but invisible characters still has a label.
      label: text`Question ${number}: ${sentence(question)}`.plain,
      isRequired: true,
      errorMessage: 'Write an answer: the approvers read it.',
      isMultiline: true,
      maxLength: 400,
    };
    const press = commandButton('Send answer', `answer ${record.id} ${number}`, {
      style: 'positive',
      usesInputs: true,
    });
    return showButton(`Answer question ${number}…`, [input], [press]);
  });
}

export function askButton({ id, content }: PlanRecord): Button {
  const input = {
    type: 'Input.Text',
    id: 'question',
    label: 'What do you want to know? The requester answers on their card.',
    isRequired: true,
    errorMessage: 'Write a question.',
    isMultiline: true,
    maxLength: 400,
  };
  const press = commandButton(`Ask ${content.requester.displayName}`, `ask ${id}`, { usesInputs: true });
  return showButton('Ask requester…', [input], [press]);
}
