import type { AdaptiveCard } from '../store/ports';
import { render } from './render';
import { sentence, text } from './text';
import { when } from './when';

export interface WorkingView {
  /** "Checking Alpha → Beta". */
  readonly title: string;
  /** One sentence: what runs and how long it usually takes. */
  readonly sentence: string;
  /** Done and total, where they are known. */
  readonly progress: { readonly done: number; readonly total: number } | null;
  /** ISO 8601. */
  readonly since: string;
  readonly timeZone?: string;
}

/** Work goes on: shown at once, replaced by the answer in the same message. */
export function workingCard(view: WorkingView): AdaptiveCard {
  const { progress } = view;
  return render(
    'working',
    {
      kind: 'Working',
      title: sentence(view.title),
      state: 'Reading',
      style: 'accent',
      sentence: sentence(view.sentence),
      footer: [text`since ${when(view.since, view.timeZone)}`, text`this card is replaced by the answer`],
    },
    {
      count: progress === null ? '' : text`${progress.done} of ${progress.total}`,
      done: String(progress?.done ?? 0),
      rest: String(Math.max(0, (progress?.total ?? 0) - (progress?.done ?? 0))),
    },
  );
}
