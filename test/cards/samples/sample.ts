import type { AdaptiveCard } from '../../../src/store/ports';
import type { Cast } from './cast';

/** Draws a card with the names of a cast and `count` rows of whatever it lists. */
export type SampleMaker = (cast: Cast, count: number) => AdaptiveCard;

/** `of` says what the card shows when a template serves several cases; it may be empty. */
export interface Maker {
  readonly card: string;
  readonly of: string;
  readonly draw: SampleMaker;
}

export interface Sample {
  /** Name of the template. */
  readonly card: string;
  /** `setup-typical`, `many`. */
  readonly name: string;
  readonly draw: () => AdaptiveCard;
}
