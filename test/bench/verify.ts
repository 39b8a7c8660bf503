import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createReadStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exportFormat, manifestLine, rowLine } from '../../src/evidence/export-format';
import { verifyExport } from '../../src/evidence/verify-export';
import { chainHash, genesisHash, sealOf } from '../../src/store/chain';

const id = (digit: string) => `${digit.repeat(8)}-0000-4000-8000-${digit.repeat(12)}`;

/** How long the verifier takes for an export of so many records, and what memory it needs beyond what was there. */
export async function measureVerifier(records: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'steward-audit-'));
  const file = join(folder, 'audit.jsonl');
  try {
    const rows = join(folder, 'rows.jsonl');
    const head = await writeRows(rows, records);
    await pipeline(Readable.from(whole(rows, head, records)), createWriteStream(file));
    const before = process.memoryUsage().rss;
    const began = performance.now();
    const verdict = await verifyExport(createReadStream(file, { highWaterMark: 1024 * 1024 }));
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    const grown = Math.round((process.memoryUsage().rss - before) / 1024 / 1024);
    const size = Math.round(statSync(file).size / 1024 / 1024);
    if (!verdict.isIntact) throw new Error(verdict.why);
    return `audit:verify: ${records.toLocaleString('en-GB')} records (${size} MB) checked in ${seconds} s, memory grew by ${grown} MB`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Records as a run writes them; every third one with details of a tenant. @returns the hash of the last */
async function writeRows(file: string, records: number): Promise<string> {
  let head = genesisHash;
  function* lines(): Generator<string> {
    for (let sequence = 1; sequence <= records; sequence += 1) {
      const record = recordOf(sequence);
      head = chainHash(head, sealOf(record));
      yield `${rowLine({ sequence, hash: head, record })}\n`;
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(file));
  return head;
}

function recordOf(sequence: number) {
  const details = {
    salt: 'c2FsdHNhbHQ',
    value: { fields: [{ field: 'isSyncAllowed', before: false, after: true }] },
  };
  const position = { step: 'inbound-sync', stepIndex: 1, changeIndex: 0, tenantId: id('b') };
  return {
    ...{ sequence, at: '2026-11-23T10:00:00.000Z', event: 'write-intended', planId: 'PL-0031' },
    actor: { tenantId: id('a'), objectId: id('c'), displayName: 'Requester' },
    facts: { ...position, title: 'Inbound synchronization', attempt: 1, clientRequestId: id('d') },
    salt: 'c2FsdHNhbHRzYWx0',
    ...(sequence % 3 === 0 ? { details: { [id('b')]: details } } : {}),
  };
}

async function* whole(rows: string, head: string, records: number): AsyncGenerator<Buffer> {
  const at = '2026-11-23T10:00:00.000Z';
  const madeFor = { tenantId: id('a'), objectId: id('c'), displayName: 'Auditor' };
  const manifest = {
    format: exportFormat as typeof exportFormat,
    records,
    head,
    firstAt: at,
    lastAt: at,
    madeAt: at,
    madeFor,
  };
  yield Buffer.from(`${manifestLine({ ...manifest, tenantIds: [id('a'), id('b')] })}\n`);
  for await (const chunk of createReadStream(rows)) yield chunk as Buffer;
}
