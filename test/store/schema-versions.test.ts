import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { asc, sql } from 'drizzle-orm';
import type { Store } from '../../src/store/db';
import { migrationsFolder } from '../../src/store/migrations';
import { schemaVersions } from '../../src/store/schema';
import { journalOf, newestNumber } from '../helpers/migrations';
import { openTestStore } from '../helpers/stores';
import { notAdditive } from './additive';

/** The first migration that says which older programs may go on beside it; nobody goes on beside those before. */
const firstDeclared = 8;
const next = newestNumber + 1;

let store: Store;
let end: () => Promise<void>;
beforeAll(async () => {
  ({ store, end } = await openTestStore());
}, 120_000);
afterAll(async () => end());

describe('a schema that a newer version has made', () => {
  afterEach(async () => {
    await store.db.execute(sql`delete from drizzle.__drizzle_migrations where hash = 'later'`);
    await store.db.execute(sql`delete from schema_versions where number > ${newestNumber}`);
  });

  /** What a newer version leaves when it migrates: each of its migrations says which is the oldest program that may stay. */
  async function migrate(...oldestCodes: readonly (number | null)[]): Promise<void> {
    for (const [index, oldestCode] of oldestCodes.entries()) {
      await store.db.execute(
        sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', ${9999999999990 + index})`,
      );
      if (oldestCode === null) continue;
      await store.db.insert(schemaVersions).values({ number: next + index, oldestCode });
    }
  }

  it.each([
    ['the next one, for this version', [newestNumber]],
    ['the next two, both for this version', [newestNumber, newestNumber]],
    ['the next one, for versions long ago', [firstDeclared]],
  ])('is worked on when it says so: %s', async (_what, oldestCodes) => {
    await migrate(...oldestCodes);
    expect(await store.isReady()).toBe(true);
    expect(await store.transaction(async () => 'done')).toBe('done');
  });

  it.each([
    ['says nothing', [null]],
    ['asks for newer programs', [next]],
    ['lets this version go on once, then not', [newestNumber, next]],
    ['does not let it go on, then does', [next, newestNumber]],
    ['says it of one of two', [null, newestNumber]],
  ])('is not ready and takes no transaction when it %s (I30)', async (_what, oldestCodes) => {
    await migrate(...oldestCodes);
    expect(await store.isReady()).toBe(false);
    const work = jest.fn(async () => undefined);
    await expect(store.transaction(work)).rejects.toMatchObject({ code: 'storage-unavailable' });
    expect(work).not.toHaveBeenCalled();
  });
});

/** Rules that migrations put on tables of before. Programs before 0008 stop at any newer schema, so none met them. */
const exceptions: Readonly<Record<string, string>> = {
  plans_one_open_destructive: '0002, a unique index',
  plans_one_open_per_digest: '0002, a unique index',
  decisions_distinct_people: '0006, a unique index',
  decisions_person_lower: '0006, a check',
  // These programs do meet it, and it binds only a word that they never write.
  decisions_canary_size: '0009, a check',
  // They put up with any press that is there already: it has the same plan, revision and verb as well.
  presses_one_in_flight: '0011, a unique index less',
  presses_same_in_flight: '0011, a unique index',
};

