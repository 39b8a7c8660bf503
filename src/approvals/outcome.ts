import type { Person, PlanState } from '../plan/types';

export type DecisionVerb =
  | 'submit'
  | 'confirm'
  | 'discard'
  | 'approve'
  /** Approves the first changes alone: after them the plan holds for this person. */
  | 'approve-canary'
  /** Makes that voice one for the whole plan. */
  | 'continue'
  | 'reject'
  | 'withdraw'
  | 'close'
  | 'stop';

/** One wish to move a plan, from any surface: all go through the same function (I15). */
export interface DecisionRequest {
  readonly verb: DecisionVerb;
  readonly planId: string;
  /** `null` = as it stands now; only for what can only stop things: `reject`, `withdraw` and `close` by text. */
  readonly revision: number | null;
  /** From the card (I4); `null` for text. */
  readonly nonce: string | null;
  readonly person: Person;
  readonly reason: string | null;
  /** What an approver of a T3 plan typed into the count field. */
  readonly typedCount: number | null;
  readonly surface: 'execute' | 'submit' | 'text' | 'job';
}

/** Why a person may not: what they could do about it differs. */
export type Denial =
  /** The tenant is not in the settings: no Graph call was made. */
  | 'stranger'
  /** The directory does not know the person. */
  | 'unknown-person'
  | 'guest'
  | 'disabled'
  | 'no-role'
  /** Holds the role only as eligible: activate it in Privileged Identity Management. */
  | 'eligible-only'
  /** The plan changes this very person. */
  | 'affected'
  | 'not-requester'
  /** The plan holds for somebody else to continue. */
  | 'not-waited-for'
  /** The directory did not answer: nobody may while that lasts (I11). */
  | 'lookup-failed';

/** What a decision came to. Plain JSON: it is stored with the press and given again for a repeat (I20). */
export type DecisionOutcome =
  /** Done. `state` is the plan's state after it: `approved` when this was the last one needed. */
  | { readonly type: 'recorded'; readonly verb: DecisionVerb; readonly state: PlanState }
  | {
      readonly type: 'not-allowed';
      readonly why: Denial;
      /** The tenant for which authority was missing; null when that is not the point. */
      readonly tenantId: string | null;
      /** Any one role of each list suffices for one step. */
      readonly roleTemplateIds: readonly string[];
      /** People who were found that could. */
      readonly whoMay: readonly Person[];
    }
  | { readonly type: 'own-request' }
  | {
      readonly type: 'already-decided';
      /** What this person decided: "approved", "approved-canary", "submitted". */
      readonly decision: string;
      readonly at: string;
      /** Their words then. */
      readonly reason: string | null;
      /** How the plan stands now. */
      readonly state: PlanState;
    }
  /** The card showed another revision, or was not made for this person (I8). */
  | { readonly type: 'superseded'; readonly revision: number; readonly state: PlanState }
  /** Too late or too early: the plan is in a state where this cannot be done. */
  | { readonly type: 'wrong-state'; readonly state: PlanState }
  | { readonly type: 'expired' }
  /** No such plan, or none that concerns this person: both look the same. */
  | { readonly type: 'gone' }
  | { readonly type: 'reason-needed' }
  /** T3: the number of affected people must be typed. */
  | { readonly type: 'count-needed' }
  /** Another open plan does the same, or is destructive too: one at a time per link and direction (I19). */
  | {
      readonly type: 'held';
      readonly holderId: string;
      readonly holderName: string;
      readonly state: PlanState;
    }
  /** `close`: the tenants could not be read just now, so nobody knows what stands. */
  | { readonly type: 'not-read' }
  /** Submit: too few people who may approve for the tenant can be reached by a message. */
  | {
      readonly type: 'nobody-reachable';
      readonly tenantId: string;
      readonly needed: number;
      readonly couldApprove: readonly Person[];
      /** Why break-glass does not help either; left out where it is off. */
      readonly emergency?: Exclude<EmergencyWay, 'open' | 'off'>;
    };

/** Whether break-glass could complete a plan: `off` = the settings of a tenant name nobody. */
export type EmergencyWay = 'open' | 'off' | 'too-few' | 'no-channel';
