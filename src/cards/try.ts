import type { UserSubject } from '../plan/subject';
import type { Link } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import { commandButton } from './buttons';
import { fit, type Frame, render, type View } from './render';
import { joined, sentence, text, type Text } from './text';
import { when } from './when';
import { andMore, linkName, linkTitle } from './words';

export interface TryStep {
  readonly name: 'Import' | 'Scoping' | 'Matching' | 'Action' | 'Attributes';
  readonly status: 'success' | 'skipped' | 'failure' | 'warning' | 'none';
  /** One plain sentence. */
  readonly outcome: string;
  /** Why, when it did not go through; empty otherwise. */
  readonly detail: string;
}

export interface TryView {
  readonly link: Link;
  readonly user: Pick<UserSubject, 'userId' | 'userPrincipalName' | 'displayName'>;
  /** "Created", "Updated", "Skipped", "Failed", "Nothing to do". */
  readonly verdict: string;
  readonly isGood: boolean;
  readonly steps: readonly TryStep[];
  readonly attributes: readonly { readonly name: string; readonly value: string }[];
  /** What to do when it did not work; null when it did. */
  readonly remedy: string | null;
  /** Microsoft's code when it did not work; null when there is none. */
  readonly code: string | null;
  /** SMS sign-in is on for the user: that is what kept the user out. */
  readonly hasSmsSignIn: boolean;
  readonly requestId: string | null;
  readonly planId: string | null;
  /** ISO 8601. */
  readonly at: string;
  readonly timeZone?: string;
}

const marks = { success: '✓', skipped: '–', failure: '✗', warning: '!', none: '–' } as const;

/** What provisioning one user came to, step by step. */
export function tryCard(view: TryView): AdaptiveCard {
  const { link, user } = view;
  const frame: Frame = {
    kind: 'Try one user',
    title: user.displayName,
    state: view.verdict,
    style: view.isGood ? 'good' : 'warning',
    sentence: text`${user.userPrincipalName}, ${linkTitle(link)}: ${stepLine(view.steps)}.`,
    meaning: view.remedy === null ? [] : [sentence(view.remedy)],
    footer: [
      view.planId === null ? '' : text`plan ${view.planId}`,
      text`ended ${when(view.at, view.timeZone)}`,
      view.requestId === null ? '' : text`request id ${view.requestId}`,
    ],
  };
  const buttons = [
    ...leadButtons(view),
    commandButton(
      view.isGood ? 'Show target user' : 'Verify user',
      `verify ${user.userId} ${linkName(link)}`,
      {
        style: view.isGood ? 'positive' : 'default',
      },
    ),
    commandButton('Show status', `status ${linkName(link)}`),
  ];
  return fit((limit) => {
    const facts: View = {
      steps: view.steps.slice(0, limit).map(stepOf),
      attributes: view.attributes.slice(0, limit).map((attribute) => ({ ...attribute })),
      more: andMore(view.attributes.length - limit, 'attribute'),
    };
    return render('try', frame, facts, { buttons });
  });
}

function leadButtons({ link, user, code, hasSmsSignIn }: TryView) {
  const name = linkName(link);
  if (hasSmsSignIn) {
    const fix = `fix sms ${user.userId} ${name}`;
    return [commandButton('Turn SMS sign-in off…', fix, { style: 'positive' })];
  }
  return code === null ? [] : [commandButton('Explain the code', `explain ${code}`, { style: 'positive' })];
}

/** "Import ✓ · Scope ✓ · Match ✓ · Action ✓". */
function stepLine(steps: readonly TryStep[]): Text {
  if (steps.length === 0) return text`Graph gave no steps`;
  return joined(
    steps.map((step) => text`${step.name} ${marks[step.status]}`),
    ' · ',
  );
}

function stepOf(step: TryStep): View {
  return {
    name: step.name,
    mark: marks[step.status],
    outcome: sentence(step.outcome),
    detail: step.detail === '' ? '' : sentence(step.detail),
  };
}
