export interface Proof {
  readonly what: string;
  readonly short: string;
  readonly long: string;
  /** Below `test`. */
  readonly test: string;
  readonly measured: string;
}

/** What `npm run prove` plays. */
export const proofs: readonly Proof[] = [];
