import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrationsFolder } from '../../src/store/migrations';

export interface JournalEntry {
  readonly idx: number;
  readonly when: number;
  readonly tag: string;
}

interface Journal {
  readonly entries: readonly JournalEntry[];
}

export function journalOf(folder: string): Journal {
  return JSON.parse(readFileSync(join(folder, 'meta/_journal.json'), 'utf8')) as Journal;
}

/** The number of the newest migration that this program knows. */
export const newestNumber = journalOf(migrationsFolder()).entries.length - 1;

function copyOfMigrations(): string {
  const folder = mkdtempSync(join(tmpdir(), 'steward-migrations-'));
  cpSync(migrationsFolder(), folder, { recursive: true });
  return folder;
}

function writeJournal(folder: string, entries: readonly JournalEntry[]): void {
  writeFileSync(join(folder, 'meta/_journal.json'), JSON.stringify({ ...journalOf(folder), entries }));
}

/** The migrations as they were before the newest one. */
export function previousMigrations(): string {
  const folder = copyOfMigrations();
  writeJournal(folder, journalOf(folder).entries.slice(0, -1));
  return folder;
}

export interface NextMigration {
  readonly sql?: string;
  /** What it says of older programs; `null`: nothing. */
  readonly oldestCode: number | null;
}

/** The migrations as a version after this one would bring them along, one more for each. */
export function nextMigrations(...migrations: readonly NextMigration[]): string {
  const folder = copyOfMigrations();
  const { entries } = journalOf(folder);
  const last = entries[newestNumber]!;
  const more = migrations.map(({ sql = 'select 1', oldestCode }, index) => {
    const idx = newestNumber + 1 + index;
    const declared =
      oldestCode === null
        ? []
        : [`insert into schema_versions (number, oldest_code) values (${idx}, ${oldestCode})`];
    const tag = `${String(idx).padStart(4, '0')}_next`;
    writeFileSync(join(folder, `${tag}.sql`), [sql, ...declared].join(';\n--> statement-breakpoint\n'));
    return { ...last, idx, tag, when: last.when + 1 + index };
  });
  writeJournal(folder, [...entries, ...more]);
  return folder;
}
