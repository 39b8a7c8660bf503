/** The rows of a raw statement; both drivers answer `{ rows }`, the common type does not say so. */
export function rowsOf<Row>(result: unknown): readonly Row[] {
  return (result as { rows: readonly Row[] }).rows;
}
