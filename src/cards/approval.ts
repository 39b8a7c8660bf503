import type { Link, PlanAudience, PlanRecord } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import { type Button, decisionButton, showButton } from './buttons';
import { changesPart, moreChangesButton } from './changes-part';
import { approvalRows, changeCount, meaningLines, planFooter, stepRows, tenantOf } from './plan-facts';
import { reasonInput } from './reason-input';
import { fit, render } from './render';
import { distance } from './when';
import { name, text } from './text';
import { andMore, counted, linkTitle } from './words';

/** For one approver: the changes of their own tenant in full, the other tenant's steps by title only. */
export function approvalCard(
  record: PlanRecord,
  link: Link,
  audience: PlanAudience & { role: 'approver' },
  now: Date,
): AdaptiveCard {
  const tenant = tenantOf(link, audience.forTenantId);
  const own = record.content.steps.filter((step) => step.tenantId === tenant.tenantId);
  const others = record.content.steps.filter((step) => step.tenantId !== tenant.tenantId);
  const other = tenant === link.source ? link.target : link.source;
  return fit((limit) => {
    const changes = changesPart(record, link, own, limit);
    return render(
      'approval',
      {
        kind: text`Approve ${record.id} for ${tenant.displayName}`,
        title: linkTitle(link),
        state: 'Waits for you',
        style: 'accent',
        sentence: text`**${record.content.requester.displayName}** asks for ${counted(changeCount(own), 'change')} in ${tenant.displayName}. Nothing has been changed yet.`,
        meaning: meaningLines(own, limit),
        footer: planFooter(record, link),
      },
      {
        ...changes.view,
        reason: record.reason === null ? '' : name(record.reason, REASON_LIMIT),
        expires: record.expiresAt ? distance(record.expiresAt, now) : '',
        approvals: approvalRows(record, link),
        otherTenant: other.displayName,
        others: stepRows(record, link, others.slice(0, limit)),
        moreOthers: andMore(others.length - limit, 'step'),
      },
      {
        buttons: [
          ...decideButtons(record, tenant.displayName, audience.nonce),
          ...moreChangesButton(changes),
        ],
      },
    );
  });
}

function decideButtons(record: PlanRecord, tenantName: string, nonce: string): Button[] {
  const ticket = { planId: record.id, revision: record.revision, nonce };
  const reject = decisionButton(`Reject for ${tenantName}`, 'reject', ticket, {
    style: 'destructive',
    usesInputs: true,
  });
  return [
    decisionButton(`Approve for ${tenantName}`, 'approve', ticket, { style: 'positive' }),
    showButton('Reject…', [reasonInput('Why do you reject it? The requester reads this.')], [reject]),
  ];
}

const REASON_LIMIT = 400;
