import type { AdaptiveCard } from '../store/ports';
import { render } from './render';
import { code, text } from './text';
import { when } from './when';
import { counted } from './words';

export interface AnchorView {
  /** The number of the record whose hash it is. */
  readonly sequence: number;
  readonly hash: string;
  /** ISO 8601. */
  readonly at: string;
}

/** The head of the audit chain, for a channel to keep: no name, no button, never changed. */
export function anchorCard({ sequence, hash, at }: AnchorView): AdaptiveCard {
  return render(
    'anchor',
    {
      kind: 'Audit',
      title: 'Head of the audit',
      state: counted(sequence, 'record'),
      style: 'emphasis',
      sentence: text`Everything that was recorded so far is sealed by this line. Keep this message: an audit whose end was cut off later does not hold it any more.`,
      footer: [text`taken ${when(at)}`, text`check an export with audit:verify and its --head`],
    },
    { head: code(`${sequence}:${hash}`) },
  );
}
