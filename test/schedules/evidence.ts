import type { PlanContent } from '../../src/plan/types';
import type { AuditRecord } from '../../src/store/audit';
import { changeMoves, planMoves, type ChangeMove, type PlanMove } from './history';
import type { World } from './world';

export interface PlanFacts {
  readonly id: string;
  readonly state: string;
  readonly revision: number;
  readonly tier: string;
  readonly digest: string;
  readonly content: PlanContent;
  readonly isOver: boolean;
}

export interface DecisionFacts {
  readonly planId: string;
  readonly revision: number;
  readonly forTenantId: string;
  /** `tenant/object`. */
  readonly person: string;
  readonly decision: string;
  readonly at: number;
}

export interface RunFacts {
  readonly planId: string;
  readonly stepIndex: number;
  readonly changeIndex: number;
  readonly state: string;
}

export interface CardFacts {
  readonly id: string;
  readonly planId: string;
  readonly role: string;
  readonly conversationId: string;
  readonly state: string;
  readonly wanted: number;
  readonly sent: number;
  readonly activityId: string | null;
}

export interface PressFacts {
  readonly activityId: string;
  readonly person: string;
  readonly isDone: boolean;
  /** Type of the outcome. */
  readonly outcome: string | null;
}

export interface AuditFacts extends AuditRecord {
  readonly event: string;
  readonly planId: string | null;
  readonly at: number;
  readonly actor: string | null;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** What is left of a schedule, read from outside: the database, Graph's log and what people saw. */
export interface Evidence {
  readonly world: World;
  readonly plans: readonly PlanFacts[];
  readonly moves: readonly PlanMove[];
  readonly changes: readonly ChangeMove[];
  readonly decisions: readonly DecisionFacts[];
  readonly runs: readonly RunFacts[];
  readonly cards: readonly CardFacts[];
  readonly audit: readonly AuditFacts[];
  readonly presses: readonly PressFacts[];
}

export async function gather(world: World): Promise<Evidence> {
  const all = async <T>(text: string) => (await world.database.query(text)).rows as T[];
  const ms = (column: string) => `round(extract(epoch from ${column}) * 1000)::float8`;
  const records = await all<AuditRecord>(
    `select sequence::int, record, previous_hash as "previousHash", hash from audit order by sequence`,
  );
  return {
    world,
    plans:
      await all(`select id, state, revision, tier, digest, content, finished_at is not null as "isOver" from plans
      order by id`),
    moves: await all(planMoves),
    changes: await all(changeMoves),
    decisions: await all(`select plan_id as "planId", revision, for_tenant_id as "forTenantId", decision,
      person_tenant_id || '/' || person_object_id as person, ${ms('at')} as at from decisions order by at`),
    runs: await all(`select plan_id as "planId", step_index as "stepIndex", change_index as "changeIndex", state
      from change_runs order by plan_id, step_index, change_index`),
    cards: await all(`select id, plan_id as "planId", role, conversation_id as "conversationId", state,
      wanted_version as wanted, sent_version as sent, activity_id as "activityId" from cards order by id`),
    audit: records.map(readAudit),
    presses:
      await all(`select activity_id as "activityId", done_at is not null as "isDone", outcome->>'type' as outcome,
      person_tenant_id || '/' || person_object_id as person from presses`),
  };
}

function readAudit(row: AuditRecord): AuditFacts {
  const { event, planId, at, actor, facts } = JSON.parse(row.record) as {
    readonly event: string;
    readonly planId: string | null;
    readonly at: string;
    readonly actor: { readonly tenantId: string; readonly objectId: string } | null;
    readonly facts: Readonly<Record<string, unknown>>;
  };
  const name = actor && `${actor.tenantId}/${actor.objectId}`;
  return { ...row, event, planId, facts, actor: name, at: Date.parse(at) };
}
