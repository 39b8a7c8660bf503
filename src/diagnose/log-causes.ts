import type { ProvisioningEvent } from '../graph/provisioning-logs';
import { causeOfEvent, type EventCause } from './event-cause';

/** All rows of a log that have the same cause. */
export interface LogGroup extends EventCause {
  readonly failed: number;
  readonly skipped: number;
  readonly staged: number;
  readonly users: readonly LogUser[];
  /** ISO 8601. */
  readonly lastAt: string | null;
}

export interface LogUser {
  readonly id: string;
  readonly name: string;
  readonly userPrincipalName: string | null;
}

export interface GroupedLog {
  readonly rows: number;
  readonly succeeded: number;
  /** Users that needed nothing: counted, not grouped. */
  readonly unchanged: number;
  /** The most rows first; harmless causes last. */
  readonly groups: readonly LogGroup[];
}

/** Groups rows (newest first) by their cause; a row whose cause is not known is grouped by its raw code and clause. */
export function groupLog(rows: readonly ProvisioningEvent[]): GroupedLog {
  const groups = new Map<string, { said: EventCause; rows: ProvisioningEvent[] }>();
  let unchanged = 0;
  let succeeded = 0;
  for (const row of rows) {
    const said = causeOfEvent(row);
    if (said === null) succeeded += 1;
    else if (said.cause?.name === 'already-equal') unchanged += 1;
    else {
      const key = keyOf(said);
      const group = groups.get(key) ?? { said, rows: [] };
      group.rows.push(row);
      groups.set(key, group);
    }
  }
  const all = [...groups.values()].map(({ said, rows: own }) => toGroup(said, own));
  const rank = (group: LogGroup) => (group.cause?.isHarmless === true ? 1 : 0);
  return {
    rows: rows.length,
    succeeded,
    unchanged,
    groups: all.toSorted((a, b) => rank(a) - rank(b) || total(b) - total(a)),
  };
}

/** Whether a row is about this code: its own code, its action, or the name of its cause, without case. */
export function isAbout(row: ProvisioningEvent, code: string): boolean {
  const word = code.toLowerCase();
  const said = causeOfEvent(row);
  const names = [row.errorCode, row.skipReason, said?.code, said?.cause?.name, ...(said?.cause?.codes ?? [])];
  return names.some((name) => name?.toLowerCase() === word);
}

/** Own filters differ by their clause; what the catalogue does not know differs by code, else by its words. */
function keyOf({ cause, code, text, clause }: EventCause): string {
  if (cause?.name === 'own-filter') return `own-filter ${clause ?? ''}`;
  return cause ? `cause ${cause.name}` : `raw ${code ?? clause ?? text ?? ''}`;
}

function toGroup(said: EventCause, rows: readonly ProvisioningEvent[]): LogGroup {
  const users = new Map<string, LogUser>();
  for (const row of rows) {
    const id = row.source?.id ?? row.id;
    const name = row.source?.displayName ?? row.source?.userPrincipalName ?? id;
    users.set(id, { id, name, userPrincipalName: row.source?.userPrincipalName ?? null });
  }
  const isStaged = (row: ProvisioningEvent) => row.action?.toLowerCase().startsWith('staged') === true;
  return {
    ...said,
    failed: rows.filter((row) => row.status === 'failure').length,
    skipped: rows.filter((row) => row.status !== 'failure' && !isStaged(row)).length,
    staged: rows.filter((row) => row.status !== 'failure' && isStaged(row)).length,
    users: [...users.values()],
    lastAt: rows[0]?.at ?? null,
  };
}

function total({ failed, skipped, staged }: LogGroup): number {
  return failed + skipped + staged;
}
