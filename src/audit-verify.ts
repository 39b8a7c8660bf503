import { createReadStream, readFileSync } from 'node:fs';
import { parseAnchor, parseAnchors, type Anchor } from './evidence/anchors';
import { verifyExport } from './evidence/verify-export';

/**
 * Checks an exported audit, alone: no settings, no database, no network. Prints one line; exit code 0 = intact,
 * 1 = not intact, 2 = it could not be checked.
 */
const usage = 'usage: audit:verify -- FILE [--head N:HASH] [--anchor FILE]';

class Unusable extends Error {}

interface Asked {
  readonly file: string;
  readonly anchors: readonly Anchor[];
}

function asked(words: readonly string[]): Asked {
  const files: string[] = [];
  const anchors: Anchor[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '--head' || word === '--anchor') {
      at += 1;
      anchors.push(...(word === '--head' ? [headOf(words[at])] : anchorsIn(words[at])));
    } else if (word.startsWith('--')) throw new Unusable(usage);
    else files.push(word);
  }
  const [file] = files;
  if (file === undefined || files.length > 1) throw new Unusable(usage);
  return { file, anchors };
}

function headOf(text = ''): Anchor {
  const anchor = parseAnchor(text);
  if (!anchor) throw new Unusable(`not a head: give it as the channel shows it, N:HASH\n${usage}`);
  return anchor;
}

function anchorsIn(file?: string): readonly Anchor[] {
  if (file === undefined) throw new Unusable(usage);
  const anchors = parseAnchors(readFileSync(file, 'utf8'));
  if ('faultyLine' in anchors) throw new Unusable(`${file}: line ${anchors.faultyLine} is not N:HASH`);
  if (anchors.length === 0) throw new Unusable(`${file}: there is no anchor in it`);
  return anchors;
}

async function main(words: readonly string[]): Promise<void> {
  try {
    const { file, anchors } = asked(words);
    const verdict = await verifyExport(createReadStream(file, { highWaterMark: 1024 * 1024 }), anchors);
    if (verdict.isIntact) {
      const { records, head, withheld } = verdict;
      const met = anchors.length === 0 ? '' : `, ${anchors.length} anchored heads found`;
      const kept = withheld === 0 ? '' : `, ${withheld} of them shown as digests only`;
      process.stdout.write(`intact: ${records} records${kept}, head ${records}:${head}${met}\n`);
    } else {
      process.stdout.write(`NOT intact after ${verdict.records} records: ${verdict.why}\n`);
      process.exitCode = 1;
    }
  } catch (error) {
    process.stderr.write(`cannot check: ${(error as Error).message}\n`);
    process.exitCode = 2;
  }
}

void main(process.argv.slice(2));
