/** One request that Graph would refuse; `{con}`, `{fab}` are tenant ids, `{alice}` and the like object ids. */
export interface WrongRequest {
  readonly why: string;
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly roles?: readonly string[];
  readonly status: number;
  readonly code: string;
}

/** Cases of one method and path. */
export function wrong(
  method: string,
  path: string,
  ...cases: Omit<WrongRequest, 'method' | 'path'>[]
): WrongRequest[] {
  return cases.map((each) => ({ method, path, ...each }));
}
