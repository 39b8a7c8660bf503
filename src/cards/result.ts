import type { Decision, Link, PlanAudience, PlanRecord } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import { type Button, commandButton, showButton } from './buttons';
import { headWords } from './hold-words';
import { commandOf, meaningLines, planFooter, planTitle } from './plan-facts';
import { stateWords } from './plan-words';
import { reasonInput } from './reason-input';
import { doneCount, requestIds, runRows } from './run-facts';
import { fit, render } from './render';
import { restartSentence } from './restart-facts';
import { ownTenantOf, staysPart } from './stays-part';
import { type Leaf, sentence, text } from './text';
import { undoButton } from './undo-button';
import { type Proof, proofOf } from './try-result';
import { tryInput } from './try-input';
import { when } from './when';
import { andMore, counted, isOneTenant, linkName, linkTitle, listed } from './words';

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
          ...planFooter(record, link, audience.timeZone),
          record.finishedAt ? text`ended ${when(record.finishedAt, audience.timeZone)}` : '',
        ],
      },
      {
        remedy: record.ending ? sentence(record.ending.remedy) : '',
        approvals: decisionRows(record, audience.timeZone),
        steps: rows.slice(0, limit),
        more: andMore(rows.length - limit, 'step'),
        ...staysPart(record, limit, ownTenantOf(audience)),
      },
      {
        buttons: [
          ...nextButtons(record, link, audience),
          ...undoButton(record, audience),
          ...requestIdButton(ids, limit),
        ],
      },
    ),
  );
}

/** After a set-up nobody is synchronized yet; after anything else the steps say what follows. */
function meaningOf(record: PlanRecord): Leaf[] {
  if (record.state === 'needs-attention') return attentionLines;
  if (record.state !== 'applied' || record.ending) return [];
  const proof = proofOf(record);
  if (proof) return [proofLine(proof, record), sentence(record.content.steps[0]?.meaning ?? '')];
  return record.content.kind === 'setup'
    ? [text`Nobody is synchronized before the job is started. Try one user first, if you like.`]
    : meaningLines(record.content.steps);
}

const attentionLines: Leaf[] = [
  text`Nothing more is written for this plan. It stays open until a person closes it.`,
  text`Somebody who may approve it, and did not ask for it, looks at both tenants and closes it with what they found.`,
];

function proofLine({ verdict, isGood, remedy }: Proof, record: PlanRecord): Leaf {
  const at = record.runs.find(({ outcome }) => outcome !== null)?.at;
  const time = at ? text` at ${when(at)}` : '';
  if (isGood) return text`**Proof${time}: ${verdict}.** The engine lets the user through now.`;
  const why = remedy === null ? '' : text` ${sentence(remedy)}`;
  return text`**Proof${time}: ${verdict}.**${why} Microsoft may need some minutes to notice the change; this proof is not repeated by itself.`;
}

function sentenceOf(record: PlanRecord): Leaf {
  const { done, total } = doneCount(record);
  const what = planTitle(record);
  const why = record.ending ? text` ${sentence(record.ending.text)}` : '';
  const left =
    done === 0
      ? text`Nothing was changed.`
      : text`${done} of ${counted(total, 'change')} were made before, and stand.`;
  switch (record.state) {
    case 'applied':
      if (record.ending) return text`${what}.${why}`;
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

function decisionRows(record: PlanRecord, timeZone?: string) {
  return record.decisions.map((decision) => ({
    who: decision.person.displayName,
    word: wordOf(decision),
    at: when(decision.at, timeZone),
    reason: decision.reason === null ? '' : sentence(decision.reason),
  }));
}

function wordOf({ decision, onlyFirst }: Decision): string {
  return onlyFirst === undefined ? decision : `${decision} only ${headWords(onlyFirst)}`;
}

/** The next right thing, for the person who asked; everybody else only reads. */
function nextButtons(record: PlanRecord, link: Link, audience: PlanAudience): Button[] {
  if (record.state === 'needs-attention' && audience.role === 'approver') return closeButtons(record);
  if (audience.role !== 'requester') return [];
  if (isOneTenant(link)) {
    const isOver = record.state === 'applied' || record.state === 'superseded';
    return isOver ? [] : [commandButton('Plan it again', commandOf(record, link))];
  }
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
        // One more than this and Teams hides some: starting it shows the status too.
        ...(undoButton(record, audience).length > 0 ? [] : [status]),
      ];
    case 'start':
      return [status, tryInput(link)];
    case 'restart':
      return [status, commandButton('Show log', `logs ${linkName(link)}`)];
    case 'pause':
      return [commandButton('Start sync', `start ${linkName(link)}`), status];
    case 'allow':
    case 'redeem':
    case 'trust':
      return [commandButton('Show settings', `policy ${linkName(link)}`), status];
    case 'try':
    case 'phone-remove':
      return [...verifyButton(record, link), status];
    case 'fix-sms':
      return [...verifyButton(record, link), ...tryAgainButton(record, link), status];
    default:
      return [status];
  }
}

/** Whoever may decide and did not ask: look at what stands, then end it with what was found. */
function closeButtons({ id }: PlanRecord): Button[] {
  const press = commandButton('Close plan', `close ${id}`, { usesInputs: true });
  return [
    commandButton('Show what stands', `verify ${id}`, { style: 'positive' }),
    showButton('Close plan…', [reasonInput('What did you find? It is kept with the plan.')], [press]),
  ];
}

/** Both accounts side by side, for a plan about one user. */
function verifyButton({ content: { subject } }: PlanRecord, link: Link): Button[] {
  if (subject?.type !== 'user') return [];
  return [commandButton('Verify user', `verify ${subject.userId} ${linkName(link)}`)];
}

/** The proof runs once; whoever wants another asks for it. */
function tryAgainButton(record: PlanRecord, link: Link): Button[] {
  const { subject } = record.content;
  const proof = proofOf(record);
  if (subject?.type !== 'user' || proof?.isGood === true) return [];
  return [commandButton('Try again now', `try ${subject.userId} ${linkName(link)}`, { style: 'positive' })];
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
