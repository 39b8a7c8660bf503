import { findAuditRow } from '../store/audit-rows';
import { genesisHash } from '../store/chain';
import type { Db } from '../store/db';
import { readDatabaseTime } from '../store/time';
import { exportFormat, type Manifest } from './export-format';

/** What an export of the first `records` records promises. */
export async function makeManifest(
  db: Db,
  { records, madeFor, tenantIds }: Pick<Manifest, 'records' | 'madeFor' | 'tenantIds'>,
): Promise<Manifest> {
  const first = await findAuditRow(db, 1);
  const last = await findAuditRow(db, records);
  return {
    format: exportFormat,
    records,
    head: last?.hash ?? genesisHash,
    firstAt: first?.at ?? null,
    lastAt: last?.at ?? null,
    madeAt: await readDatabaseTime(db),
    madeFor,
    tenantIds,
  };
}
