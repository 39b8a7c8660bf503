/** Longest part of a word that is compared: keeps the work constant whatever is typed. */
const compared = 40;

/** Edits (insert, delete, replace, swap of neighbours) that turn one word into the other; case is ignored. */
export function editDistance(one: string, other: string): number {
  const a = Array.from(one.toLowerCase().slice(0, compared));
  const b = Array.from(other.toLowerCase().slice(0, compared));
  let older: number[] = [];
  let previous = b.map((_, index) => index).concat(b.length);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1];
      let least = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (isSame ? 0 : 1),
      );
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (isSwap) least = Math.min(least, (older[column - 2] ?? 0) + 1);
      current.push(least);
    }
    older = previous;
    previous = current;
  }
  return previous[b.length] ?? a.length;
}

/**
 * The candidates closest to what was typed, best first: a shared beginning counts most, then few edits.
 * Words that have nothing in common are left out, so the answer may be empty.
 */
export function nearest<T>(
  typed: string,
  candidates: readonly T[],
  namesOf: (candidate: T) => readonly string[],
  limit = 3,
): readonly T[] {
  const word = typed.toLowerCase().slice(0, compared);
  if (word === '') return [];
  return candidates
    .map((candidate) => ({
      candidate,
      score: Math.min(...namesOf(candidate).map((name) => score(word, name))),
    }))
    .filter(({ score: distance }) => distance <= Math.max(2, Math.floor(word.length / 2)))
    .sort((a, b) => a.score - b.score)
    .slice(0, limit)
    .map(({ candidate }) => candidate);
}

function score(word: string, name: string): number {
  const lower = name.toLowerCase();
  if (word.length >= 2 && (lower.startsWith(word) || word.startsWith(lower))) return 0.5;
  return editDistance(word, lower);
}
