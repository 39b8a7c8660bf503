import type { AdaptiveCard } from '../store/ports';
import { commandButton } from './buttons';
import { render } from './render';
import { sentence, text } from './text';
import { title } from './words';

export interface UnknownCommandView {
  /** As typed. */
  readonly typed: string;
  /** Set when the command is known and its arguments are wrong: one sentence. */
  readonly fault: string | null;
  readonly usage: string | null;
  /** Nearest commands, ready to run or to ask for help about (`status ?`). */
  readonly nearest: readonly { readonly command: string; readonly summary: string }[];
}

/** Unknown text is never an action: the nearest commands are offered instead. */
export function unknownCommandCard(view: UnknownCommandView): AdaptiveCard {
  return render(
    'unknown-command',
    {
      kind: 'Not understood',
      title: view.typed === '' ? text`Nothing was typed` : text`“${view.typed}”`,
      state: 'Nothing was done',
      style: 'warning',
      sentence: view.fault === null ? text`I do not know this command.` : sentence(view.fault),
    },
    {
      usage: view.usage === null ? '' : sentence(view.usage),
      nearest: view.nearest
        .slice(0, BUTTONS)
        .map((one) => ({ line: text`**${sentence(one.command)}**: ${sentence(one.summary)}` })),
    },
    {
      buttons: [
        ...view.nearest.slice(0, BUTTONS).map((one) => commandButton(title(one.command), one.command)),
        commandButton('Show all commands', 'help'),
      ],
    },
  );
}

const BUTTONS = 4;
