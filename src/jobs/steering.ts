import type { Directory } from '../approvals/directory';
import type { DecisionOutcome, DecisionRequest } from '../approvals/outcome';
import type { TenantConfig } from '../config';
import type { GraphRead, GraphWrite } from '../graph/client';
import type {
  DesiredState,
  Link,
  Person,
  PlanAudience,
  PlanKind,
  PlanRecord,
  Step,
  TrySubject,
} from '../plan/types';
import type { Store } from '../store/db';
import type { AdaptiveCard, Messenger } from '../store/ports';

export interface SteeringParts {
  readonly store: Store;
  readonly tenants: readonly TenantConfig[];
  readonly graph: { read(tenantId: string): GraphRead; write(tenantId: string): GraphWrite };
  /** The ordered steps of each kind of plan (`src/steps`). */
  readonly steps: Readonly<Record<PlanKind, readonly Step[]>>;
  readonly directory: Directory;
  readonly messenger: Messenger;
  readonly renderPlanCard: (
    record: PlanRecord,
    link: Link,
    audience: PlanAudience,
    now: Date,
  ) => AdaptiveCard;
}

export interface DraftRequest {
  readonly kind: PlanKind;
  readonly link: Link;
  readonly requester: Person;
  /** `setup`: what is wished; start, pause, try: the current one, or null. */
  readonly desired: DesiredState | null;
  readonly subject: TrySubject | null;
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

/** What a press came to within 1.2 s, and later. */
export interface PressAnswer {
  /** `null` = still being decided: show "Checking your role…". */
  readonly outcome: DecisionOutcome | null;
  /** The outcome whenever it comes; rejects with `busy` after 60 s. */
  readonly later: Promise<DecisionOutcome>;
}

/** The engine behind the commands: drafts plans, takes decisions, applies, delivers cards. */
export interface Steering {
  start(): Promise<void>;
  /** Stops taking work, lets the current change finish (20 s at most), releases what it holds. */
  stop(): Promise<void>;
  /** Observes both tenants and stores the plan as a draft. @throws BotError of the Graph reads */
  draft(request: DraftRequest): Promise<DraftOutcome>;
  /** What `draft` would store, without storing it; `null` when nothing is to be done. */
  preview(request: DraftRequest): Promise<PlanRecord | null>;
  /** Any decision, by button or text: stored first, then decided by a job (press protocol). */
  press(activityId: string, request: DecisionRequest): Promise<PressAnswer>;
  /** Sends the person's card of this plan (again) to their personal chat: `approve PL-x`. */
  showCard(planId: string, person: Person): Promise<'sent' | 'gone' | 'no-personal-chat'>;
  /** The present card for this person, for `refresh`: reads roles from a cache of at most 60 s (I33). */
  currentCard(planId: string, person: Person): Promise<AdaptiveCard | null>;
}
