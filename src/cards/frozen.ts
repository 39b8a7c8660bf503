import type { Freeze, Link } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import { commandButton } from './buttons';
import { frozenWords } from './freeze-words';
import { render } from './render';
import { text } from './text';
import { linkName, linkTitle } from './words';

export interface FrozenView {
  readonly freeze: Freeze;
  /** `null` for all links. */
  readonly link: Link | null;
  /** The tenant whose people lift it. */
  readonly owner: string;
  /** `false` when it was frozen before. */
  readonly isNew: boolean;
}

/** What a freeze holds and what it does not, and who lifts it. */
export function frozenCard({ freeze, link, owner, isNew }: FrozenView): AdaptiveCard {
  const name = link ? linkName(link) : 'all';
  return render(
    'frozen',
    {
      kind: 'Freeze',
      title: link ? linkTitle(link) : 'All links',
      state: isNew ? 'Frozen' : 'Frozen already',
      style: 'warning',
      sentence: frozenWords(freeze),
      meaning: [
        text`No plan starts, and one that runs stops after its current change. Plans can be drafted and decided.`,
        text`Synchronization itself goes on in Entra: pausing the link stops its cycles.`,
        text`Two people of ${owner} lift it; the one who asks for that is not one of them.`,
      ],
    },
    {},
    {
      buttons: [
        commandButton('Plan to lift it', `unfreeze ${name}`),
        ...(link
          ? [commandButton('Pause sync', `pause ${name}`), commandButton('Show status', `status ${name}`)]
          : []),
        commandButton('Show open plans', 'pending'),
      ],
    },
  );
}
