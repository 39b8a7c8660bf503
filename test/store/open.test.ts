import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import type { Store } from '../../src/store/db';
import { appendAudit, findBrokenLink, listAudit } from '../../src/store/audit';
import { openStore } from '../../src/store/open';
import { hasPostgres, startPostgres } from '../helpers/postgres';

const refusal = { event: 'refused', facts: { why: 'no-role' } } as const;

async function provesInsertOnly(store: Store): Promise<void> {
  await store.transaction((tx) => appendAudit(tx, refusal));
  for (const statement of [sql`update audit set record = 'x'`, sql`delete from audit`, sql`truncate audit`]) {
    await expect(store.db.execute(statement)).rejects.toMatchObject({
      cause: { message: expect.stringContaining('never changed') },
    });
  }
}

describe('the embedded database', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'steward-open-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  it('keeps what was written, refuses a second opener, and forgets nothing after both', async () => {
    const first = await openStore({ databaseUrl: null, dataDir });
    await provesInsertOnly(first);
    await expect(openStore({ databaseUrl: null, dataDir })).rejects.toMatchObject({ code: 'storage-locked' });
    await first.close();
    const second = await openStore({ databaseUrl: null, dataDir });
    expect(await listAudit(second.db, { limit: 10 })).toHaveLength(1);
    expect(await second.isReady()).toBe(true);
    await second.close();
  }, 120_000);

  it('undoes everything of a transaction that fails', async () => {
    const store = await openStore({ databaseUrl: null, dataDir });
    const failing = store.transaction(async (tx) => {
      await appendAudit(tx, refusal);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await listAudit(store.db, { limit: 10 })).toEqual([]);
    await store.close();
  }, 120_000);
});

(hasPostgres() ? describe : describe.skip)('PostgreSQL', () => {
  it('is migrated by three replicas at once, and carries one chain of all of them', async () => {
    const server = await startPostgres();
    const databaseUrl = await server.createDatabase();
    const settings = { databaseUrl, dataDir: '/nowhere' };
    const stores = await Promise.all([1, 2, 3].map(() => openStore(settings)));
    const appends = stores.flatMap((store) =>
      Array.from({ length: 20 }, () => store.transaction((tx) => appendAudit(tx, refusal))),
    );
    await Promise.all(appends);
    const [store] = stores;
    const records = await listAudit(store!.db, { limit: 100 });
    expect(records).toHaveLength(60);
    expect(findBrokenLink(records)).toBeNull();
    await provesInsertOnly(store!);
    await Promise.all(stores.map((one) => one.close()));
    await server.stop();
  }, 120_000);

  it('says so when it cannot be reached', async () => {
    const settings = { databaseUrl: 'postgres://nobody@127.0.0.1:1/none', dataDir: '/nowhere' };
    await expect(openStore(settings)).rejects.toMatchObject({ code: 'storage-unavailable' });
  });
});
