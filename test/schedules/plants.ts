import { Random } from './random';
import { makeSchedule, wishes, type Fault, type Schedule } from './schedule';

/** A bug put in at a port, for the checker to find: a statement that lost its condition, or a door that lies. */
export interface Plant {
  readonly name: string;
  /** Of which invariants one must break. */
  readonly breaks: RegExp;
  /** The seed at which the search begins: near one that finds it. */
  readonly from: number;
  /** Strikes besides those of the seed, where the bug needs one to show: `port what seconds`, at a call that the seed picks. */
  readonly strikes?: readonly Pick<Fault, 'port' | 'what' | 'seconds'>[];
  /** Somebody presses with the nonce of another's card. */
  readonly isForged?: boolean;
  /** Time that passes at once, `at` some moment of the schedule. */
  readonly leap?: { readonly seconds: number; readonly from: number; readonly to: number };
  readonly rewrite?: (statement: string) => string;
  /** What is wrong with a door. */
  readonly door?:
    'directory-never-asked-again' | 'reads-show-what-was-sent' | 'lease-not-asked-before-sending';
}

/** Without its condition on this column, in statements that hold all the words. */
function without(condition: RegExp, ...words: readonly string[]): (statement: string) => string {
  return (statement) =>
    words.every((word) => statement.includes(word))
      ? statement.replace(condition, (_all, value?: string) =>
          value ? `${value}::text is not null` : 'true',
        )
      : statement;
}

const planState = /"plans"\."state" = (\$\d+)/;

export const plants: readonly Plant[] = [
  {
    name: 'a lease is not compared with the fence',
    breaks: /^I24 a holder that lost its lease stores/,
    strikes: [
      { port: 'read', what: 'pause', seconds: 400 },
      { port: 'read', what: 'pause', seconds: 4_000 },
    ],
    from: 3,
    rewrite: without(/"plans"\."fence" = (\$\d+)/, 'update "plans"'),
  },
  {
    name: 'a claim does not look at the state',
    breaks: /^I(2|16|24|26) /,
    strikes: [{ port: 'read', what: 'crash-after', seconds: 5 }],
    from: 2,
    rewrite: without(planState, '"started_at" = clock_timestamp()'),
  },
  {
    name: 'a running plan is taken from its living holder',
    breaks: /^I(1|2|22|23|24|26) /,
    strikes: [{ port: 'read', what: 'pause', seconds: 40 }],
    from: 215,
    rewrite: without(/\("plans"\."lease_until" is null or .*?clock_timestamp\(\)\)/),
  },
  {
    name: 'a vote does not look at the time that is left',
    breaks: /^I18 /,
    leap: { seconds: 24 * 3_600, from: 20_000, to: 40_000 },
    from: 66,
    rewrite: without(/"plans"\."(?:expires_at|start_by)" > clock_timestamp\(\)/, 'update "plans"'),
  },
  {
    name: 'a decision does not look at the state',
    breaks: /^I(16|17) /,
    from: 96,
    rewrite: without(planState, 'update "plans"', '"plans"."revision" = '),
  },
  {
    name: 'a nonce is good for everybody',
    breaks: /^I4 /,
    isForged: true,
    from: 1,
    rewrite: (statement) =>
      statement.includes('from "nonces"')
        ? statement.replace(/"nonces"\."person_(?:tenant|object)_id" = (\$\d+)/g, '$1::text is not null')
        : statement,
  },
  {
    name: 'a change of the plan does not ask for its cards',
    breaks: /^I33 /,
    from: 1,
    rewrite: (statement) =>
      statement.startsWith('update "cards" set "wanted_version" =') &&
      statement.includes('"cards"."state" <> $')
        ? `${statement} and false`
        : statement,
  },
  {
    name: 'the window of a run has no end',
    breaks: /^I18 /,
    leap: { seconds: 1_900, from: 27_000, to: 50_000 },
    from: 1,
    rewrite: (statement) => statement.replace('"window_ends_at" <= clock_timestamp()', 'false'),
  },
  {
    name: 'writes that were under way are forgotten by the next run',
    breaks: /^I(1|23|25|28) /,
    strikes: [{ port: 'write', what: 'crash-after', seconds: 5 }],
    from: 1,
    rewrite: (statement) =>
      statement.startsWith('select') && statement.includes('from "change_runs"')
        ? statement.replace(' order by', ` and "change_runs"."state" not in ('writing', 'unknown') order by`)
        : statement,
  },
  {
    name: 'a voice for the first changes is taken for one of all',
    breaks: /^I3 nothing is written beyond/,
    from: 34,
    rewrite: (statement) =>
      statement.startsWith('select') && statement.includes('from "decisions"')
        ? statement.replace('"decision",', `replace("decision", '-canary', ''),`)
        : statement,
  },
  {
    name: 'the directory is asked once and then never again',
    breaks: /^I(11|30) /,
    from: 1,
    door: 'directory-never-asked-again',
  },
  {
    name: 'what was sent counts as read back',
    breaks: /^I25 /,
    strikes: [{ port: 'write', what: 'error-before', seconds: 5 }],
    from: 1,
    door: 'reads-show-what-was-sent',
  },
  {
    name: 'a write that waited does not ask whether its lease still holds',
    breaks: /^I(2|24) /,
    strikes: [{ port: 'write', what: 'pause', seconds: 400 }],
    from: 1,
    door: 'lease-not-asked-before-sending',
  },
];

/** The schedule of a seed, with what the bug needs. */
export function scheduleFor({ strikes, leap, isForged }: Plant, seed: number): Schedule {
  const random = new Random(seed + 5);
  const schedule = makeSchedule(seed);
  const most = { read: [4, 24], write: [1, 3] } as const;
  const faults = strikes?.map((one) => {
    const [least, latest] = most[one.port as 'read' | 'write'];
    return { ...one, nth: random.whole(least, latest) };
  });
  const wish = schedule.events[0]?.wish ?? 'trust';
  const jump = leap && {
    type: 'jump' as const,
    wish,
    seconds: leap.seconds,
    at: random.whole(leap.from, leap.to),
  };
  const who = wishes[wish].approvers.at(-1);
  const forged = {
    ...({ type: 'press', verb: 'approve', tamper: 'nonce-of-another', again: [] } as const),
    ...{ wish, at: 24_000 },
  };
  return {
    ...schedule,
    ...(faults ? { replicas: 2, faults } : {}),
    events: [...schedule.events, ...(jump ? [jump] : []), ...(isForged && who ? [{ ...forged, who }] : [])],
  };
}
