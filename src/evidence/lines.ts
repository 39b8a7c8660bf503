/** A line is cut off here: no record of ours comes near it. */
const longestLine = 8 * 1024 * 1024;

export interface Line {
  /** From 1. */
  readonly number: number;
  readonly bytes: Buffer;
  /** What stands behind it: false for a last line that is not finished. */
  readonly isEnded: boolean;
  readonly isTooLong: boolean;
}

/** The lines of a byte stream, in bounded memory: of a line that is too long only its beginning is given. */
export async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  let [parts, size, number]: [Buffer[], number, number] = [[], 0, 1];
  const take = (isEnded: boolean): Line => {
    const line = { number, bytes: Buffer.concat(parts), isEnded, isTooLong: size > longestLine };
    [parts, size, number] = [[], 0, number + 1];
    return line;
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (;;) {
      const end = chunk.indexOf(0x0a, start);
      const piece = chunk.subarray(start, end < 0 ? undefined : end);
      if (size <= longestLine) parts.push(piece);
      size += piece.length;
      if (end < 0) break;
      yield take(true);
      start = end + 1;
    }
  }
  if (size > 0) yield take(false);
}
