import type { Link, PlanAudience, PlanRecord } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import {
  affectedUsers,
  affectsPartners,
  changedTenants,
  isOpen,
  outcomeSentence,
  planFooter,
} from './plan-facts';
import { breakGlassLines, emergencyLines } from './break-glass-words';
import { freezeLines } from './freeze-words';
import { heldWords, holdSentence } from './hold-words';
import { approvalRows } from './plan-quorums';
import { stateWords, stepWords } from './plan-words';
import { doneCount } from './run-facts';
import { render } from './render';
import { text, type Text } from './text';
import { counted, linkTitle, listed } from './words';

/** What a channel sees: requester, tenants, counts and state. No name of an affected person, no button. */
export function channelPlanCard(
  record: PlanRecord,
  link: Link,
  audience: PlanAudience & { role: 'channel' },
): AdaptiveCard {
  const held = holdSentence(record, audience);
  const { word, style } = held ? heldWords : stateWords[record.state];
  const { done, total } = doneCount(record);
  const tenants = changedTenants(record, link);
  return render(
    'channel-plan',
    {
      kind: text`Plan ${record.id}`,
      title: linkTitle(link),
      state: word,
      style,
      sentence: outcomeSentence(record, link),
      meaning: [
        ...freezeLines(record),
        ...breakGlassLines(record),
        ...emergencyLines(record, link),
        affectedLine(record),
        nextLine(record, listed(tenants.map((tenant) => tenant.displayName)), held),
      ],
      footer: planFooter(record, link),
    },
    {
      steps: tenants.map((tenant) => ({
        tenant: tenant.displayName,
        names: stepNames(record, tenant.tenantId),
      })),
      approvals: record.state === 'draft' ? [] : approvalRows(record, link),
      count: record.runs.length > 0 ? text`${done} of ${counted(total, 'change')} done` : '',
      done: String(done),
      rest: String(Math.max(0, total - done)),
    },
    canMove(record) ? { refresh: { planId: record.id, userIds: audience.userIds } } : {},
  );
}

function affectedLine({ content }: PlanRecord): Text {
  const count = affectedUsers(content.steps);
  const what = affectsPartners(content.steps)
    ? counted(count, 'partner entry', 'partner entries')
    : counted(count, 'user');
  return text`${what} affected. Names are shown only to the people who decide.`;
}

/** What is done in one tenant, in words that hold no name of a person or group. */
function stepNames(record: PlanRecord, tenantId: string): Text {
  const own = record.content.steps.filter((step) => step.tenantId === tenantId);
  const words = [...new Set(own.map((step) => stepWords[step.name]))];
  return listed(words.map(inSentence), STEP_NAMES);
}

/** "Partner entry" → "partner entry", but "SMS" stays, and so does the first of the sentence. */
function inSentence(words: string, index: number): string {
  return index > 0 && /^\p{Lu}\p{Ll}/u.test(words) ? words.charAt(0).toLowerCase() + words.slice(1) : words;
}

function nextLine(record: PlanRecord, tenantNames: Text, held: Text | null): Text {
  switch (record.state) {
    case 'draft':
      return text`It is a draft: nothing happens before it is decided.`;
    case 'submitted':
      return text`People of ${tenantNames} decide in their own chat with me.`;
    case 'approved':
    case 'applying':
      return held ?? text`It is running; this card follows it.`;
    case 'applied':
      return text`What was read back equals the plan.`;
    case 'failed':
    case 'needs-attention':
      return text`${record.content.requester.displayName} has the details in their own chat with me.`;
    default:
      return text`It does not go on.`;
  }
}

function canMove(record: PlanRecord): boolean {
  return isOpen(record) || record.state === 'approved' || record.state === 'applying';
}

const STEP_NAMES = 9;
