import { Readable } from 'node:stream';
import { parseAnchor } from '../../src/evidence/anchors';
import { manifestLine, type Manifest } from '../../src/evidence/export-format';
import { exportLines } from '../../src/evidence/export-lines';
import { makeManifest } from '../../src/evidence/make-manifest';
import { verifyExport } from '../../src/evidence/verify-export';
import { appendAudit, readChainHead } from '../../src/store/audit';
import { seededRandom } from '../helpers/seeded-random';
import { openTestStore, type TestStore } from '../helpers/stores';
import { tellFigure } from '../helpers/figures';

jest.setTimeout(180_000);

const length = 1_000;
const seed = 20_261_123;
const person = (name: string) => ({ tenantId: 'aa', objectId: `${name}-id`, displayName: name });

let opened: TestStore;
let file: Buffer;
let head: string;
/** Lines with their ending; the manifest is the first. */
let lines: readonly Buffer[];

beforeAll(async () => {
  opened = await openTestStore();
  const { store } = opened;
  await store.transaction(async (tx) => {
    for (let index = 0; index < length; index += 1) {
      await appendAudit(tx, {
        event: index % 3 === 0 ? 'submitted' : 'write-intended',
        actor: person(index % 2 === 0 ? 'Łucja 🦊' : 'Bo "the" \\ \uFFFD'),
        facts: { index, reason: 'pilot', list: [1, 2.5, null, true] },
        ...(index % 3 === 0 ? { details: { aa: { before: index }, bb: { before: -index } } } : {}),
      });
    }
  });
  const found = (await readChainHead(store.db))!;
  head = found.hash;
  file = await exported(await manifestOf(['aa']));
  lines = linesIn(file);
});
afterAll(() => opened.end());

const manifestOf = (tenantIds: readonly string[], records = length): Promise<Manifest> =>
  makeManifest(opened.store.db, { records, madeFor: person('Auditor'), tenantIds });

async function exported(manifest: Manifest): Promise<Buffer> {
  const rows: string[] = [];
  for await (const row of exportLines(opened.store.db, manifest)) rows.push(row);
  return Buffer.from(rows.join(''));
}

function linesIn(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(0x0a, start) + 1;
    found.push(bytes.subarray(start, end));
    start = end;
  }
  return found;
}

const verify = (bytes: Buffer, anchors: Parameters<typeof verifyExport>[1] = []) =>
  verifyExport(Readable.from([bytes]), anchors);

/** Tampers as often as asked, and counts what was found; prints the figure. */
async function expectAllFound(what: string, times: number, tamper: (round: number) => Buffer): Promise<void> {
  const missed: number[] = [];
  for (let round = 0; round < times; round += 1) {
    const verdict = await verify(tamper(round));
    if (verdict.isIntact) missed.push(round);
  }
  tellFigure(__filename, what, `${times - missed.length} of ${times} found (seed ${seed})`);
  expect(missed).toEqual([]);
}

it('is intact as it was exported, whoever it was exported for', async () => {
  expect(await verify(file)).toEqual({ isIntact: true, records: length, head, withheld: 0 });
  for (const tenantIds of [['bb'], ['aa', 'bb'], []]) {
    const other = await exported(await manifestOf(tenantIds));
    const withheld = tenantIds.includes('aa') ? 0 : length;
    expect(await verify(other)).toEqual({ isIntact: true, records: length, head, withheld });
  }
});

