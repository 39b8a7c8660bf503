import type { Side } from '../plan/types';
import type { Look } from './look';

/** `stop`: synchronization cannot work. `warn`: it can, but somebody should look. `unknown`: not readable now. */
export type Verdict = 'stop' | 'warn' | 'unknown' | 'pass';

/** One line of the preflight card. */
export interface PreflightLine {
  /** Kebab-case, stable: `redemption-outbound`. */
  readonly name: string;
  readonly verdict: Verdict;
  readonly side: Side;
  readonly title: string;
  readonly current: string;
  readonly needed: string;
  /** The role that can change it; null for a pass. */
  readonly role: string | null;
  /** One imperative sentence; null for a pass. */
  readonly remedy: string | null;
}

/** One question of the preflight, with everything it has to say; reads only. */
export interface Check {
  readonly name: string;
  readonly side: Side;
  readonly title: string;
  run(look: Look): Promise<readonly Finding[]>;
}

/** Who can change it, and how. */
export interface Fix {
  readonly role: string;
  readonly remedy: string;
}

/** A line before side and title are put in; a check may name another title for one of several findings. */
export interface Finding {
  readonly verdict: Verdict;
  readonly title?: string;
  readonly current: string;
  readonly needed: string;
  readonly fix?: Fix;
}
