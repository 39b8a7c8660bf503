export interface Invariant {
  /** What never happens, or always does, in one sentence. */
  readonly promise: string;
  /** Tests that turn red when it is broken: path below `test`, and the words of the title that find the test. */
  readonly tests: readonly (readonly [file: string, title: string])[];
}

/** The promises of the pipeline, by the numbers that comments in the code name. */
export const invariants: Readonly<Record<string, Invariant>> = {
  I1: {
    promise: 'A plan is carried out at most once, whoever presses, however often and wherever.',
    tests: [
      ['kills/presses.test.ts', 'execute once what is approved ${pressesPerRound} times at once'],
      ['plan/apply.test.ts', 'does nothing the second time, nor when several processes are called at once'],
      ['jobs/steering.test.ts', 'has one effect for twenty presses at once'],
    ],
  },
  I2: {
    promise:
      'A plan is claimed, by one conditional update, before its first write; who loses writes nothing.',
    tests: [
      ['approvals/bug-class.test.ts', 'queues one run for twenty clicks, and one worker of twenty gets it'],
    ],
  },
  I3: {
    promise: 'An approval holds for one exact plan: its digest is computed again before the plan runs.',
    tests: [
      ['plan/digest.test.ts', 'moves when any single value of the plan moves'],
      ['plan/apply.test.ts', 'refuses a stored plan that is not the approved one'],
      [
        'approvals/canary.test.ts',
        'counts like any approval, and the run holds after them without a job or a look',
      ],
    ],
  },
  I4: {
    promise: 'A card carries plan, revision and nonce only; no parameter of a write is read from it.',
    tests: [
      ['fuzz/decision-buttons.test.ts', 'has no effect when one field is another'],
      [
        'cards/render-plan-card.test.ts',
        'carries plan, revision and nonce of the audience in a decision, and nothing else',
      ],
    ],
  },
  I5: {
    promise: 'What a card shows comes from the stored plan, and every change is listed or can be reached.',
    tests: [
      ['cards/render-plan-card.test.ts', 'hides nothing of a long plan without saying so'],
      [
        'cards/render-plan-card.test.ts',
        'shows an approver the values of their own tenant and only the titles of the other',
      ],
    ],
  },
  I6: {
    promise: 'Both tenants are read again before the first write; any drift ends the plan without a write.',
    tests: [
      ['plan/apply.test.ts', 'goes stale without a write when anything has moved since'],
      ['plan/apply.test.ts', 'goes stale without a write when somebody else has done a part of it'],
    ],
  },
  I7: {
    promise: 'An empty, unfinished or failed plan cannot be approved and never counts as done.',
    tests: [
      ['approvals/decision-table.test.ts', 'asks who a person is and what they hold before they may %s'],
    ],
  },
  I8: {
    promise: 'A newer revision takes the place of the older one, whose cards and approvals are void.',
    tests: [
      [
        'jobs/open-plans.test.ts',
        'voids a submitted plan that its requester edits, with the approvals it had (I8)',
      ],
      ['commands/conversation/refresh.test.ts', 'cannot be submitted from a card of an older revision'],
    ],
  },
  I9: {
    promise: 'Who asked never approves; a person is a tenant id and an object id, not a name.',
    tests: [
      [
        'approvals/decide.test.ts',
        'never lets the requester approve, whatever roles they hold and whatever the card says',
      ],
      ['approvals/bug-class.test.ts', 'knows the requester in other letters'],
    ],
  },
  I10: {
    promise: 'So many different people as the tier asks for; the database refuses the same one twice.',
    tests: [
      ['store/decisions.test.ts', 'wants different people for different tenants where that is asked'],
      ['store/decisions.test.ts', 'keeps one row of a hundred that come at once'],
      [
        'approvals/decide.test.ts',
        'wants two different people and the typed count for a T3 plan of one tenant',
      ],
    ],
  },
  I11: {
    promise: 'Authority is read at the press and again before the run; a lookup that fails is a no.',
    tests: [
      ['faults/setup.test.ts', 'between the press and the run'],
      [
        'approvals/decide.test.ts',
        'does not count approvals of people who lost the role before the work begins',
      ],
      [
        'plan/apply.test.ts',
        'writes nothing while nobody can tell whether approvers still hold their roles, and goes on later',
      ],
      ['approvals/bug-class.test.ts', 'takes a failed or empty lookup for no'],
      [
        'approvals/canary.test.ts',
        'is not continued without the authority, nor written on when that is lost meanwhile',
      ],
    ],
  },
  I12: {
    promise: 'Settings that are missing or cannot be read refuse everything; there is no “allow all”.',
    tests: [
      ['approvals/bug-class.test.ts', 'does not start without tenants'],
      ['approvals/bug-class.test.ts', 'lets nobody in through a group that is not set'],
    ],
  },
  I13: {
    promise:
      'Strangers, guests, bots and applications can neither ask nor decide, and cause no read or write.',
    tests: [
      ['commands/conversation/guests.test.ts', 'is not welcomed, is looked up once and leaves nothing'],
      [
        'approvals/decide.test.ts',
        'shows a plan of two tenants to nobody of a third, and asks Graph nothing for strangers',
      ],
      [
        'commands/conversation/repeats.test.ts',
        'remembers no message of a guest, and no press of anybody without a card (I13)',
      ],
    ],
  },
  I14: {
    promise: 'An unknown identity is refused, never replaced by another.',
    tests: [
      ['approvals/bug-class.test.ts', 'takes no activity without an object id'],
      ['approvals/bug-class.test.ts', 'lets nobody decide without an object id or tenant'],
    ],
  },
  I15: {
    promise: 'Text, button, older button and job go through the same decision function.',
    tests: [
      ['approvals/decision-table.test.ts', 'asks who a person is and what they hold before they may %s'],
      [
        'approvals/decision-table.test.ts',
        'gives the same outcome on every surface, whatever comes together',
      ],
    ],
  },
  I16: {
    promise: 'A plan that has ended stays ended.',
    tests: [['approvals/bug-class.test.ts', 'moves nothing out of %s']],
  },
  I17: {
    promise: 'Of an approval, a rejection, a withdrawal and an expiry at the same time exactly one wins.',
    tests: [
      ['kills/presses.test.ts', 'let one of approve, reject, withdraw and expire win'],
      ['approvals/races.test.ts', 'has one ending, whatever wins'],
      ['approvals/decide.test.ts', 'has exactly one winner of approve, reject and withdraw at once'],
    ],
  },
  I18: {
    promise: 'The clock of the database decides what has expired; what has expired never starts.',
    tests: [
      ['approvals/decide.test.ts', 'counts nothing that comes after the time is over'],
      ['plan/apply.test.ts', 'ends when its window is over, and asks a person when an outcome is unknown'],
    ],
  },
  I19: {
    promise: 'One open destructive plan per link and direction.',
    tests: [
      [
        'jobs/open-plans.test.ts',
        'holds a second destructive plan of the link back, and says which one is open (I19)',
      ],
      [
        'jobs/open-plans.test.ts',
        'lets only one of two destructive plans in that are submitted at once (I19)',
      ],
    ],
  },
  I20: {
    promise: 'The same message or the same press has its effect once; a repeat gets the first outcome.',
    tests: [
      ['jobs/talks.test.ts', 'answers a press that comes again under a new id with what is stored (I20)'],
      [
        'commands/conversation/repeats.test.ts',
        'plans nothing a second time, and says nothing, when a message comes again after a restart',
      ],
    ],
  },
  I21: {
    promise: 'A decision that the person was told of is stored already.',
    tests: [['jobs/talks.test.ts', 'is pressed durably before anybody is asked for roles (I21)']],
  },
  I22: {
    promise: 'Each write has an intent with its before-image before it, and a result after it.',
    tests: [['commands/conversation/audit.test.ts', 'as the log of the simulator counts them too']],
  },
  I23: {
    promise: 'After an unclear answer the tenant is read; what cannot be told waits for a person.',
    tests: [
      ['plan/apply.test.ts', 'asks a person when something else is there after a lost answer'],
      ['plan/apply.test.ts', 'asks a person when the same write is lost again and again'],
      ['plan/apply.test.ts', 'never repeats a step that cannot be read back'],
    ],
  },
  I24: {
    promise: 'Leases carry a number that grows; who lost the lease can store nothing and send nothing.',
    tests: [
      ['kills/zombie.test.ts', '$point stores nothing and sends nothing when it wakes up'],
      ['graph/client-writes.test.ts', 'keeps a write back that is no longer wanted when all waiting is over'],
      ['plan/apply.test.ts', 'refuses the writes of a holder that was stopped past its lease'],
    ],
  },
  I25: {
    promise: '“Done” means that both tenants were read back and equal the plan.',
    tests: [
      ['plan/apply.test.ts', 'never says applied of a write that does not show'],
      ['jobs/open-plans.test.ts', 'never counts as applied when its effect cannot be read back'],
    ],
  },
  I26: {
    promise: 'Writes are those of the approved plan, in its order, and no others.',
    tests: [['plan/apply.test.ts', 'writes every change once, reads it back and makes the wish current']],
  },
  I27: {
    promise: 'The first failure stops the rest; taking back is a plan of its own.',
    tests: [
      ['plan/apply.test.ts', 'stops at the first refusal and says why'],
      [
        'commands/conversation/undo.test.ts',
        'is planned from the result card and approved like the plan it takes back',
      ],
    ],
  },
  I28: {
    promise: 'Wherever a process dies, nothing is lost and nothing doubled after a restart.',
    tests: [
      ['kills/prove-kills.ts', 'loses nothing and doubles nothing in ${runs} runs'],
      ['kills/storage.test.ts', 'loses and doubles nothing when the connection is cut at a commit'],
      ['kills/versions.test.ts', 'hand a plan on half way'],
      ['kills/versions.test.ts', 'hand a plan back half way'],
      ['faults/setup.test.ts', 'the effect of $name: nothing is lost and nothing doubled'],
    ],
  },
  I29: {
    promise: 'Every plan comes to an end or to a person’s attention, and somebody is told.',
    tests: [
      ['approvals/canary.test.ts', 'ends with its window when nobody continues, and names who did not'],
      ['plan/apply.test.ts', 'waits at most two minutes when Graph asks for a day, at %s'],
      ['jobs/talks.test.ts', 'tells the requester whom it could not reach, until a reminder gets through'],
    ],
  },
  I30: {
    promise: 'Without database, audit or authority nothing is written.',
    tests: [
      ['kills/storage.test.ts', 'is not ready and writes nothing without its database, and recovers alone'],
      [
        'kills/full-disk.test.ts',
        'is not ready, says so to whoever presses or types, writes nothing, and recovers alone',
      ],
      [
        'store/full-disk.test.ts',
        'begins nothing with less than 64 MB, says why, and goes on when there is room again',
      ],
      [
        'store/full-disk.test.ts',
        'answers every question at once after its database broke down, ends with 1, and loses nothing',
      ],
      [
        'kills/storage.test.ts',
        'writes nothing on a schema newer than itself, and goes on when it is known again',
      ],
      ['kills/versions.test.ts', 'part where a migration says so: this one stores and sends nothing more'],
      ['store/schema-versions.test.ts', 'is not ready and takes no transaction when it %s'],
      [
        'evidence/no-record-no-decision.test.ts',
        'nothing is written in Graph, and all of it once there is room again',
      ],
      ['plan/apply.test.ts', 'stays applying while Graph cannot be read, and starts with no write'],
    ],
  },
  I31: {
    promise: 'Each decision and each write has one record in a hash chain, in the same transaction.',
    tests: [
      [
        'evidence/tampering.test.ts',
        'is found when any byte of the manifest or of a record of either kind is changed',
      ],
      ['commands/conversation/audit.test.ts', 'has exactly one record, written by the same transaction'],
      ['evidence/no-record-no-decision.test.ts', 'there is no %s (%s)'],
    ],
  },
  I32: {
    promise: 'Messages come from an outbox of the same transaction, one card per reader.',
    tests: [
      ['jobs/deliver.test.ts', 'does not repeat the post of a process that died during it'],
      ['jobs/deliver.test.ts', 'sends every card once when two processes deliver at the same time'],
      ['commands/conversation/notices.test.ts', 'are neither lost nor told twice when the bot restarts'],
    ],
  },
  I33: {
    promise: 'Cards end up showing the state of the database; an old card misleads nobody into an effect.',
    tests: [
      ['jobs/talks.test.ts', 'leaves no button behind in the message that stood before'],
      [
        'commands/conversation/refresh.test.ts',
        'is the same database after sixty looks, but for what proves them, and nothing was written',
      ],
    ],
  },
  I34: {
    promise: 'Tokens go to the configured hosts only; other hosts are not even asked.',
    tests: [
      ['graph/client-reads.test.ts', 'follows no redirect'],
      ['graph/hostile-answers.test.ts', 'never makes a foreign address ours'],
    ],
  },
  I35: {
    promise: 'No input ends the process; a request without a valid token writes nothing.',
    tests: [
      [
        'fuzz/activities.test.ts',
        'activities that are wrong somewhere with a card or a 4xx, and nothing happens',
      ],
      ['bot/channel-token.test.ts', 'refuses a token with %s, and nothing hears of it'],
    ],
  },
  I36: {
    promise: 'Queues, caches and bodies are bounded; too much is answered “busy”.',
    tests: [
      [
        'bot/slow-clients.test.ts',
        '${slow} slow clients are sent away in time, and nobody else waits for them',
      ],
      [
        'bot/command-limits.test.ts',
        'lets one person use up neither another’s commands nor their own by the tenant’s limit',
      ],
      [
        'commands/conversation/late.test.ts',
        'answers busy when too many people ask at once, and goes on afterwards',
      ],
    ],
  },
  I37: {
    promise: 'Secrets appear in no log, card, record or error.',
    tests: [
      [
        'evidence/canaries.test.ts',
        'stand in no log, no card, no audit record and no export, whatever went well or wrong',
      ],
    ],
  },
  I38: {
    promise: 'A second process on the same data directory does not start.',
    tests: [
      [
        'kills/storage.test.ts',
        'share no data folder: the second ends with 78 and names the first, whose death frees it (I38)',
      ],
      [
        'store/open.test.ts',
        'keeps what was written, refuses a second opener, and forgets nothing after both',
      ],
      ['store/data-dir-lock.test.ts', 'is refused to a second holder, with the name of the first'],
    ],
  },
  I39: {
    promise: 'Break-glass is switched on on purpose, needs two people, ends within the hour, and is loud.',
    tests: [
      ['approvals/break-glass.test.ts', 'is off where the settings name nobody'],
      [
        'approvals/break-glass.test.ts',
        'never lets one person do it alone, even where one approver would be enough',
      ],
      ['approvals/break-glass.test.ts', 'is over after an hour: between the last press and the run'],
      [
        'approvals/break-glass.test.ts',
        'is submitted on two named people alone, both of whom must break the glass',
      ],
      ['approvals/break-glass.test.ts', 'begins nothing while the link is frozen, and lifts no freeze'],
      [
        'approvals/break-glass.test.ts',
        'asks the person too, tells every subscribed place though it is muted, and leaves a record',
      ],
    ],
  },
  I40: {
    promise: 'Unless writes are switched on, no request that changes anything leaves the process.',
    tests: [['graph/client-writes.test.ts', 'treats %s as its effect says while writes are off']],
  },
};