it('holds nothing of what a reader may not see', () => {
  const first = JSON.parse(lines[1]!.toString()) as { record: { details: Record<string, unknown> } };
  expect(first.record.details).toEqual({
    aa: { salt: expect.any(String), value: { before: 0 } },
    bb: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
});

describe('tampering with 1,000 records', () => {
  const random = seededRandom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const joined = (changed: readonly Buffer[]) => Buffer.concat([...changed]);

  it('is found when any byte of the manifest or of a record of either kind is changed', async () => {
    const short = await exported(await manifestOf(['aa'], 2));
    expect(await verify(short)).toMatchObject({ isIntact: true, records: 2 });
    await expectAllFound('every byte of a short export', short.length, (at) => {
      const changed = Buffer.from(short);
      changed[at]! ^= 1 + below(255);
      return changed;
    });
  });

  it('is found when one byte anywhere is changed, removed or added', async () => {
    await expectAllFound('one byte changed', 150, () => {
      const changed = Buffer.from(file);
      changed[below(file.length)]! ^= 1 + below(255);
      return changed;
    });
    await expectAllFound('one byte removed', 75, () => {
      const at = below(file.length);
      return joined([file.subarray(0, at), file.subarray(at + 1)]);
    });
    await expectAllFound('one byte added', 75, () => {
      const at = below(file.length + 1);
      return joined([file.subarray(0, at), Buffer.from([below(256)]), file.subarray(at)]);
    });
  });

  it('is found when rows are removed, repeated, inserted, swapped or cut off', async () => {
    await expectAllFound('a row removed', 100, () => {
      const at = below(lines.length);
      return joined(lines.filter((_, index) => index !== at));
    });
    await expectAllFound('a row repeated elsewhere', 100, () => {
      const [from, to] = [1 + below(length), below(lines.length + 1)];
      return joined(lines.toSpliced(to, 0, lines[from]!));
    });
    await expectAllFound('two rows swapped', 100, () => {
      const one = 1 + below(length);
      const other = 1 + ((one + below(length - 1)) % length);
      return joined(lines.with(one, lines[other]!).with(other, lines[one]!));
    });
    await expectAllFound('the tail cut off', 100, () => joined(lines.slice(0, 1 + below(length))));
  });

  it('is found when the manifest was made to fit the cut, against a head that was kept elsewhere', async () => {
    const anchor = parseAnchor(`${length}:${head}`)!;
    expect(await verify(file, [anchor])).toMatchObject({ isIntact: true });
    for (const kept of [1, 500, length - 1]) {
      const forged = `${manifestLine(await manifestOf(['aa'], kept))}\n`;
      const cut = Buffer.concat([Buffer.from(forged), ...lines.slice(1, kept + 1)]);
      expect(await verify(cut)).toMatchObject({ isIntact: true, records: kept });
      for (const one of [anchor, { ...anchor, sequence: null }]) {
        expect(await verify(cut, [one])).toMatchObject({
          isIntact: false,
          why: expect.stringContaining('its end was cut off'),
        });
      }
    }
  });

  it('is found when a record was replaced and everything after it was hashed anew, against that head', async () => {
    const other = { sequence: 700, hash: 'f'.repeat(64) };
    expect(await verify(file, [other])).toMatchObject({
      isIntact: false,
      why: expect.stringContaining('anchored'),
    });
  });
});

describe('files that are no export', () => {
  it.each([
    ['nothing', Buffer.alloc(0), /empty/],
    ['an empty line', Buffer.from('\n'), /not a record/],
    ['binary garbage', Buffer.from(Array.from({ length: 5_000 }, (_, at) => (at * 7_919) % 256)), /line 1/],
    ['JSON of another kind', Buffer.from('{"a":1}\n'), /not the manifest/],
    ['a list', Buffer.from('[]\n'), /not a record/],
    ['deep nesting', Buffer.from(`${'['.repeat(200_000)}\n`), /not a record/],
    [
      'deep nesting that closes',
      Buffer.from(`{"a":${'['.repeat(90_000)}${']'.repeat(90_000)}}\n`),
      /not a record/,
    ],
    ['a byte order mark', Buffer.from('\uFEFF{}\n'), /not a record/],
  ])('are told apart: %s', async (_name, bytes, why) => {
    expect(await verify(bytes)).toMatchObject({ isIntact: false, why: expect.stringMatching(why) });
  });

  it('are told apart by their first line however long it is, in bounded memory', async () => {
    const piece = Buffer.alloc(1024 * 1024, 0x78);
    let given = 0;
    async function* endless(): AsyncGenerator<Buffer> {
      for (; given < 200; given += 1) yield piece;
    }
    const before = process.memoryUsage().rss;
    const why = expect.stringContaining('too long');
    expect(await verifyExport(endless())).toMatchObject({ isIntact: false, why });
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  });

  it('are told by what an editor did to them', async () => {
    const windows = Buffer.from(file.toString().replaceAll('\n', '\r\n'));
    expect(await verify(windows)).toMatchObject({ isIntact: false, why: expect.stringContaining('Windows') });
    const spaced = Buffer.from(file.toString().replace('"records":', '"records": '));
    expect(await verify(spaced)).toMatchObject({
      isIntact: false,
      why: expect.stringContaining('text was changed'),
    });
  });
});
