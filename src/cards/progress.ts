import type { Link, PlanAudience, PlanRecord } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import type { Button } from './buttons';
import { breakGlassLines } from './break-glass-words';
import { freezeLines } from './freeze-words';
import { continueButtons, heldWords, holdLines, holdSentence, stopButton } from './hold-words';
import { planFooter } from './plan-facts';
import { stateWords } from './plan-words';
import { doneCount, requestIds, runRows } from './run-facts';
import { fit, render } from './render';
import { distance, when } from './when';
import { joined, type Leaf, sentence, text } from './text';
import { andMore, counted, linkTitle } from './words';

/** A plan that runs: which step, how far, what Graph answered so far. The same message is updated. */
export function progressCard(
  record: PlanRecord,
  link: Link,
  audience: PlanAudience,
  now: Date,
): AdaptiveCard {
  const { done, total } = doneCount(record);
  const ids = requestIds(record);
  const held = holdSentence(record, audience);
  const { word, style } = held ? heldWords : stateWords[record.state];
  return fit((limit) => {
    const rows = runRows(record, link);
    return render(
      'progress',
      {
        kind: text`Plan ${record.id}`,
        title: linkTitle(link),
        state: word,
        style,
        sentence: held ?? sentenceOf(record, now),
        meaning: meaningOf(record, audience),
        footer: [
          ...planFooter(record, link, audience.timeZone),
          ids.length > 0 ? text`last request ids ${joined(ids.slice(-2), ', ')}` : '',
        ],
      },
      {
        count: text`${done} of ${counted(total, 'change')} done`,
        done: String(done),
        rest: String(total - done),
        steps: rows.slice(0, limit),
        more: andMore(rows.length - limit, 'step'),
      },
      { buttons: buttonsOf(record, audience) },
    );
  });
}

function meaningOf(record: PlanRecord, audience: PlanAudience): Leaf[] {
  return [
    ...freezeLines(record),
    ...breakGlassLines(record),
    ...holdLines(record),
    ...stopLines(record),
    ...pauseLines(record, audience),
  ];
}

/** For those who may ask for it; asked once, it stands. */
function buttonsOf(record: PlanRecord, audience: PlanAudience): Button[] {
  const { role } = audience;
  if (record.stop || (role !== 'requester' && role !== 'approver')) return [];
  return [...continueButtons(record, audience), stopButton(record)];
}

function stopLines({ stop }: PlanRecord): Leaf[] {
  if (!stop) return [];
  return [
    text`**${stop.by.displayName} asked to stop.** The change that is running is finished and read back; nothing after it begins.`,
  ];
}

/** Why nothing happens just now, and when it goes on. */
function pauseLines({ pause }: PlanRecord, { timeZone }: PlanAudience): Leaf[] {
  if (!pause) return [];
  return [
    text`**It waits** for an answer of Microsoft, while ${sentence(pause.doing)}. It goes on by itself at ${when(pause.until, timeZone)}, under the same approvals.`,
  ];
}

function sentenceOf(record: PlanRecord, now: Date) {
  if (record.freeze && record.content.kind !== 'unfreeze') {
    return record.state === 'approved'
      ? text`Approved, but nothing begins while the freeze lasts.`
      : text`A freeze was put on it while it ran.`;
  }
  if (record.state === 'approved') return text`Approved. The first step starts in a moment.`;
  const started = record.startedAt ? text` Started ${distance(record.startedAt, now)}.` : text``;
  return text`Every change is read back before the next one starts.${started} If something stops it, it goes on from here without asking again.`;
}
