import type { AdaptiveCard } from '../store/ports';
import { render } from './render';
import { sentence } from './text';
import { type Suggestion, suggestionButtons } from './words';

export interface EmptyView {
  /** "Links", "Pending". */
  readonly title: string;
  /** "No links yet." */
  readonly sentence: string;
  /** "`setup alpha>beta` plans the first one." */
  readonly nextStep: string;
  readonly suggestions: readonly Suggestion[];
}

/** Nothing to show is a state with a next step. */
export function emptyCard(view: EmptyView): AdaptiveCard {
  return render(
    'empty',
    {
      kind: sentence(view.title),
      title: sentence(view.sentence),
      state: '',
      style: 'emphasis',
      sentence: sentence(view.nextStep),
    },
    {},
    { buttons: suggestionButtons(view.suggestions) },
  );
}
