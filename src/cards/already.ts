import type { Link, PlanState } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import { stateWords } from './plan-words';
import { render } from './render';
import { sentence, text } from './text';
import { linkTitle } from './words';

/** A button of an old card: nothing was changed; this is how things stand. */
export interface AlreadyView {
  readonly planId: string;
  readonly link: Link | null;
  readonly state: PlanState;
  /** "Jo Doe approved it at 10:04 UTC." */
  readonly sentence: string;
}

export function alreadyCard(view: AlreadyView): AdaptiveCard {
  const { word, style } = stateWords[view.state];
  return render('already', {
    kind: text`Plan ${view.planId}`,
    title: view.link ? linkTitle(view.link) : text`Already decided`,
    state: word,
    style,
    sentence: sentence(view.sentence),
    footer: [text`This button belongs to an older card. Nothing was changed by it.`],
  });
}

/** Stands where a card of a plan stood before it was sent anew: no button is left behind. */
export function movedCard(planId: string): AdaptiveCard {
  return render('already', {
    kind: text`Plan ${planId}`,
    title: text`Sent again`,
    state: text`Moved`,
    style: 'emphasis',
    sentence: text`The card of this plan is further down in this chat. Read and decide there.`,
  });
}
