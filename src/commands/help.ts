import type { CommandDefinition } from './definition';
import { allHelp, oneHelp, unknownText } from './help-views';
import { commandNamed, suggest } from './parse';
import { exampleNames } from './words';

export const help: CommandDefinition = {
  name: 'help',
  aliases: ['hi', 'hello', 'commands'],
  group: 'Start',
  summary: 'What I can do for you',
  details: 'A question mark after any command explains that command. Nothing is ever run by asking.',
  arguments: [{ name: 'command', kind: 'word', isOptional: true }],
  options: [],
  tier: 'R',
  who: 'bootstrap',
  examples: ({ source, target }) => ['help', 'help setup', `check ${source}>${target} ?`],
  async run({ commands, tenants }, { words }) {
    const names = exampleNames(tenants);
    const asked = words['command'];
    if (asked === undefined) return allHelp(commands, names);
    const command = commandNamed(asked, commands);
    return command ? oneHelp(command, names) : unknownText(asked, suggest(asked, commands));
  },
};
