import type { AdaptiveCard } from '../store/ports';
import { render } from './render';
import { text } from './text';

/** Stands where a card of a plan stood before it was sent anew: no button is left behind. */
export function movedCard(planId: string): AdaptiveCard {
  return render('already', {
    kind: text`Plan ${planId}`,
    title: text`Sent again`,
    state: '',
    style: 'emphasis',
    sentence: text`The card of this plan is further down in this chat. Read and decide there.`,
  });
}
