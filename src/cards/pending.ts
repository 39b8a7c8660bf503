import type { Link } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import { commandButton } from './buttons';
import { fit, render } from './render';
import { joined, sentence, text } from './text';
import { when } from './when';
import { andMore, counted, linkTitle } from './words';

export interface PendingView {
  readonly plans: readonly {
    readonly id: string;
    readonly link: Link;
    /** "Set up", "Start". */
    readonly title: string;
    readonly requesterName: string;
    /** What it waits for: "Waiting for Beta (Jo)". */
    readonly waitsFor: string;
    /** ISO 8601. */
    readonly expiresAt: string | null;
    /** The person who asks could decide it now. */
    readonly canDecide: boolean;
  }[];
  readonly timeZone?: string;
}

/** Plans that wait, those that the person can decide first. */
export function pendingCard(view: PendingView): AdaptiveCard {
  const sorted = [...view.plans].sort((one, other) => Number(other.canDecide) - Number(one.canDecide));
  const mine = view.plans.filter((plan) => plan.canDecide);
  return fit((limit) =>
    render(
      'pending',
      {
        kind: 'Pending',
        title:
          view.plans.length === 0 ? 'Nothing waits' : text`${counted(view.plans.length, 'plan')} waiting`,
        state: mine.length > 0 ? text`${mine.length} for you` : '',
        style: mine.length > 0 ? 'warning' : 'emphasis',
        sentence:
          mine.length > 0
            ? text`Open a plan to read what it changes and to decide.`
            : text`None of them waits for you.`,
      },
      {
        plans: sorted.slice(0, limit).map((plan) => ({
          id: plan.id,
          what: text`${linkTitle(plan.link)}: ${plan.title}`,
          who: joined(
            [
              text`asked by ${plan.requesterName}`,
              plan.expiresAt === null ? '' : text`expires ${when(plan.expiresAt, view.timeZone)}`,
            ],
            ' · ',
          ),
          waitsFor: sentence(plan.waitsFor),
        })),
        more: andMore(sorted.length - limit, 'plan'),
      },
      {
        buttons: mine.slice(0, BUTTONS).map((plan) => commandButton(`Open ${plan.id}`, `approve ${plan.id}`)),
      },
    ),
  );
}

const BUTTONS = 5;
