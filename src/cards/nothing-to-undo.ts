import type { Left } from '../plan/subject';
import type { Link, PlanRecord } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import { commandButton } from './buttons';
import { fit, render } from './render';
import { staysView } from './stays-part';
import { text } from './text';
import { linkTitle } from './words';

/** An undo that has nothing to do, and why: part by part. */
export function nothingToUndoCard(record: PlanRecord, link: Link, left: readonly Left[]): AdaptiveCard {
  return fit((limit) =>
    render(
      'nothing-to-undo',
      {
        kind: text`Undo ${record.id}`,
        title: linkTitle(link),
        state: 'Nothing to undo',
        style: 'emphasis',
        sentence:
          left.length === 0
            ? text`${record.id} changed nothing that could be put back. No plan was made.`
            : text`Nothing that ${record.id} changed can be put back now. No plan was made.`,
        meaning: left.some(({ reason }) => reason.startsWith('Somebody changed'))
          ? [text`What somebody else decided since is theirs: change it with a plan of its own.`]
          : [],
      },
      staysView(left, limit),
      { buttons: [commandButton('Show what stands', `verify ${record.id}`)] },
    ),
  );
}
