import type { Link, PlanAudience, PlanRecord } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import { type Button, commandButton, decisionButton } from './buttons';
import { changesPart, moreChangesButton } from './changes-part';
import { breakGlassLines } from './break-glass-words';
import { freezeLines } from './freeze-words';
import { examplesPart } from './named-users';
import { meaningLines, outcomeSentence, planFooter } from './plan-facts';
import { whoDecides } from './plan-quorums';
import { stateWords } from './plan-words';
import { fit, render } from './render';
import { staysPart } from './stays-part';
import { text } from './text';
import { linkTitle } from './words';

/**
 * A draft, for the person who made it: every change before → after, who must approve, and the way on. A plan that is
 * only shown (its id is empty) is the same without buttons and inputs.
 */
export function planCard(
  record: PlanRecord,
  link: Link,
  audience: Exclude<PlanAudience, { role: 'channel' }>,
): AdaptiveCard {
  const { steps } = record.content;
  const isPreview = record.id === '';
  const asksReason = record.tier !== 'T1' && !isPreview;
  return fit((limit) => {
    const changes = changesPart(record, link, steps, limit);
    return render(
      'plan',
      {
        kind: isPreview ? text`Plan` : text`Plan ${record.id}`,
        title: linkTitle(link),
        ...stateOf(record),
        sentence: isPreview
          ? text`${outcomeSentence(record, link)} This is only a look: no plan was made.`
          : outcomeSentence(record, link),
        meaning: [...freezeLines(record), ...breakGlassLines(record), ...meaningLines(steps, limit)],
        footer: planFooter(record, link, audience.timeZone),
      },
      {
        ...changes.view,
        ...examplesPart(ownSteps(record)),
        ...staysPart(record, limit),
        whoDecides: whoDecides(record, link),
        needsReason: asksReason ? 'yes' : '',
      },
      { buttons: [...buttonsOf(record, link, audience), ...moreChangesButton(changes, record.id)] },
    );
  });
}

/** Values of people are shown to people of their tenant only. */
function ownSteps({ content }: PlanRecord): PlanRecord['content']['steps'] {
  return content.steps.filter((step) => step.tenantId === content.requester.tenantId);
}

function stateOf(record: PlanRecord) {
  const { word, style } = stateWords[record.state];
  return { state: record.id === '' ? 'Preview' : word, style };
}

function buttonsOf(record: PlanRecord, link: Link, audience: PlanAudience): Button[] {
  if (record.id === '' || audience.role !== 'requester') return [];
  const { nonce } = audience;
  const ticket = { planId: record.id, revision: record.revision, nonce };
  const forward =
    record.tier === 'T1'
      ? decisionButton('Confirm and run', 'confirm', ticket, { style: 'positive' })
      : decisionButton('Submit for approval', 'submit', ticket, { style: 'positive', usesInputs: true });
  const edit = record.content.kind === 'setup' ? [commandButton('Edit plan', `edit ${record.id}`)] : [];
  return [forward, ...edit, decisionButton('Discard plan', 'discard', ticket, { style: 'destructive' })];
}
