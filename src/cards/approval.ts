import type { Link, PlanAudience, PlanRecord, Tenant } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import { type Button, commandButton, decisionButton, showButton } from './buttons';
import { changesPart, moreChangesButton } from './changes-part';
import { breakGlassLines, emergencyLines } from './break-glass-words';
import { freezeLines } from './freeze-words';
import { canaryLines, canaryTitle } from './hold-words';
import { examplesPart, leaversPart } from './named-users';
import {
  affectsPartners,
  changeCount,
  meaningLines,
  planFooter,
  planTitle,
  riskSentence,
  stepRows,
  tenantOf,
} from './plan-facts';
import { approvalRows } from './plan-quorums';
import { askButton, questionsPart } from './questions-part';
import { reasonInput } from './reason-input';
import { fit, type Frame, render, type View } from './render';
import { staysPart } from './stays-part';
import { distance } from './when';
import { type Leaf, sentence, text } from './text';
import { andMore, counted, linkTitle } from './words';

/** A card takes five buttons, and one of them shows the PowerShell; without room for it, `delegate` is typed. */
const mostButtons = 4;

/** For one approver: the changes of their own tenant in full, the other tenant's steps by title only. */
export function approvalCard(
  record: PlanRecord,
  link: Link,
  audience: PlanAudience & { role: 'approver' },
  now: Date,
): AdaptiveCard {
  const tenant = tenantOf(link, audience.forTenantId);
  const own = record.content.steps.filter((step) => step.tenantId === tenant.tenantId);
  const what = planTitle(record);
  const asks = text`${what}: **${record.content.requester.displayName}** asks for ${counted(changeCount(own), 'change')}`;
  return fit((limit) => {
    const changes = changesPart(record, link, own, limit);
    const leavers = leaversPart(own, limit);
    const frame: Frame = {
      kind: text`Approve ${record.id} for ${tenant.displayName}`,
      title: linkTitle(link),
      state: 'Waits for you',
      style: 'accent',
      sentence: text`${asks} in ${tenant.displayName}. ${riskSentence(own)} Nothing has been changed yet.`,
      meaning: [...noticeLines(record, link, audience), ...meaningLines(own, limit)],
      footer: planFooter(record, link, audience.timeZone),
    };
    const facts: View = {
      ...changes.view,
      ...leavers.view,
      ...examplesPart(own),
      ...staysPart(record, limit, tenant.tenantId),
      ...otherSteps(record, link, tenant, limit),
      reason: record.reason === null ? '' : sentence(record.reason),
      ...questionsPart(record, audience, limit),
      expires: record.expiresAt ? distance(record.expiresAt, now) : '',
      approvals: approvalRows(record, link, audience.timeZone),
    };
    const decide = decideButtons(record, tenant.displayName, audience);
    const more = [...leavers.buttons, ...moreChangesButton(changes, record.id)];
    const handOver =
      decide.length + more.length < mostButtons ? [delegateButton(record, tenant.displayName)] : [];
    return render('approval', frame, facts, { buttons: [...decide, ...handOver, ...more] });
  });
}

/** What comes before what it means: what holds it, and what else than the whole of it can be approved. */
function noticeLines(record: PlanRecord, link: Link, audience: PlanAudience & { role: 'approver' }): Leaf[] {
  const own = record.content.steps.filter(({ tenantId }) => tenantId === audience.forTenantId);
  const canary = own.flatMap((step) => canaryLines(step, audience));
  return [...freezeLines(record), ...breakGlassLines(record), ...emergencyLines(record, link), ...canary];
}

/** The steps that somebody else decides, by title only. */
function otherSteps(record: PlanRecord, link: Link, own: Tenant, limit: number): View {
  const others = record.content.steps.filter((step) => step.tenantId !== own.tenantId);
  return {
    otherTenant: (own === link.source ? link.target : link.source).displayName,
    others: stepRows(record, link, others.slice(0, limit)),
    moreOthers: andMore(others.length - limit, 'step'),
  };
}

function decideButtons(
  record: PlanRecord,
  tenantName: string,
  { nonce, typedCount, canarySize }: PlanAudience & { role: 'approver' },
): Button[] {
  const ticket = { planId: record.id, revision: record.revision, nonce };
  const title = `Approve for ${tenantName}`;
  const reject = decisionButton(`Reject for ${tenantName}`, 'reject', ticket, {
    style: 'destructive',
    usesInputs: true,
  });
  const usesInputs = typedCount !== null;
  const approve = [
    decisionButton(title, 'approve', ticket, { style: 'positive', usesInputs }),
    ...(canarySize === undefined
      ? []
      : [decisionButton(canaryTitle(canarySize), 'approve-canary', ticket, { usesInputs })]),
  ];
  return [
    ...(typedCount === null
      ? approve
      : [
          showButton(
            `${title}…`,
            [countInput(typedCount, affectsPartners(record.content.steps) ? 'partner entries' : 'people')],
            approve,
          ),
        ]),
    showButton('Reject plan…', [reasonInput('Why do you reject it? The requester reads this.')], [reject]),
    askButton(record),
  ];
}

/** Hands the request to a colleague who holds the roles: they are read then, and again when that person presses. */
function delegateButton({ id }: PlanRecord, tenantName: string): Button {
  const input = {
    type: 'Input.Text',
    id: 'user',
    label: text`Who of ${tenantName} shall decide instead of you? Sign-in name or mail address.`.plain,
    isRequired: true,
    errorMessage: 'Name the person who shall decide.',
    maxLength: 113,
  };
  return showButton(
    'Delegate…',
    [input],
    [commandButton('Hand over', `delegate ${id}`, { usesInputs: true })],
  );
}

/** T3: the approver types how many people it affects, so that nobody approves by habit. */
function countInput(count: number, what: string) {
  return {
    type: 'Input.Text',
    id: 'count',
    label: `Affected ${what}: type ${count} to approve`,
    isRequired: true,
    errorMessage: `Type ${count}.`,
    maxLength: 9,
  };
}
