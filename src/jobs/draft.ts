import { mayConfirm } from '../approvals/authority';
import { findLink, normalPerson } from '../approvals/person';
import type { ApprovalPorts } from '../approvals/ports';
import { storeDraft } from '../approvals/store-draft';
import { BotError } from '../errors';
import type { GraphRead } from '../graph/client';
import { makePlan, type MadePlan } from '../plan/make';
import { changedTenantIds, neededApprovals } from '../plan/tier';
import type { DesiredState, Link, Person, PlanKind, PlanRecord, Step } from '../plan/types';
import type { PlanSubject } from '../plan/subject';
import { currentDesired } from '../store/links';
import { readRecord } from '../store/records';

export interface DraftRequest {
  readonly kind: PlanKind;
  readonly link: Link;
  readonly requester: Person;
  /** `setup`: what is wished; start, pause, try: the current one, or null. */
  readonly desired: DesiredState | null;
  readonly subject: PlanSubject | null;
  /** `try`: the user holds an administrator role. */
  readonly isSubjectPrivileged?: boolean;
  /** Where it was asked: gets the base card after submission unless it is a personal chat. */
  readonly conversationId: string;
  /** [Edit]: replaces this draft of the same requester with a new revision (I8). */
  readonly revises?: { readonly planId: string; readonly revision: number };
}

export type DraftOutcome =
  /** Everything is as wished already: nothing was stored. */
  | { readonly type: 'empty' }
  /** Stored. The requester's card is on its way to their personal chat through the outbox. */
  | { readonly type: 'drafted'; readonly record: PlanRecord }
  /** The bot knows no personal chat of the requester. */
  | { readonly type: 'no-personal-chat' }
  /** The draft to revise is gone or was submitted meanwhile. */
  | { readonly type: 'superseded' };

export interface DraftPorts extends ApprovalPorts {
  readonly steps: Readonly<Record<PlanKind, readonly Step[]>>;
  readonly graph: { read(tenantId: string): GraphRead };
}

/** What a plan is made from. */
export type MakePorts = Pick<DraftPorts, 'steps' | 'graph' | 'tenants' | 'store' | 'directory'>;

/** Observes, compares and stores; whoever asks must have been found to be an operator before. */
export async function draftPlan(ports: DraftPorts, request: DraftRequest): Promise<DraftOutcome> {
  const made = await make(ports, request);
  if (!made) return { type: 'empty' };
  const { conversationId, revises } = request;
  const stored = await storeDraft(ports, { made, conversationId, ...(revises ? { revises } : {}) });
  if (stored === 'no-personal-chat' || stored === 'superseded') return { type: stored };
  const record = await readRecord(ports.store.db, stored.planId);
  return record ? { type: 'drafted', record } : { type: 'superseded' };
}

/** The same plan as a record that is stored nowhere: its id is empty and nobody can decide on it. */
export async function previewPlan(ports: MakePorts, request: DraftRequest): Promise<PlanRecord | null> {
  const made = await make(ports, request);
  if (!made) return null;
  const { content, digest, tier, tierRaise, needed } = made;
  return {
    id: '',
    state: 'draft',
    revision: content.revision,
    content,
    digest,
    tier,
    tierRaise,
    reason: null,
    quorums: needed.map((one) => ({ ...one, candidates: [] })),
    decisions: [],
    runs: [],
    questions: [],
    ending: null,
    createdAt: new Date().toISOString(),
    submittedAt: null,
    expiresAt: null,
    startedAt: null,
    finishedAt: null,
  };
}

async function make(ports: MakePorts, request: DraftRequest): Promise<MadePlan | null> {
  const { source, target } = request.link;
  const link = findLink(ports.tenants, source.tenantId, target.tenantId);
  if (!link) {
    throw new BotError('not-allowed', 'choosing the tenants of a plan', 'Name both tenants in the settings.');
  }
  const { kind, desired, subject, isSubjectPrivileged = false, revises } = request;
  const made = await makePlan({
    kind,
    link,
    desired,
    subject,
    isSubjectPrivileged,
    requester: normalPerson(request.requester),
    revision: (revises?.revision ?? 0) + 1,
    steps: ports.steps[kind],
    source: ports.graph.read(link.source.tenantId),
    target: ports.graph.read(link.target.tenantId),
    verified: (await currentDesired(ports.store.db, keyOf(link))) ?? null,
  });
  return made && forRequester(ports, made);
}

/** Nobody confirms what they may not do themselves, or what changes themselves: then somebody else approves it. */
async function forRequester(ports: MakePorts, made: MadePlan): Promise<MadePlan> {
  const { content, tier } = made;
  if (tier !== 'T1') return made;
  for (const tenantId of changedTenantIds(content)) {
    const authority = await mayConfirm(ports, content.requester, tenantId, content);
    if (authority.isAllowed) continue;
    const tierRaise = 'the person who asks may not do this alone';
    return { ...made, tier: 'T2', tierRaise, needed: neededApprovals('T2', content) };
  }
  return made;
}

function keyOf({ source, target }: Link) {
  return { sourceTenantId: source.tenantId, targetTenantId: target.tenantId };
}
