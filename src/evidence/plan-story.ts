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

/** One change of the plan, with every request that was made for it. */
export interface StoryWrite {
  readonly stepIndex: number;
  readonly changeIndex: number;
  readonly tenantId: string;
  readonly title: string;
  readonly operation: string;
  /** 0 for what was planned and not begun. */
  readonly attempts: number;
  /** Ours, of every attempt. */
  readonly clientRequestIds: readonly string[];
  /** Those of Microsoft Graph. */
  readonly requestIds: readonly string[];
  /** `writing` when no result was recorded; `planned` when it was not begun. */
  readonly state: string;
  readonly error: string | null;
  /** Before and after; null where they belong to the other tenant. */
  readonly fields: readonly FieldChange[] | null;
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
    writes: changesOf(opened, writesOf(records)),
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
    const { event, facts } = record;
    if (event !== 'write-intended' && event !== 'write-resulted') continue;
    const [stepIndex, changeIndex] = [number(facts, 'stepIndex') ?? 0, number(facts, 'changeIndex') ?? 0];
    const key = keyOf({ stepIndex, changeIndex });
    const tenantId = text(facts, 'tenantId') ?? '';
    const known = writes.get(key);
    const error = asFacts(facts['error'] ?? null);
    const isIntent = event === 'write-intended';
    const fields = isIntent ? fieldsOf(record, tenantId) : (known?.fields ?? null);
    writes.set(key, {
      ...{ stepIndex, changeIndex, tenantId, fields },
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

/**
 * What was begun, and after it what the submitted plan wanted besides: of tenants whose details the reader may see. The
 * steps of a tenant stand in its details in their order (`planEvidence`).
 */
function changesOf(opened: ChainRecord | undefined, begun: readonly StoryWrite[]): readonly StoryWrite[] {
  const keys = new Set(begun.map(keyOf));
  const left = new Map(
    Object.entries(opened?.details ?? {}).map(([tenantId, detail]) => [
      tenantId,
      [...list(field(asFacts(detail), 'value', 'steps'))],
    ]),
  );
  const planned = list(field(opened?.facts, 'plan', 'steps')).flatMap((step, stepIndex) => {
    const { tenantId } = stepOf(step);
    const changes = list(field(asFacts(left.get(tenantId)?.shift()), 'changes'));
    return changes.map((change, changeIndex) => plannedChange(change, { stepIndex, changeIndex, tenantId }));
  });
  return [...begun, ...planned.filter((one) => !keys.has(keyOf(one)))];
}

function keyOf({ stepIndex, changeIndex }: Pick<StoryWrite, 'stepIndex' | 'changeIndex'>): string {
  return `${stepIndex} ${changeIndex}`;
}

function plannedChange(
  change: JsonValue,
  at: Pick<StoryWrite, 'stepIndex' | 'changeIndex' | 'tenantId'>,
): StoryWrite {
  const facts = asFacts(change);
  return {
    ...at,
    title: text(facts, 'title') ?? '',
    operation: text(facts, 'operation') ?? '',
    fields: fieldChanges(facts?.['fields']),
    ...{ attempts: 0, clientRequestIds: [], requestIds: [], state: 'planned', error: null },
  };
}

/** Null where only the digest is known. */
function fieldsOf({ details }: ChainRecord, tenantId: string): readonly FieldChange[] | null {
  return fieldChanges(field(asFacts(details?.[tenantId] ?? null), 'value', 'fields'));
}

function fieldChanges(fields: JsonValue | undefined): readonly FieldChange[] | null {
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
