import type { Link, PlanState } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import { stateWords } from './plan-words';
import { fit, render } from './render';
import { text } from './text';
import { when } from './when';
import { andMore, counted, linkTitle, listed } from './words';

export interface HistoryView {
  readonly plans: readonly {
    readonly id: string;
    readonly link: Link;
    readonly title: string;
    readonly state: PlanState;
    readonly requesterName: string;
    readonly approverNames: readonly string[];
    /** ISO 8601; when it ended, or when it was made. */
    readonly at: string;
  }[];
  /** All that match; more than are listed. */
  readonly total: number;
  readonly timeZone?: string;
}

/** Past plans, newest first: what, who asked, who approved, how it ended. */
export function historyCard(view: HistoryView): AdaptiveCard {
  return fit((limit) =>
    render(
      'history',
      {
        kind: 'History',
        title: 'Past plans',
        state: counted(view.total, 'plan'),
        style: 'emphasis',
        sentence: text`The newest come first. Every plan is kept, also those that were rejected or ran out of time.`,
      },
      {
        plans: view.plans.slice(0, limit).map((plan) => ({
          id: plan.id,
          what: text`${linkTitle(plan.link)}: ${plan.title}`,
          who: text`${plan.requesterName}${plan.approverNames.length > 0 ? text`, approved by ${listed(plan.approverNames)}` : ''}`,
          state: stateWords[plan.state].word,
          at: when(plan.at, view.timeZone),
        })),
        more: andMore(view.total - Math.min(limit, view.plans.length), 'plan'),
      },
    ),
  );
}
