import type { Directory } from '../approvals/directory';
import type { DecisionRequest } from '../approvals/outcome';
import { answerQuestion, askRequester, type AnswerOutcome, type AskOutcome } from '../approvals/ask';
import { breakGlassOn, type BreakGlassOutcome } from '../approvals/break-glass';
import { delegateRequest, type DelegateOutcome } from '../approvals/delegate';
import { freezeScope, liftFreeze, type FreezeWish, type Frozen } from '../approvals/freeze';
import { findLink, normalPerson, normalTenant } from '../approvals/person';
import type { ReadBack } from '../approvals/ports';
import { remindApprovers, type RemindOutcome } from '../approvals/remind';
import { checkAuthority } from '../approvals/recheck';
import type { TenantConfig } from '../config';
import { BotError } from '../errors';
import type { GraphRead, GraphWrite } from '../graph/client';
import { applyPlan } from '../plan/apply';
import { leaseSecondsOf, type ApplyPorts, type Pace } from '../plan/run';
import type { Link, Person, PlanAudience, PlanKind, PlanRecord, Step } from '../plan/types';
import { findNonce } from '../store/nonces';
import type { Store } from '../store/db';
import { findFreezeOf } from '../store/freezes';
import type { Freezes } from '../steps/lift-freeze';
import type { OpenImage } from '../steps/undo/phone-return-step';
import type { Sealer } from '../store/seal';
import { imageOpener } from './open-image';
import type { AdaptiveCard, Messenger } from '../store/ports';
import { draftPlan, previewPlan, type DraftOutcome, type DraftRequest } from './draft';

import type { DeliverPorts } from './deliver';
import { Outbox } from './outbox';
import { Presses, type PressAnswer } from './press';
import { readBackPlan } from './read-back';
import { openQueue, type Queue } from './queue';
import { Recovery } from './recovery';
import { CardViews, type ShowOutcome } from './show-card';
import { Watching } from './watching';

export interface SteeringParts {
  readonly store: Store;
  readonly tenants: readonly TenantConfig[];
  readonly graph: { read(tenantId: string): GraphRead; write(tenantId: string): GraphWrite; now(): Date };
  /** The ordered steps of each kind of plan (`src/steps`). */
  readonly steps: Readonly<Record<PlanKind, readonly Step[]>>;
  /** The steps that lift a freeze, over our own database. */
  readonly liftFreezeSteps: (freezes: Freezes) => readonly Step[];
  /** The steps of an undo, with the door to what is kept encrypted. */
  readonly undoStepsWith: (open: OpenImage) => readonly Step[];
  /** Encrypts phone numbers in before-images. */
  readonly sealer?: Sealer;
  readonly directory: Directory;
  /** How long a write may take to show in Graph; a minute when left out. */
  readonly replicationMilliseconds?: number;
  /** Seconds after which a running plan that nobody renews is taken over (I24); a minute when left out. */
  readonly leaseSeconds?: number;
  readonly messenger: Messenger;
  readonly renderPlanCard: (
    record: PlanRecord,
    link: Link,
    audience: PlanAudience,
    now: Date,
  ) => AdaptiveCard;
  readonly renderNotice: DeliverPorts['renderNotice'];
  /** How often a link with subscribers is looked at; five minutes when left out. */
  readonly watchSeconds?: number;
  /** What jobs run on; a queue on the store's own database when left out. */
  readonly queue?: Queue;
  /** How an execution waits; the machine's own clock when left out. */
  readonly pace?: Pace;
}

/** The engine behind the commands: drafts plans, takes decisions, applies, delivers cards. */
export interface Steering {
  start(): Promise<void>;
  /** Begins no more work of its own, and no further change of a plan; decisions and cards go on. */
  settle(): Promise<void>;
  /** Stops taking work, lets the current change finish (20 s at most), releases what it holds. */
  stop(): Promise<void>;
  /** Observes both tenants and stores the plan as a draft. @throws BotError of the Graph reads */
  draft(request: DraftRequest): Promise<DraftOutcome>;
  /** What `draft` would store, without storing it; `null` when nothing is to be done. */
  preview(request: DraftRequest): Promise<PlanRecord | null>;
  /** Any decision, by button or text: stored first, then decided by a job (press protocol). */
  press(activityId: string, request: DecisionRequest): Promise<PressAnswer>;
  /** Sends the person's card of this plan (again) to their personal chat: `approve PL-x`. */
  showCard(planId: string, person: Person): Promise<ShowOutcome>;
  /** Sends their card anew to those who were asked and have not answered; the requester's, at most once an hour. */
  remind(planId: string, person: Person): Promise<RemindOutcome>;
  /** Hands what this approver was asked to somebody else who holds the authority now. */
  delegate(planId: string, person: Person, to: Person): Promise<DelegateOutcome>;
  /** Lets somebody whom the settings name decide on this plan for an hour, with a second person (I39). */
  breakGlass(planId: string, person: Person, reason: string): Promise<BreakGlassOutcome>;
  /** A question of somebody who may approve, to the requester. */
  ask(planId: string, person: Person, question: string): Promise<AskOutcome>;
  /** The requester's answer to question `number`. */
  answer(
    planId: string,
    person: Person,
    given: { readonly number: number; readonly answer: string },
  ): Promise<AnswerOutcome>;
  /** Whether the card with this nonce was drawn for this very person: needs the database only. */
  wasShown(planId: string, nonce: string, person: Person): Promise<boolean>;
  /**
   * The present card for this person, for `refresh`: reads roles from a cache of at most 60 s (I33). Outside a
   * personal chat it carries no decision buttons. `null` = not theirs to see.
   */
  currentCard(planId: string, person: Person, isPersonal: boolean): Promise<AdaptiveCard | null>;
  /** Stops all writes of a link, or of all links, at once. */
  freeze(wish: FreezeWish): Promise<Frozen>;
  /** Subscriptions have changed: look at once, and from now on at what has subscribers. */
  watchAnew(): Promise<void>;
}

