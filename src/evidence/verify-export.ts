import type { JsonValue } from '../plan/types';
import { canonicalJson, isCanonicalJson } from '../store/canonical-json';
import { sealOfCanonical } from '../store/chain';
import { sha256 } from '../store/sha256';
import type { Anchor } from './anchors';
import { ChainCheck, type ChainLink, type Verdict } from './chain-check';
import { exportFormat } from './export-format';
import { linesOf, type Line } from './lines';

type Fields = { readonly [key: string]: JsonValue };
class Unfit extends Error {}

/**
 * Checks an export in one pass and bounded memory: each line byte for byte, the chain, the manifest, and heads that were
 * kept elsewhere. Never throws for what the file holds; only for what the stream itself throws.
 */
export async function verifyExport(
  chunks: AsyncIterable<Buffer>,
  anchors: readonly Anchor[] = [],
): Promise<Verdict> {
  const check = new ChainCheck(anchors);
  let manifest: Fields | null = null;
  let [firstAt, lastAt]: [JsonValue, JsonValue] = [null, null];
  try {
    for await (const line of linesOf(chunks)) {
      const read = readLine(line);
      if (manifest === null) {
        manifest = manifestOf(read.fields);
        continue;
      }
      const row = rowOf(read, line.number);
      const fault = check.add(row);
      if (fault !== null) throw new Unfit(`line ${line.number}: ${fault}`);
      if (row.sequence === 1) firstAt = row.at;
      lastAt = row.at;
    }
    if (manifest === null) throw new Unfit('the file is empty');
    comparedWith(manifest, check, firstAt, lastAt);
    return check.end();
  } catch (error) {
    if (error instanceof Unfit) return { isIntact: false, records: check.count, why: error.message };
    throw error;
  }
}

interface ReadLine {
  readonly text: string;
  readonly fields: Fields;
}

/** Exactly one canonical JSON object a line: whatever else the bytes are, they are not what was exported. */
function readLine({ number, bytes, isEnded, isTooLong }: Line): ReadLine {
  const bad = (why: string) => new Unfit(`line ${number}: ${why}`);
  if (isTooLong) throw bad('it is too long to be a record');
  if (!isEnded) throw bad('it is not finished: the end of the file is missing');
  if (bytes.at(-1) === 0x0d) throw bad('its line ending was changed to that of Windows');
  const read = readJson(bytes);
  if (read === null) throw bad('it is not a record');
  if (!read.isExact) throw bad('its text was changed');
  return read;
}

/** Text that is nested too deeply to be written again counts as no JSON: records are flat. */
function readJson(bytes: Buffer): (ReadLine & { readonly isExact: boolean }) | null {
  try {
    const text = decoder.decode(bytes);
    const fields = JSON.parse(text) as JsonValue;
    return isFields(fields) ? { text, fields, isExact: isCanonicalJson(text, fields) } : null;
  } catch {
    return null;
  }
}

/** Refuses bytes that are no UTF-8, which would else all look like the same character. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function isFields(value: JsonValue | undefined): value is { [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function manifestOf({ digest, ...content }: Fields): Fields {
  if (content['format'] !== exportFormat) {
    throw new Unfit('line 1: it is not the manifest of an audit export');
  }
  if (digest !== sha256(canonicalJson(content as JsonValue))) {
    throw new Unfit('line 1: the manifest was changed');
  }
  return content;
}

interface Row extends ChainLink {
  /** Null where the record is withheld. */
  readonly at: JsonValue;
}

function rowOf({ text, fields }: ReadLine, line: number): Row {
  const { sequence, hash, record, seal } = fields;
  const isRow = typeof sequence === 'number' && typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash);
  const isWhole = isRow && Object.keys(fields).length === 3;
  if (isWhole && isFields(record) && record['sequence'] === sequence) {
    // As it stands in the line, between `{"hash":"…","record":` and `,"sequence":n}`.
    const own = text.slice(84, -(13 + String(sequence).length));
    const { at = null } = record;
    return { sequence, hash, seal: sealOfCanonical(own, record), isWithheld: false, at };
  }
  if (isWhole && typeof seal === 'string') return { sequence, hash, seal, isWithheld: true, at: null };
  throw new Unfit(`line ${line}: it is not a record`);
}

/** What the manifest promised must have come. */
function comparedWith(manifest: Fields, check: ChainCheck, firstAt: JsonValue, lastAt: JsonValue): void {
  const { records, head } = manifest;
  if (records !== check.count) {
    throw new Unfit(`the manifest names ${Number(records)} records, the file has ${check.count}`);
  }
  if (head !== check.newest) throw new Unfit('the manifest names another head');
  const isOther = (at: JsonValue, named?: JsonValue) => at !== null && at !== named;
  if (isOther(firstAt, manifest['firstAt']) || isOther(lastAt, manifest['lastAt'])) {
    throw new Unfit('the manifest names other times than the records');
  }
}
