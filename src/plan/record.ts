import type { JsonValue, Person, PlanContent, PlanState, Tier } from './types';

/** A plan as it stands in the database, and for whom its cards are drawn. */

/** How many people of one changed tenant must approve, and who was found that could. */
export interface Quorum {
  readonly tenantId: string;
  readonly needed: number;
  readonly candidates: readonly Candidate[];
}

/** Somebody who was asked to decide. */
export interface Candidate extends Person {
  /** To whom they handed the request: they are waited for no longer. */
  readonly handedTo?: Person;
  /** Who handed it to them. */
  readonly handedBy?: Person;
}

export interface Decision {
  readonly person: Person;
  /** The changed tenant for which this person decided. */
  readonly forTenantId: string;
  readonly decision: 'approved' | 'rejected' | 'confirmed' | 'withdrawn';
  readonly reason: string | null;
  /** The role (template id), `group:<id>` or `break-glass` that gave authority at that moment. */
  readonly authority: string;
  /** ISO 8601, database clock. */
  readonly at: string;
  /** An approval of so many changes at the head of the plan and no more yet; left out once it is for all. */
  readonly onlyFirst?: number;
}

/** Somebody approved the head of the plan alone: after it nothing is begun before all of them continue. */
export interface Hold {
  /** So many changes, counted from the first one, may be made. */
  readonly after: number;
  readonly waitsFor: readonly Person[];
  /** Those changes are made and read back: the plan waits now. */
  readonly isReached: boolean;
  /** When the time to finish is over, ISO 8601; `null` before it runs. */
  readonly until: string | null;
}

/** What an approver asked about the plan, and the requester's answer; no part of the digest. */
export interface PlanQuestion {
  /** 1, 2, 3 within the plan. */
  readonly number: number;
  readonly person: Person;
  /** The changed tenant for which the person who asks could decide: only its people read it. */
  readonly forTenantId: string;
  readonly question: string;
  readonly askedAt: string;
  /** `null` while it waits. */
  readonly answer: string | null;
  readonly answeredAt: string | null;
}

/** How one change of the plan went; the intent row comes before the request, the result after it (I22). */
export interface ChangeRun {
  readonly stepIndex: number;
  readonly changeIndex: number;
  readonly state: 'waiting' | 'writing' | 'written' | 'verified' | 'already-done' | 'failed' | 'unknown';
  readonly requestIds: readonly string[];
  readonly outcome: JsonValue;
  /** What went wrong, ready to show: code, what was happening, remedy. */
  readonly error: {
    readonly code: string;
    readonly doing: string;
    readonly remedy: string;
    readonly requestId?: string;
  } | null;
  readonly at: string | null;
}

/** Nothing is written in the link while it lasts. */
export interface Freeze {
  readonly id: string;
  readonly scope: 'all' | 'link';
  /** The tenant whose people lift it. */
  readonly ownerTenantId: string;
  readonly by: Person;
  readonly reason: string;
  readonly since: string;
}

/**
 * Somebody of the settings broke the glass on this plan: for an hour by the database's clock their approval counts for
 * their own tenant although they hold no role, and never alone (I39).
 */
export interface BreakGlass {
  readonly person: Person;
  readonly reason: string;
  readonly openedAt: string;
  readonly expiresAt: string;
  /** Whether the hour lasted when the record was read. */
  readonly isLive: boolean;
}

/** What the subscribed places of the link are told of a break-glass. */
export interface BreakGlassNotice {
  readonly planId: string;
  /** Whose glass it is: tenant id. */
  readonly tenantId: string;
  readonly person: string;
  readonly requester: string;
  readonly reason: string;
  readonly expiresAt: string;
  /** Names of people of the tenant who look at it within 24 hours; empty when nobody was found. */
  readonly reviewers: readonly string[];
  readonly reviewBy: string;
}

/** A plan as it stands in the database: what every card about it is drawn from (I5). */
export interface PlanRecord {
  /** `PL-0031`. */
  readonly id: string;
  readonly state: PlanState;
  readonly revision: number;
  readonly content: PlanContent;
  /** SHA-256, hex. */
  readonly digest: string;
  readonly tier: Tier;
  /** Why the tier is higher than its steps: "12 people in two tenants"; null when it was not raised. */
  readonly tierRaise: string | null;
  readonly reason: string | null;
  readonly quorums: readonly Quorum[];
  readonly decisions: readonly Decision[];
  readonly runs: readonly ChangeRun[];
  /** Of this revision, in order. */
  readonly questions: readonly PlanQuestion[];
  /** Why it ended or waits for a person; null while it goes well. */
  readonly ending: { readonly code: string; readonly text: string; readonly remedy: string } | null;
  /** Asked to begin no further change; left out otherwise. */
  readonly stop?: { readonly by: Person; readonly at: string };
  /** Runs, and waits for somebody: what was being done, and when it goes on; left out otherwise. */
  readonly pause?: { readonly doing: string; readonly until: string };
  /** What keeps it from being started or going on; left out otherwise. */
  readonly freeze?: Freeze;
  /** Where it waits for those who approved only its first changes; left out when nobody did, or all continued. */
  readonly hold?: Hold;
  /** Of this revision, in order; left out when nobody broke the glass. */
  readonly breakGlass?: readonly BreakGlass[];
  readonly createdAt: string;
  readonly submittedAt: string | null;
  readonly expiresAt: string | null;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}

/** Where cards of a plan were given up. */
export interface Unreached {
  /** Approvers who are still waited for. */
  readonly people: readonly Person[];
  /** The channel or group chat in which it was asked for. */
  readonly isPlace: boolean;
}

/** For whom a card about a plan is drawn; `timeZone` is the reader's, an IANA name. What a button may do is decided at the press, not here (I4). */
export type PlanAudience = { readonly timeZone?: string } & (
  | {
      readonly role: 'requester';
      readonly nonce: string;
      /** Who and what got no card, because Teams does not let the bot post there; left out when nobody. */
      readonly unreached?: Unreached;
    }
  | {
      readonly role: 'approver';
      readonly forTenantId: string;
      readonly nonce: string;
      readonly hasDecided: boolean;
      /** To whom this approver handed the request. */
      readonly handedTo?: Person;
      /** The number of affected people that must be typed (T3); null when none is asked for. */
      readonly typedCount: number | null;
      /** So many changes may be approved alone; left out where the plan is approved as a whole only. */
      readonly canarySize?: number;
      /** It holds for this very person to continue. */
      readonly isWaitedFor?: boolean;
    }
  /** Anyone else who may see it, with their tenant: the other tenant's steps appear by title only. */
  | { readonly role: 'observer'; readonly tenantId: string }
  /** The base card of a channel: no names of affected people, no decision buttons; `userIds` get a refresh. */
  | { readonly role: 'channel'; readonly tenantId: string; readonly userIds: readonly string[] }
);
