import type { Link, PlanAudience, PlanRecord } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import { type Button, commandButton, showButton } from './buttons';
import { commandOf, meaningLines, planFooter } from './plan-facts';
import { kindWords, stateWords } from './plan-words';
import { doneCount, requestIds, runRows } from './run-facts';
import { fit, render } from './render';
import { restartSentence } from './restart-facts';
import { type Leaf, sentence, text } from './text';
import { tryInput } from './try-input';
import { when } from './when';
import { andMore, counted, linkName, linkTitle, listed } from './words';

/** A plan that has ended, well or not: what happened step by step, what remains as it was, what to do next. */
export function resultCard(record: PlanRecord, link: Link, audience: PlanAudience): AdaptiveCard {
  const rows = record.runs.length > 0 ? runRows(record, link) : [];
  const ids = requestIds(record);
  const { word, style } = stateWords[record.state];
  return fit((limit) =>
    render(
      'result',
      {
        kind: text`Plan ${record.id}`,
        title: linkTitle(link),
        state: word,
        style,
        sentence: sentenceOf(record),
        meaning: meaningOf(record),
        footer: [
          ...planFooter(record, link),
          record.finishedAt ? text`ended ${when(record.finishedAt)}` : '',
        ],
      },
      {
        remedy: record.ending ? sentence(record.ending.remedy) : '',
        approvals: decisionRows(record),
        steps: rows.slice(0, limit),
        more: andMore(rows.length - limit, 'step'),
      },
      { buttons: [...nextButtons(record, link, audience), ...requestIdButton(ids, limit)] },
    ),
  );
}

/** After a set-up nobody is synchronized yet; after anything else the steps say what follows. */
function meaningOf(record: PlanRecord): Leaf[] {
  if (record.state !== 'applied') return [];
  return record.content.kind === 'setup'
    ? [text`Nobody is synchronized before the job is started. Try one user first, if you like.`]
    : meaningLines(record.content.steps);
}

function sentenceOf(record: PlanRecord): Leaf {
  const { done, total } = doneCount(record);
  const what = kindWords[record.content.kind].title;
  const why = record.ending ? text` ${sentence(record.ending.text)}` : '';
  const left =
    done === 0
      ? text`Nothing was changed.`
      : text`${done} of ${counted(total, 'change')} were made before, and stand.`;
  switch (record.state) {
    case 'applied':
      if (record.content.kind === 'restart') return restartSentence(record);
      return text`${what}: ${done} of ${counted(total, 'change')} done. What was read back equals the plan.`;
    case 'failed':
      return text`${what}: stopped after ${done} of ${counted(total, 'change')}. What was done stands; nothing else was changed.${why}`;
    case 'needs-attention':
      return text`${what}: ${done} of ${counted(total, 'change')} done, and the outcome of one is not known. The bot does not repeat it blindly.${why}`;
    case 'stale':
      return text`The tenants have changed since this plan was made, so it no longer says what would happen. ${left}${why}`;
    case 'rejected':
      return text`An approver said no. ${left}${why}`;
    case 'withdrawn':
      return text`It was taken back. ${left}${why}`;
    case 'expired':
      return text`Its time ran out. ${left}${why}`;
    case 'superseded':
      return text`A newer plan took its place. ${left}${why}`;
    default:
      return text`${what}.${why}`;
  }
}

function decisionRows(record: PlanRecord) {
  return record.decisions.map((decision) => ({
    who: decision.person.displayName,
    word: decision.decision,
    at: when(decision.at),
    reason: decision.reason === null ? '' : sentence(decision.reason),
  }));
}

/** The next right thing, for the person who asked; everybody else only reads. */
function nextButtons(record: PlanRecord, link: Link, audience: PlanAudience): Button[] {
  if (audience.role !== 'requester') return [];
  const status = commandButton('Show status', `status ${linkName(link)}`);
  if (record.state === 'needs-attention')
    return [commandButton('Check link', `check ${linkName(link)}`), status];
  if (record.state !== 'applied') {
    return record.state === 'superseded' ? [] : [commandButton('Plan it again', commandOf(record, link))];
  }
  switch (record.content.kind) {
    case 'setup':
      return [
        commandButton('Start sync', `start ${linkName(link)}`, { style: 'positive' }),
        tryInput(link),
        status,
      ];
    case 'start':
      return [status, tryInput(link)];
    case 'restart':
      return [status, commandButton('Show log', `logs ${linkName(link)}`)];
    case 'pause':
      return [commandButton('Start sync', `start ${linkName(link)}`), status];
    case 'try':
      return [status];
  }
}

function requestIdButton(ids: readonly string[], limit: number): Button[] {
  if (ids.length === 0) return [];
  const lines = ids.slice(0, limit).map((id) => ({
    type: 'TextBlock',
    text: text`${id}`.markdown,
    fontType: 'Monospace',
    size: 'Small',
    spacing: 'None',
    wrap: true,
  }));
  const more = andMore(ids.length - limit, 'request id');
  const tail = more === '' ? [] : [{ type: 'TextBlock', text: listed([more]).markdown, wrap: true }];
  return [showButton('Show Graph request ids', [...lines, ...tail])];
}
