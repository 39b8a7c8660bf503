import type { Steering } from '../jobs/steering';
import type { DesiredState, Link, PlanRecord } from '../plan/types';

/** What commands may do with plans: draft them, look at them, and press for people. They never apply one. */
export interface PlanDesk
  extends Pick<Steering, 'draft' | 'preview' | 'press' | 'showCard' | 'currentCard'>, PlanQueries {}

/** Reads of the store that lists and forms are made from. */
export interface PlanQueries {
  find(planId: string): Promise<PlanRecord | undefined>;
  /** Drafts of nobody else, and everything that still waits or runs; newest first. */
  listOpen(limit: number): Promise<readonly PlanRecord[]>;
  /** All plans of these links, newest first. */
  listRecent(
    links: readonly Link[],
    limit: number,
  ): Promise<{ readonly plans: readonly PlanRecord[]; readonly total: number }>;
  /** The desired state that was applied last. */
  currentDesired(link: Link): Promise<DesiredState | null>;
  /** Links that a `setup` made or `links` found. */
  listLinks(): Promise<readonly { readonly sourceTenantId: string; readonly targetTenantId: string }[]>;
  /** Remembers links that were found by their configurations. */
  rememberLinks(links: readonly Link[]): Promise<void>;
}
