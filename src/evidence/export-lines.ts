import type { JsonValue } from '../plan/types';
import { listAuditRows, type AuditRow } from '../store/audit-rows';
import { sealOf, type ChainRecord } from '../store/chain';
import type { Db } from '../store/db';
import { manifestLine, rowLine, type Manifest } from './export-format';
import { mayRead, readableRecord } from './readable';

/** Records read at a time. */
const page = 500;

/**
 * The whole chain up to `manifest.records`, as it was when the manifest was made: records are never changed, so what
 * comes later does not show. A record that the reader may not see stands there as its seal, so that the chain can be
 * checked to its very first record.
 */
export async function* exportLines(db: Db, manifest: Manifest): AsyncGenerator<string> {
  yield `${manifestLine(manifest)}\n`;
  for (let after = 0; after < manifest.records;) {
    const rows = await listAuditRows(db, { after, upTo: manifest.records, limit: page });
    if (rows.length === 0) return; // records are missing: the file shows it, and the verifier finds it
    yield rows.map((row) => `${lineOf(row, manifest.tenantIds)}\n`).join('');
    after = rows.at(-1)?.sequence ?? manifest.records;
  }
}

function lineOf(row: AuditRow, tenantIds: readonly string[]): string {
  const { sequence, hash } = row;
  const record = JSON.parse(row.record) as ChainRecord;
  if (!mayRead(row, tenantIds)) {
    return rowLine({ sequence, hash, seal: sealOf(record as unknown as JsonValue) });
  }
  return rowLine({ sequence, hash, record: readableRecord(record, tenantIds) as unknown as JsonValue });
}
