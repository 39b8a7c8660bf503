import type { Link } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import { commandButton } from './buttons';
import { render } from './render';
import { name, plain, text } from './text';
import { linkName, linkTitle } from './words';

export interface PlanEditView {
  readonly link: Link;
  /** The draft that is edited; null for a fresh setup. */
  readonly planId: string | null;
  /** As `setup --users` takes it: `group:Pilot, jo@alpha.example`. */
  readonly users: string;
  readonly userType: 'member' | 'guest';
  /** Empty = leave alone. */
  readonly guard: string;
  readonly mail: string;
}

/** The options of `setup` as a form; the button types the command with them. */
export function planEditCard(view: PlanEditView): AdaptiveCard {
  return render(
    'plan-edit',
    {
      kind: view.planId === null ? 'Set up' : text`Edit ${view.planId}`,
      title: linkTitle(view.link),
      state: 'Form',
      style: 'emphasis',
      sentence: text`Say who shall be synchronized, and how. Nothing is changed: the next card shows the plan.`,
      meaning: [
        text`What is assigned already stays assigned: this only adds.`,
        text`Members work like colleagues in ${view.link.target.displayName}; guests have guest rights there.`,
      ],
    },
    {
      // Input values are not read as Markdown: a backslash would be part of the name.
      users: plain(name(view.users, VALUE_LIMIT)),
      userType: view.userType,
      guard: plain(view.guard),
      mail: plain(name(view.mail, VALUE_LIMIT)),
    },
    {
      buttons: [
        commandButton(
          'Show the plan',
          `setup ${linkName(view.link)}${view.planId === null ? '' : ` --revise ${view.planId}`}`,
          {
            style: 'positive',
            usesInputs: true,
          },
        ),
      ],
    },
  );
}

const VALUE_LIMIT = 400;
