import type { DesiredAssignment, JsonValue, PlanKind, StepName, Tier } from './types';

/** What one small plan is about. Plain JSON: the digest covers it (I3). */
interface Subject {
  /** The line that makes the same plan anew: "try user@domain alpha>beta". */
  readonly command: string;
  /** What the plan is about, for people: a user's name, "MFA and device claims". Empty when the title says it all. */
  readonly displayName: string;
}

/** One user of the source: `try`, `fix sms`, `phone remove`. */
export interface UserSubject extends Subject {
  readonly type: 'user';
  readonly userId: string;
  readonly userPrincipalName: string;
  /** `phone remove`: which number; null for the other kinds. */
  readonly phoneType: 'mobile' | 'alternateMobile' | 'office' | null;
  /** The requester said that the user may be left without a way to sign in (`--accept-lockout`). */
  readonly acceptsLockout?: boolean;
  /** Undo of `phone remove`: names the number that is kept encrypted. */
  readonly image?: string;
}

/** A switch of the cross-tenant access policy: `allow`, `redeem`, `trust`. */
export interface SwitchSubject extends Subject {
  readonly type: 'switch';
  readonly isOn: boolean;
  /** `trust`: which claims; empty for the other kinds. */
  readonly claims: readonly ('mfa' | 'device' | 'hybrid')[];
}

/** One field of the default policy of one tenant: `default set`. */
export interface DefaultSubject extends Subject {
  readonly type: 'default';
  readonly tenantId: string;
  readonly field: string;
  readonly value: JsonValue;
}

/** Users and groups: `assign`, `unassign`. */
export interface AssignmentsSubject extends Subject {
  readonly type: 'assignments';
  readonly assignments: readonly DesiredAssignment[];
}

/** A setting of the configuration: `guard`, `mail`. */
export interface SettingSubject extends Subject {
  readonly type: 'setting';
  readonly setting:
    /** Deletions in one cycle that stop the job; `null` switches the guard off. */
    | { readonly name: 'guard'; readonly limit: number | null }
    /** Who gets Microsoft's mails; `null` switches them off. */
    | { readonly name: 'mail'; readonly address: string | null };
}

/** One test of a source attribute in a scoping filter, as Graph spells it (facts 4.9). */
export interface FilterClause {
  readonly attribute: string;
  /** `EQUALS`, `IS NOT NULL`… */
  readonly operator: string;
  readonly values: readonly string[];
}

/** Who is in scope: `scope set`. */
export interface ScopeSubject extends Subject {
  readonly type: 'scope';
  readonly who: 'assigned' | 'all';
  /** The only filter from then on, all clauses together; `[]` takes every filter away, `null` leaves them alone. */
  readonly filter: readonly FilterClause[] | null;
}

/** One attribute mapping: `map set`. */
export interface MappingSubject extends Subject {
  readonly type: 'mapping';
  /** The target attribute, as the schema spells it. */
  readonly attribute: string;
  /** Where its value comes from; `null` = not mapped any more. */
  readonly source: {
    readonly type: 'Attribute' | 'Constant' | 'Function';
    /** `[department]`, `"Member"`, `Join(…)`. */
    readonly expression: string;
  } | null;
}

/** What a restart forgets: `restart`. */
export interface RestartSubject extends Subject {
  readonly type: 'restart';
  /** As Graph spells them: `Watermark`, `Escrows`, `QuarantineState`, `Full`… (facts 4.4). */
  readonly resetScope: readonly string[];
  /** Staged deletions from which the restart is refused: the deletion guard when it was planned; null = no guard. */
  readonly deletionGuard: number | null;
}

/** Members of `SyncNotificationSettings` as they stood before a plan (facts 4.3): part of `undo`. */
export interface SettingsSubject extends Subject {
  readonly type: 'settings';
  readonly members: Readonly<Record<string, JsonValue>>;
}

/** One step of an undo, and what it is told. */
export interface UndoPart {
  readonly step: StepName;
  readonly subject: Exclude<PlanSubject, UndoSubject>;
}

/** Something that an undo leaves as it is. */
export interface Left {
  /** "Partner entry for Alpha". */
  readonly title: string;
  readonly tenantId: string;
  /** One sentence. */
  readonly reason: string;
}

/** What of an earlier plan is taken back: `undo`. */
export interface UndoSubject extends Subject {
  readonly type: 'undo';
  readonly planId: string;
  /** Of the plan that is undone: its own tier is never lower, and is raised by the same rules. */
  readonly tier: Tier;
  readonly kind: PlanKind;
  readonly parts: readonly UndoPart[];
  readonly left: readonly Left[];
}

/** Which freeze is lifted: `unfreeze`. */
export interface FreezeSubject extends Subject {
  readonly type: 'freeze';
  readonly freezeId: string;
  readonly scope: 'all' | 'link';
  /** The tenant whose people lift it. */
  readonly ownerTenantId: string;
}

export type PlanSubject =
  | UserSubject
  | SwitchSubject
  | DefaultSubject
  | AssignmentsSubject
  | SettingSubject
  | ScopeSubject
  | MappingSubject
  | RestartSubject
  | SettingsSubject
  | UndoSubject
  | FreezeSubject;
