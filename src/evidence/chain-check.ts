import { chainHash, genesisHash } from '../store/chain';
import type { Anchor } from './anchors';

export type Verdict =
  | { readonly isIntact: true; readonly records: number; readonly head: string; readonly withheld: number }
  /** `records` = how many fit before it. */
  | { readonly isIntact: false; readonly records: number; readonly why: string };

/** One record of the chain, as far as the chain needs it. */
export interface ChainLink {
  readonly sequence: number;
  readonly hash: string;
  readonly seal: string;
  /** Only the seal is known. */
  readonly isWithheld: boolean;
}

/** Goes along a chain record by record and says at the first one that does not fit why not. */
export class ChainCheck {
  private records = 0;
  private withheld = 0;
  private head = genesisHash;
  /** Anchors that were not met yet. */
  private readonly unmet: Set<Anchor>;

  constructor(anchors: readonly Anchor[]) {
    this.unmet = new Set(anchors);
    for (const anchor of anchors) if (anchor.hash === genesisHash) this.unmet.delete(anchor);
  }

  get count(): number {
    return this.records;
  }

  get newest(): string {
    return this.head;
  }

  /** @returns why the record does not belong here, or null */
  add({ sequence, hash, seal, isWithheld }: ChainLink): string | null {
    const expected = this.records + 1;
    if (sequence !== expected) return `record ${expected} is missing: record ${sequence} stands in its place`;
    if (chainHash(this.head, seal) !== hash) return `record ${sequence} is not what was written`;
    for (const anchor of this.unmet) {
      if (anchor.sequence === sequence && anchor.hash !== hash) {
        return `record ${sequence} is not the one that was anchored`;
      }
      if (anchor.hash === hash) this.unmet.delete(anchor);
    }
    this.records = sequence;
    this.head = hash;
    if (isWithheld) this.withheld += 1;
    return null;
  }

  /** After the last record. */
  end(): Verdict {
    const { records, head, withheld } = this;
    for (const { sequence, hash } of this.unmet) {
      const named = sequence === null ? hash : `${sequence}:${hash}`;
      const why = `the anchored head ${named} is not in the chain: its end was cut off, or it is another chain`;
      return { isIntact: false, records, why };
    }
    return { isIntact: true, records, head, withheld };
  }
}