describe('migrations', () => {
  const { entries } = journalOf(migrationsFolder());
  const later = entries.slice(1);
  const textOf = (tag: string) => readFileSync(join(migrationsFolder(), `${tag}.sql`), 'utf8');

  it('are numbered in the order in which they are carried out', () => {
    expect(entries.map(({ idx }) => idx)).toEqual(entries.map((_, index) => index));
    expect(entries.map(({ tag }) => Number(tag.slice(0, 4)))).toEqual(entries.map(({ idx }) => idx));
    const moments = entries.map(({ when }) => when);
    expect(moments).toEqual([...new Set(moments)].toSorted((a, b) => a - b));
  });

  it('say which older programs may go on beside them, and are additive when any may', async () => {
    const said = await store.db.select().from(schemaVersions).orderBy(asc(schemaVersions.number));
    // Missing here? Its last statement is: INSERT INTO "schema_versions" ("number", "oldest_code") VALUES (its number, …)
    expect(said.map(({ number }) => number)).toEqual(entries.slice(firstDeclared).map(({ idx }) => idx));
    const alone = new Set(said.filter((one) => one.number === one.oldestCode).map(({ number }) => number));
    const found = later
      .filter(({ idx }) => !alone.has(idx))
      .flatMap(({ tag }) => notAdditive(textOf(tag)).map((statement) => `${tag}: ${statement}`));
    const isException = (one: string) => Object.keys(exceptions).some((name) => one.includes(`"${name}"`));
    expect(found.filter((one) => !isException(one))).toEqual([]);
    expect(found).toHaveLength(Object.keys(exceptions).length);
  });

  it.each([
    'CREATE TABLE "a" ("id" text PRIMARY KEY NOT NULL);',
    'CREATE TABLE "a" ("id" text);\n--> statement-breakpoint\nCREATE UNIQUE INDEX "a_one" ON "a" USING btree ("id");',
    'CREATE TABLE "a" ("id" text);\nALTER TABLE "a" ADD CONSTRAINT "a_id" CHECK (id = lower(id));',
    'CREATE INDEX "plans_by_age" ON "plans" USING btree ("created_at");',
    'ALTER TABLE "plans" ADD COLUMN "note" text;',
    'ALTER TABLE "plans" ADD COLUMN "weight" integer DEFAULT 1 NOT NULL;',
    'CREATE SEQUENCE "public"."number" START WITH 1;',
    '-- DROP TABLE "plans"; is not meant\nINSERT INTO "schema_versions" ("number", "oldest_code") VALUES (9, 8);',
  ])('are additive like this one: %s', (text) => {
    expect(notAdditive(text)).toEqual([]);
  });

  it.each([
    'DROP TABLE "plans";',
    'ALTER TABLE "plans" DROP COLUMN "digest";',
    'ALTER TABLE "plans" RENAME COLUMN "digest" TO "hash";',
    'ALTER TABLE "plans" ALTER COLUMN "revision" SET DATA TYPE bigint;',
    'ALTER TABLE "plans" ALTER COLUMN "note" SET NOT NULL;',
    'ALTER TABLE "plans" ADD COLUMN "weight" integer NOT NULL;',
    'ALTER TABLE "plans" ADD COLUMN "weight" integer DEFAULT NULL NOT NULL;',
    'ALTER TABLE "plans" ADD COLUMN "name" text UNIQUE;',
    'ALTER TABLE "plans" ADD COLUMN "note" text, DROP COLUMN "digest";',
    'ALTER TABLE "plans" ADD CONSTRAINT "plans_note" CHECK (length(note) > 0);',
    'CREATE UNIQUE INDEX "plans_one" ON "plans" USING btree ("digest");',
    'CREATE TABLE "a" ("plan_id" text REFERENCES "plans"("id"));',
    'ALTER TYPE "public"."state" RENAME VALUE \'a\' TO \'b\';',
    'CREATE TRIGGER "stop" BEFORE INSERT ON "plans" EXECUTE FUNCTION refuse();',
    'UPDATE "plans" SET "state" = \'over\';',
    'DELETE FROM "plans";',
  ])('are not additive like this one: %s', (text) => {
    expect(notAdditive(text)).toHaveLength(1);
  });

  it('leave the tables of the job queue alone, which changes them itself: its schema is the one that was looked at', () => {
    const file = resolve(__dirname, '../../node_modules/pg-boss/package.json');
    const { pgboss } = JSON.parse(readFileSync(file, 'utf8')) as { pgboss: { schema: number } };
    // Another one? Older queues do not look at that, so the release needs a migration: docs/operations.md, New versions.
    expect(pgboss.schema).toBe(46);
  });
});
