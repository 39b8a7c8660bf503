import type { AdaptiveCard } from '../store/ports';
import { render } from './render';
import { joined, sentence } from './text';
import { type Suggestion, suggestionButtons } from './words';

export interface RefusedView {
  /** "start alpha>beta", "approve PL-0031". */
  readonly what: string;
  /** Why, one sentence: "You hold no role in Beta that may change this." */
  readonly reason: string;
  /** Who could: "A Security Administrator of Beta, or Jo Doe." */
  readonly whoMay: string;
  /** Roles that the person could activate (PIM). */
  readonly eligibleRoles: readonly string[];
  /** What makes it possible, when it is not a matter of who asks. */
  readonly remedy?: string;
  readonly suggestions?: readonly Suggestion[];
}

/** A refusal says why and who could; nothing was done. */
export function refusedCard(view: RefusedView): AdaptiveCard {
  return render(
    'refused',
    {
      kind: 'Refused',
      title: sentence(view.what),
      state: 'Nothing was done',
      style: 'attention',
      sentence: sentence(view.reason),
    },
    {
      remedy: view.remedy === undefined ? '' : sentence(view.remedy),
      whoMay: view.whoMay === '' ? '' : sentence(view.whoMay),
      eligible: view.eligibleRoles.length > 0 ? joined([...view.eligibleRoles], ', ') : '',
    },
    { buttons: suggestionButtons(view.suggestions ?? []) },
  );
}
