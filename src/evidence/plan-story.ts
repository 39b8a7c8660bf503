import type { FieldChange, JsonValue, Person } from '../plan/types';
import type { ChainRecord } from '../store/chain';

/** What the audit records of one plan tell, in the order in which it happened. Nothing else is read for it. */
export interface PlanStory {
  readonly requester: Person | null;
  readonly reason: string | null;
  /** Of the revision that was submitted or confirmed last. */
  readonly digest: string | null;
  readonly revision: number | null;
  readonly tier: string | null;
  readonly steps: readonly StoryStep[];
  readonly decisions: readonly StoryDecision[];
  readonly writes: readonly StoryWrite[];
  /** Why it ended as it did, in words; null while there are none. */
  readonly ending: string | null;
  readonly first: StoryPlace;
  readonly last: StoryPlace;
}

/** A record of the chain by its number and time. */
export interface StoryPlace {
  readonly sequence: number;
  readonly at: string;
}

export interface StoryStep {
  readonly tenantId: string;
  readonly title: string;
  readonly changes: number;
  readonly affectedUsers: number;
}

export interface StoryDecision extends StoryPlace {
  readonly event: string;
  /** Null for what the bot did itself. */
  readonly person: Person | null;
  readonly forTenantId: string | null;
  /** Role template ids joined by `+`, or `group:<id>`, that gave the right at that moment. */
  readonly authority: string | null;
  /** Where it was said: `execute`, `submit`, `text`, `job`. */
  readonly surface: string | null;
  readonly reason: string | null;
}

/** One change with every request that was made for it. */
export interface StoryWrite {
  readonly stepIndex: number;
  readonly changeIndex: number;
  readonly tenantId: string;
  readonly title: string;
  readonly operation: string;
  readonly attempts: number;
  /** Ours, of every attempt. */
  readonly clientRequestIds: readonly string[];
  /** Those of Microsoft Graph. */
  readonly requestIds: readonly string[];
  /** `writing` when no result was recorded. */
  readonly state: string;
  readonly error: string | null;
  /** Before and after; null where they belong to the other tenant. */
  readonly fields: readonly FieldChange[] | null;
  readonly at: string;
}

type Facts = ChainRecord['facts'];

/** Events that move the plan or try to; reminders and questions are in the export. */
const told = [
  ...['submitted', 'confirmed', 'approved', 'rejected', 'withdrawn', 'discarded', 'expired'],
  ...['superseded', 'revised', 'closed', 'break-glass-opened', 'refused', 'claimed', 'ended'],
  ...['approved-canary', 'held', 'continued'],
];

/** @param records of one plan, in order, as the reader may see them; at least one */
export function planStory(records: readonly ChainRecord[]): PlanStory | null {
  const [first, last] = [records[0], records.at(-1)];
  if (!first || !last) return null;
  const opened = records.findLast(({ event }) => event === 'submitted' || event === 'confirmed');
  const ended = records.findLast(({ event }) => event === 'ended' || event === 'expired');
  const others = ['withdrawn', 'discarded', 'superseded', 'revised'];
  const requester = opened ?? records.find(({ event }) => others.includes(event));
  return {
    requester: requester?.actor ?? null,
    reason: text(opened?.facts, 'reason'),
    digest: text(opened?.facts, 'digest'),
    revision: number(opened?.facts, 'revision'),
    tier: text(opened?.facts, 'tier'),
    steps: list(field(opened?.facts, 'plan', 'steps')).map(stepOf),
    decisions: records.filter(({ event }) => told.includes(event)).map(decisionOf),
    writes: writesOf(records),
    ending: text(asFacts(field(ended?.facts, 'ending')), 'text') ?? text(ended?.facts, 'text'),
    first: placeOf(first),
    last: placeOf(last),
  };
}

function stepOf(step: JsonValue): StoryStep {
  const facts = asFacts(step);
  return {
    tenantId: text(facts, 'tenantId') ?? '',
    title: text(facts, 'title') ?? '',
    changes: number(facts, 'changes') ?? 0,
    affectedUsers: number(facts, 'affectedUsers') ?? 0,
  };
}

function decisionOf(record: ChainRecord): StoryDecision {
  const { event, actor, facts } = record;
  const authority = facts['authority'];
  const bases = list(authority).flatMap((one) => text(asFacts(one), 'basis') ?? []);
  return {
    ...placeOf(record),
    event: event === 'ended' ? (text(facts, 'state') ?? event) : event,
    person: actor,
    forTenantId: text(facts, 'forTenantId'),
    authority: typeof authority === 'string' ? authority : bases.length > 0 ? bases.join('+') : null,
    surface: text(facts, 'surface'),
    reason: event === 'refused' ? text(facts, 'why') : text(facts, 'reason'),
  };
}

function writesOf(records: readonly ChainRecord[]): readonly StoryWrite[] {
  const writes = new Map<string, StoryWrite>();
  for (const record of records) {
    const { event, facts, at } = record;
    if (event !== 'write-intended' && event !== 'write-resulted') continue;
    const [stepIndex, changeIndex] = [number(facts, 'stepIndex') ?? 0, number(facts, 'changeIndex') ?? 0];
    const key = `${stepIndex} ${changeIndex}`;
    const tenantId = text(facts, 'tenantId') ?? '';
    const known = writes.get(key);
    const error = asFacts(facts['error'] ?? null);
    const isIntent = event === 'write-intended';
    const fields = isIntent ? fieldsOf(record, tenantId) : (known?.fields ?? null);
    writes.set(key, {
      ...{ stepIndex, changeIndex, tenantId, fields, at },
      title: text(facts, 'title') ?? '',
      operation: text(facts, 'operation') ?? '',
      attempts: (known?.attempts ?? 0) + (isIntent ? 1 : 0),
      clientRequestIds: [...(known?.clientRequestIds ?? []), ...texts([facts['clientRequestId'] ?? null])],
      requestIds: [...new Set([...(known?.requestIds ?? []), ...texts(list(facts['requestIds']))])],
      state: isIntent ? 'writing' : (text(facts, 'state') ?? ''),
      error: error ? text(error, 'doing') : null,
    });
  }
  return [...writes.values()];
}

/** Null where only the digest is known. */
function fieldsOf({ details }: ChainRecord, tenantId: string): readonly FieldChange[] | null {
  const fields = field(asFacts(details?.[tenantId] ?? null), 'value', 'fields');
  if (!Array.isArray(fields)) return null;
  return fields.map((one) => {
    const facts = asFacts(one);
    return {
      field: text(facts, 'field') ?? '',
      before: facts?.['before'] ?? null,
      after: facts?.['after'] ?? null,
    };
  });
}

function placeOf({ sequence, at }: ChainRecord): StoryPlace {
  return { sequence, at };
}

function asFacts(value: JsonValue | undefined): Facts | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? value : undefined;
}

function field(facts: Facts | undefined, ...path: readonly string[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((value, name) => asFacts(value)?.[name], facts as JsonValue);
}

function text(facts: Facts | undefined, name: string): string | null {
  const value = facts?.[name];
  return typeof value === 'string' ? value : null;
}

function number(facts: Facts | undefined, name: string): number | null {
  const value = facts?.[name];
  return typeof value === 'number' ? value : null;
}

function list(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}

function texts(values: readonly JsonValue[]): readonly string[] {
  return values.filter((value) => typeof value === 'string');
}
