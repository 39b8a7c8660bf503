import { breakGlassBasis } from '../approvals/authority';
import type { AuditedPlanView } from '../cards/audit';
import type { AuditDecisionView, AuditPlanView, AuditWriteView } from '../cards/audit-plan';
import type { StoryDecision, StoryWrite } from '../evidence/plan-story';
import { roleName } from '../graph/role-templates';
import { isDestructive } from '../plan/tier';
import type { Link } from '../plan/types';
import type { AuditedPlan } from './audit-desk';
import { planTitle } from './plan-words';
import type { TenantNames } from './tenant-names';

const deciding = [
  ...['confirmed', 'approved', 'approved-canary', 'continued', 'rejected', 'withdrawn', 'discarded'],
  ...['closed', 'expired'],
];

/** A row of the list. */
export function auditedPlanView({ record, story }: AuditedPlan, link: Link): AuditedPlanView {
  const decided = story.decisions.filter(({ event }) => deciding.includes(event));
  return {
    id: record.id,
    link,
    title: planTitle(record),
    state: record.state,
    requesterName: (story.requester ?? record.content.requester).displayName,
    reason: story.reason,
    decisions: decided.map(({ event, person, at }) => ({
      word: words[event] ?? event,
      personName: person?.displayName ?? null,
      at,
    })),
    changes: record.content.steps.reduce((sum, { changes }) => sum + changes.length, 0),
    affectedUsers: Math.max(0, ...story.steps.map((step) => step.affectedUsers)),
    isDestructive: isDestructive(record.content),
    askedAt: story.first.at,
  };
}

/** One plan in full. */
export function auditPlanView(
  { record, story }: AuditedPlan,
  link: Link,
  tenants: TenantNames,
): Omit<AuditPlanView, 'skipped' | 'timeZone'> {
  const nameOf = (tenantId: string | null) => tenants.byId(tenantId ?? '')?.displayName ?? tenantId ?? '';
  return {
    id: record.id,
    link,
    title: planTitle(record),
    state: record.state,
    tier: story.tier ?? record.tier,
    revision: story.revision ?? record.revision,
    digest: story.digest,
    ending: story.ending,
    steps: story.steps.map(({ tenantId, title, changes }) => ({ place: nameOf(tenantId), title, changes })),
    decisions: story.decisions.map((decision) => decisionView(decision, nameOf)),
    writes: story.writes.map((write) => writeView(write, nameOf)),
    records: { first: story.first.sequence, last: story.last.sequence },
  };
}

function decisionView(
  decision: StoryDecision,
  nameOf: (tenantId: string | null) => string,
): AuditDecisionView {
  const { event, at, person, forTenantId, authority, surface, reason } = decision;
  const where = forTenantId && deciding.includes(event) ? ` for ${nameOf(forTenantId)}` : '';
  return {
    word: `${words[event] ?? event}${where}`,
    at,
    person: person && {
      name: person.displayName,
      objectId: person.objectId,
      tenant: nameOf(person.tenantId),
    },
    authority: authority ? authority.split('+').map(basisWords).join(' and ') : '',
    surface: surface ? (surfaces[surface] ?? surface) : '',
    reason: event === 'refused' && reason ? (refusals[reason] ?? reason) : reason,
  };
}

function basisWords(basis: string): string {
  if (basis === breakGlassBasis) return 'break-glass, without a role';
  return basis.startsWith('group:') ? `member of group ${basis.slice(6)}` : roleName(basis);
}

function writeView(write: StoryWrite, nameOf: (tenantId: string | null) => string): AuditWriteView {
  const { tenantId, title, operation, state, error, ...rest } = write;
  return {
    ...rest,
    place: nameOf(tenantId),
    title: title || operation,
    state: `${states[state] ?? state}${error ? `, while ${error}` : ''}`,
  };
}

const words: Readonly<Record<string, string>> = {
  submitted: 'Asked for approval',
  confirmed: 'Confirmed',
  approved: 'Approved',
  'approved-canary': 'Approved the first changes',
  held: 'Waited after the first changes',
  continued: 'Approved the rest',
  rejected: 'Rejected',
  withdrawn: 'Withdrawn',
  discarded: 'Discarded',
  expired: 'Expired',
  superseded: 'Replaced',
  revised: 'Edited',
  closed: 'Closed',
  'break-glass-opened': 'Broke the glass',
  refused: 'Tried in vain',
  claimed: 'Run begun',
  applied: 'Done',
  failed: 'Failed',
  stale: 'Out of date, nothing written',
  'needs-attention': 'Stopped, needs attention',
};

const surfaces: Readonly<Record<string, string>> = {
  execute: 'button',
  submit: 'button of an older Teams',
  text: 'text',
  job: 'schedule',
};

const refusals: Readonly<Record<string, string>> = {
  'no-role': 'held no role for it',
  'eligible-only': 'held the role as eligible only',
  affected: 'the plan changes this person',
  disabled: 'the account is disabled',
  'own-request': 'their own plan',
  'not-named': 'not among those who may break the glass',
};

const states: Readonly<Record<string, string>> = {
  planned: 'not begun',
  writing: 'begun, no answer recorded',
  waiting: 'not written, to be tried again',
  written: 'written, not read back yet',
  verified: 'written and read back',
  'already-done': 'was so already',
  failed: 'failed',
  unknown: 'outcome unknown',
};