/** Wires plan, approvals, queue and outbox together; `start` it once the store is ready. */
export async function createSteering(parts: SteeringParts): Promise<Steering> {
  const { store } = parts;
  const queue = parts.queue ?? (await openQueue(store));
  const tenants = parts.tenants.map(normalTenant);
  const freezes: Freezes = {
    find: (subject, link) => findFreezeOf(store.db, subject.scope === 'all' ? 'all' : keyOf(link)),
    lift: (freezeId) => liftFreeze({ store, enqueue: queue.enqueue }, freezeId),
  };
  const ports = {
    ...parts,
    steps: {
      ...parts.steps,
      unfreeze: parts.liftFreezeSteps(freezes),
      undo: parts.undoStepsWith(imageOpener(parts)),
    },
    tenants,
    enqueue: queue.enqueue,
    findLink: (source: string, target: string) => findLink(tenants, source, target),
    readBack: (record: PlanRecord): Promise<ReadBack> => readBackPlan(ports, record),
  };
  const presses = new Presses(ports);
  const views = new CardViews(ports);
  const outbox = new Outbox(ports);
  const watching = new Watching({
    ...ports,
    schedule: queue.schedule,
    everySeconds: parts.watchSeconds ?? 300,
  });
  const recovery = new Recovery(ports, leaseSecondsOf(parts));
  let isStopping = false;
  const applyPorts: ApplyPorts = {
    ...ports,
    checkAuthority: (record) => checkAuthority(ports, record),
    pace: parts.pace ?? realPace,
    isStopping: () => isStopping,
  };
  async function settle(): Promise<void> {
    isStopping = true;
    recovery.stop();
    await queue.takeNoMore(['apply', 'watch', 'expire']);
  }
  return {
    async start() {
      if (!(await store.isReady())) throw notReady();
      await queue.start({
        apply: async ({ planId }) => void (await applyPlan(planId, applyPorts)),
        decide: ({ pressId }) => presses.decide(pressId),
        deliver: () => outbox.drain(),
        watch: (job) => watching.look(job),
        expire: async () => {
          await recovery.tidy();
          await watching.reschedule();
        },
      });
      await recovery.start();
      await watching.reschedule();
    },
    settle,
    async stop() {
      await settle();
      outbox.stop();
      await queue.stop();
    },
    watchAnew: () => watching.anew(),
    draft: (request) => draftPlan(ports, request),
    preview: (request) => previewPlan(ports, request),
    press: (activityId, request) => presses.press(activityId, request),
    freeze: (wish) => freezeScope(ports, wish),
    remind: (planId, person) => remindApprovers(ports, planId, person),
    delegate: (planId, person, to) => delegateRequest(ports, planId, person, to),
    breakGlass: (planId, person, reason) => breakGlassOn(ports, planId, person, reason),
    ask: (planId, person, question) => askRequester(ports, planId, person, question),
    answer: (planId, person, given) => answerQuestion(ports, planId, person, given),
    wasShown: async (planId, nonce, person) =>
      (await findNonce(store.db, nonce, planId, normalPerson(person))) !== undefined,
    showCard: (planId, person) => views.show(planId, person),
    currentCard: (planId, person, isPersonal) => views.current(planId, person, isPersonal),
  };
}

function keyOf({ source, target }: Link) {
  return { sourceTenantId: source.tenantId, targetTenantId: target.tenantId };
}

const realPace: Pace = {
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  elapsed: () => performance.now(),
};

function notReady(): BotError {
  return new BotError(
    'storage-unavailable',
    'starting on a database that does not answer or is of a newer version',
    'Check the database, or start the version that last used it.',
  );
}
