import type { AdaptiveCard } from '../store/ports';
import { render } from './render';
import { text } from './text';
import { counted, suggestionButtons } from './words';

export interface HelpView {
  /** In the order of reading; a group without commands is left out. */
  readonly groups: readonly {
    readonly title: string;
    readonly commands: readonly { readonly usage: string; readonly summary: string }[];
  }[];
  /** Commands worth a button, at most five, ready to run. */
  readonly suggestions: readonly string[];
}

/** All commands by group, one line each. */
export function helpCard(view: HelpView): AdaptiveCard {
  const groups = view.groups
    .filter((group) => group.commands.length > 0)
    .map((group) => ({
      title: group.title,
      commands: group.commands.map((command) => ({ usage: command.usage, summary: command.summary })),
    }));
  return render(
    'help',
    {
      kind: 'Help',
      title: 'What I can do for you',
      state: counted(
        groups.reduce((sum, group) => sum + group.commands.length, 0),
        'command',
      ),
      style: 'emphasis',
      sentence: text`Type a command to me here, or mention me in a channel. Put **?** after a command to read more about it.`,
      footer: [
        text`A link is a pair of tenants, written source>target. Nothing is changed before the right people approve it.`,
      ],
    },
    { groups },
    { buttons: suggestionButtons(view.suggestions) },
  );
}
