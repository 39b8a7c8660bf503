/** Every move of a plan and of a change, written down by the database itself: what the invariants are checked against. */
export interface PlanMove {
  readonly planId: string;
  readonly from: string | null;
  readonly to: string;
  readonly revision: number;
  readonly fence: number;
  readonly isDestructive: boolean;
  /** Milliseconds, as all times of this table. */
  readonly at: number;
  readonly expiresAt: number | null;
  readonly startBy: number | null;
  readonly windowEndsAt: number | null;
}

export interface ChangeMove {
  readonly planId: string;
  readonly stepIndex: number;
  readonly changeIndex: number;
  readonly state: string;
  readonly clientRequestId: string | null;
  readonly fence: number;
  /** The plan's own, at that moment. */
  readonly planFence: number;
  readonly planState: string;
  readonly at: number;
}

const milliseconds = (column: string) => `round(extract(epoch from ${column}) * 1000)::float8`;

/** Tables and triggers of the checker; the engine does not know them. */
export const watching = `
  create table seen_plans (number serial, plan_id text, from_state text, to_state text, revision int, fence int,
    is_destructive bool, at timestamptz, expires_at timestamptz, start_by timestamptz, window_ends_at timestamptz);
  create table seen_changes (number serial, plan_id text, step_index int, change_index int, state text,
    client_request_id text, fence int, plan_fence int, plan_state text, at timestamptz);
  create function see_plan() returns trigger language plpgsql as $$ begin
    insert into seen_plans (plan_id, from_state, to_state, revision, fence, is_destructive, at, expires_at, start_by,
      window_ends_at)
    values (new.id, case when tg_op = 'UPDATE' then old.state end, new.state, new.revision, new.fence,
      new.is_destructive, clock_timestamp(), new.expires_at, new.start_by, new.window_ends_at);
    return null;
  end $$;
  create trigger see_new_plan after insert on plans for each row execute function see_plan();
  create trigger see_moved_plan after update on plans for each row
    when (old.state <> new.state or old.revision <> new.revision or old.fence <> new.fence)
    execute function see_plan();
  create function see_change() returns trigger language plpgsql as $$ begin
    insert into seen_changes (plan_id, step_index, change_index, state, client_request_id, fence, plan_fence,
      plan_state, at)
    select new.plan_id, new.step_index, new.change_index, new.state, new.client_request_id, new.fence, plans.fence,
      plans.state, clock_timestamp() from plans where plans.id = new.plan_id;
    return null;
  end $$;
  create trigger see_change after insert or update on change_runs for each row execute function see_change();
  alter table audit disable trigger user;
`;

export const planMoves = `select plan_id as "planId", from_state as "from", to_state as "to", revision, fence,
  is_destructive as "isDestructive", ${milliseconds('at')} as at, ${milliseconds('expires_at')} as "expiresAt",
  ${milliseconds('start_by')} as "startBy", ${milliseconds('window_ends_at')} as "windowEndsAt"
  from seen_plans order by number`;

export const changeMoves = `select plan_id as "planId", step_index as "stepIndex", change_index as "changeIndex", state,
  client_request_id as "clientRequestId", fence, plan_fence as "planFence", plan_state as "planState",
  ${milliseconds('at')} as at from seen_changes order by number`;

/** Everything of one schedule; conversations stay. */
export const emptying = `
  delete from seen_plans; delete from seen_changes; delete from audit; delete from cards; delete from change_runs;
  delete from decisions; delete from desired_states; delete from links; delete from nonces; delete from plan_questions;
  delete from plans; delete from presses; delete from quorums; delete from sends;
  update conversations set is_gone = false where is_gone;
  select setval('plan_number', 1, false);
`;
