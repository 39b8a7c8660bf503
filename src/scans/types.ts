/** What a scan reads, in words for people: "reading phones"; `done` of `total` users. */
export interface ScanProgress {
  readonly done: number;
  readonly total: number;
  readonly found: number;
}

/** One user of the source. */
export interface ScannedUser {
  readonly id: string;
  readonly name: string;
}

/**
 * What SMS sign-in means for a user. Only the first four are skipped by synchronization.
 * `safe`: another method is registered. `locked-out`: nothing but a password at most would be left. `administrator`:
 * takes more people. `unclear`: nobody could see what is left. `not-unique`: off, for somebody else has the number.
 */
export type SmsClass = 'safe' | 'locked-out' | 'administrator' | 'unclear' | 'not-unique' | 'other';

export interface SmsFinding {
  readonly userId: string;
  readonly displayName: string;
  readonly userPrincipalName: string | null;
  readonly class: SmsClass;
  /** As Graph spells it: `ready`. */
  readonly state: string;
  /** `+•• ••• ••87`. */
  readonly maskedNumber: string | null;
}

/** Something that helps to ask fewer users; when it cannot be read, everybody is asked. */
export type Source<T> =
  | ({ readonly outcome: 'read' } & T)
  /** Why not, one short clause: "the tenant has no Entra ID P1". */
  | { readonly outcome: 'unread'; readonly reason: string };

export interface SmsTarget {
  readonly id: string;
  readonly name: string;
  readonly isEverybody: boolean;
}

/** What a scan came to. Plain JSON: it is stored. No whole number is in it. */
export interface SmsScan {
  readonly scope: {
    /** `everybody`: nobody is assigned yet, so all members of the source were looked at. */
    readonly kind: 'assigned' | 'everybody';
    readonly users: number;
    readonly isComplete: boolean;
  };
  /** Who lets users sign in by SMS: the cause, because of which it will come back. */
  readonly policy: Source<{ readonly targets: readonly SmsTarget[]; readonly excluded: number }>;
  /** `excluded`: users without a mobile phone, by the registration report. */
  readonly report: Source<{ readonly excluded: number }>;
  readonly asked: number;
  /** Asked, but Graph did not answer. */
  readonly unread: number;
  /** Asked and found with SMS sign-in off. */
  readonly off: number;
  /** Still to be asked: `lastAskedId` says where to go on. */
  readonly notAsked: number;
  readonly lastAskedId: string | null;
  readonly findings: readonly SmsFinding[];
}
