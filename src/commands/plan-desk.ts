import type { Steering } from '../jobs/steering';
import type { DesiredState, Freeze, Link, PlanRecord, PlanState } from '../plan/types';
import { listBeforeImages } from '../store/change-runs';
import type { Store } from '../store/db';
import { findFreeze, findFreezeOf, type FreezeScope } from '../store/freezes';
import { currentDesired, listLinks, saveLink } from '../store/links';
import { listPlanIds } from '../store/plan-lists';
import { listRecords, readRecord } from '../store/records';

/** The parts of the engine that commands may use. */
export type SteeringDoors =
  | 'draft'
  | 'preview'
  | 'press'
  | 'wasShown'
  | 'remind'
  | 'delegate'
  | 'breakGlass'
  | 'ask'
  | 'answer'
  | 'showCard'
  | 'currentCard'
  | 'freeze';

/** What commands may do with plans: draft them, look at them, and press for people. They never apply one. */
export interface PlanDesk extends Pick<Steering, SteeringDoors> {
  find(planId: string): Promise<PlanRecord | undefined>;
  /** What the plan changed and read back, with what it found before each write. */
  beforeImages(planId: string): ReturnType<typeof listBeforeImages>;
  /** The freeze of exactly this scope. */
  freezeOf(scope: FreezeScope): Promise<Freeze | null>;
  /** What keeps the link from being changed: a freeze of it, or of all links. */
  freezeHolding(link: Link): Promise<Freeze | null>;
  /** Plans of these tenants that wait for somebody or run, newest first. */
  listOpen(tenantIds: readonly string[], limit: number): Promise<readonly PlanRecord[]>;
  /** All plans of the link, or of all links of these tenants, newest first; `total` counts up to 1,000. */
  listRecent(
    filter: { readonly link: Link | null; readonly tenantIds: readonly string[] },
    limit: number,
  ): Promise<{ readonly plans: readonly PlanRecord[]; readonly total: number }>;
  /** The desired state that was applied last. */
  currentDesired(link: Link): Promise<DesiredState | null>;
  /** Links that a `setup` made or `links` found, as tenant ids. */
  listLinks(): Promise<readonly { readonly sourceTenantId: string; readonly targetTenantId: string }[]>;
  /** Remembers links that were found by their configurations. */
  rememberLinks(links: readonly Link[]): Promise<void>;
}

const openStates: readonly PlanState[] = ['draft', 'submitted', 'approved', 'applying', 'needs-attention'];

export function planDesk(steering: Pick<Steering, SteeringDoors>, { db }: Store): PlanDesk {
  return {
    draft: (request) => steering.draft(request),
    preview: (request) => steering.preview(request),
    press: (activityId, request) => steering.press(activityId, request),
    wasShown: (planId, nonce, person) => steering.wasShown(planId, nonce, person),
    remind: (planId, person) => steering.remind(planId, person),
    delegate: (planId, person, to) => steering.delegate(planId, person, to),
    breakGlass: (planId, person, reason) => steering.breakGlass(planId, person, reason),
    ask: (planId, person, question) => steering.ask(planId, person, question),
    answer: (planId, person, given) => steering.answer(planId, person, given),
    freeze: (wish) => steering.freeze(wish),
    freezeOf: async (scope) => (await findFreezeOf(db, scope)) ?? null,
    freezeHolding: async (link) => (await findFreeze(db, keyOf(link))) ?? null,
    showCard: (planId, person) => steering.showCard(planId, person),
    currentCard: (planId, person, isPersonal) => steering.currentCard(planId, person, isPersonal),
    find: (planId) => readRecord(db, planId),
    beforeImages: (planId) => listBeforeImages(db, planId),
    listOpen: (tenantIds, limit) => listRecords(db, { states: openStates, tenantIds, limit }),
    async listRecent({ link, tenantIds }, limit) {
      const filter = link ? keyOf(link) : { tenantIds };
      const plans = await listRecords(db, { ...filter, limit });
      return { plans, total: (await listPlanIds(db, { ...filter, limit: 1_000 })).length };
    },
    currentDesired: async (link) => (await currentDesired(db, keyOf(link))) ?? null,
    listLinks: () => listLinks(db),
    async rememberLinks(links) {
      for (const link of links) await saveLink(db, { ...keyOf(link), origin: 'found', resolved: {} });
    },
  };
}

function keyOf({ source, target }: Link) {
  return { sourceTenantId: source.tenantId, targetTenantId: target.tenantId };
}
