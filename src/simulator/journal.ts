import {
  appendFileSync,
  closeSync,
  existsSync,
  ftruncateSync,
  openSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import type { LogRow } from './sync/state';
import { tenantKeys, type DirectoryAudit, type TenantKey, type User, type World } from './world';

/** One line: something that was added to a tenant, or a user who is no more (`null`). */
type Line =
  | readonly ['row', TenantKey, LogRow]
  | readonly ['audit', TenantKey, DirectoryAudit]
  | readonly ['user', TenantKey, string, User | null];

/** How much of which file belongs to a saved world. */
export interface JournalMark {
  readonly generation: number;
  readonly bytes: number;
}

interface Known {
  row: LogRow | undefined;
  audit: DirectoryAudit | undefined;
  users: Map<string, User>;
}

const leastBytes = 4_000_000;

/**
 * The parts of a world that grow: log rows, audits and made users. Kept in a file beside the world, to which only what
 * is new is appended; it is written anew when most of it is out of date.
 */
export class Journal {
  private known: Record<TenantKey, Known> = newKnown();
  private freshBytes = 0;

  constructor(
    private readonly path: string,
    private mark: JournalMark = { generation: 0, bytes: 0 },
  ) {}

  private file(generation = this.mark.generation): string {
    return `${this.path}.${generation}.log`;
  }

  /** Puts back into the world what belongs to it; what was appended after the world was saved is cut off. */
  restore(world: World): void {
    if (!existsSync(this.file())) return;
    const text = readFileSync(this.file()).subarray(0, this.mark.bytes).toString('utf8');
    for (const line of text.split('\n')) if (line) put(world, JSON.parse(line) as Line);
    const descriptor = openSync(this.file(), 'r+');
    ftruncateSync(descriptor, this.mark.bytes);
    closeSync(descriptor);
    this.freshBytes = this.mark.bytes;
    this.remember(world);
  }

  /** Appends what is new since the last call. The mark goes into the saved world; then call `forget` with the old one. */
  save(world: World, startsOver: boolean): JournalMark {
    const stale = this.mark.bytes > Math.max(leastBytes, 3 * this.freshBytes);
    const anew = startsOver || stale;
    if (anew) {
      this.known = newKnown();
      this.mark = { generation: this.mark.generation + 1, bytes: 0 };
      rmSync(this.file(), { force: true });
    }
    const text = this.newLines(world)
      .map((line) => `${JSON.stringify(line)}\n`)
      .join('');
    if (text) appendFileSync(this.file(), text, { mode: 0o600 });
    this.mark = { ...this.mark, bytes: this.mark.bytes + Buffer.byteLength(text) };
    if (anew) this.freshBytes = this.mark.bytes;
    this.remember(world);
    return this.mark;
  }

  /** Removes the file that no saved world names any more. */
  forget(before: JournalMark): void {
    if (before.generation !== this.mark.generation) rmSync(this.file(before.generation), { force: true });
  }

  private newLines(world: World): Line[] {
    const lines: Line[] = [];
    for (const key of tenantKeys) {
      const { audits, sync, users } = world.tenants[key];
      const { row, audit, users: made } = this.known[key];
      for (const each of after(sync.rows, row)) lines.push(['row', key, each]);
      for (const each of after(audits, audit)) lines.push(['audit', key, each]);
      for (const [id, user] of Object.entries(users.created)) {
        if (made.get(id) !== user) lines.push(['user', key, id, user]);
      }
      for (const id of made.keys()) if (!users.created[id]) lines.push(['user', key, id, null]);
    }
    return lines;
  }

  private remember(world: World): void {
    for (const key of tenantKeys) {
      const { audits, sync, users } = world.tenants[key];
      const made = new Map(Object.entries(users.created));
      this.known[key] = { row: sync.rows.at(-1), audit: audits.at(-1), users: made };
    }
  }
}

function newKnown(): Record<TenantKey, Known> {
  const none = (): Known => ({ row: undefined, audit: undefined, users: new Map() });
  return { con: none(), fab: none(), win: none() };
}

/** What stands after `last` in a list that only grows at its end; all when `last` was dropped. */
function after<Item>(list: readonly Item[], last: Item | undefined): readonly Item[] {
  return last === undefined ? list : list.slice(list.lastIndexOf(last) + 1);
}

function put(world: World, line: Line): void {
  const tenant = world.tenants[line[1]];
  if (line[0] === 'row') tenant.sync.rows.push(line[2]);
  else if (line[0] === 'audit') tenant.audits.push(line[2]);
  else if (line[3]) tenant.users.created[line[2]] = line[3];
  else delete tenant.users.created[line[2]];
}

/** The world without the parts that the journal keeps. */
export function withoutJournal(world: World): World {
  const slim = (key: TenantKey) => {
    const tenant = world.tenants[key];
    const { sync, users } = tenant;
    return { ...tenant, audits: [], sync: { ...sync, rows: [] }, users: { ...users, created: {} } };
  };
  return { ...world, tenants: { con: slim('con'), fab: slim('fab'), win: slim('win') } };
}
