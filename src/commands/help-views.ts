import { commandHelpCard } from '../cards/command-help';
import { helpCard } from '../cards/help';
import { unknownCommandCard } from '../cards/unknown-command';
import type { AdaptiveCard } from '../store/ports';
import {
  optionUsage,
  usageOf,
  type CommandDefinition,
  type CommandGroup,
  type ExampleNames,
} from './definition';
import { whoWords } from './words';

const groups: readonly CommandGroup[] = ['Start', 'Look', 'Change', 'Decide'];

/** All commands by group, with the first things worth doing. */
export function allHelp(commands: readonly CommandDefinition[], names: ExampleNames): AdaptiveCard {
  const link = `${names.source}>${names.target}`;
  const wanted = [`connect ${names.source}`, 'whoami', 'links', `check ${link}`, `status ${link}`];
  return helpCard({
    groups: groups
      .map((title) => ({
        title,
        commands: commands
          .filter((command) => command.group === title)
          .map((command) => ({ usage: shortUsage(command), summary: command.summary })),
      }))
      .filter((group) => group.commands.length > 0),
    suggestions: runnable(wanted, commands),
  });
}

export function oneHelp(command: CommandDefinition, names: ExampleNames): AdaptiveCard {
  return commandHelpCard({
    name: command.name,
    aliases: command.aliases,
    usage: usageOf(command),
    summary: command.summary,
    details: command.details,
    tier: command.tier,
    who: whoWords(command),
    options: command.options.map((option) => ({ usage: optionUsage(option), summary: option.summary })),
    examples: command.examples(names),
  });
}

/** Options are left for the help of the one command. */
function shortUsage(command: CommandDefinition): string {
  const usage = usageOf({ ...command, options: [] });
  return command.options.length > 0 ? `${usage} [options]` : usage;
}

/** Text that is no command, with the nearest ones; each suggestion asks for help, so nothing runs by mistake. */
export function unknownText(typed: string, nearest: readonly CommandDefinition[]): AdaptiveCard {
  return unknownCommandCard({
    typed,
    fault: null,
    usage: null,
    nearest: nearest.map((command) => ({ command: `${command.name} ?`, summary: command.summary })),
  });
}

/** A known command with wrong arguments. */
export function faultyText(typed: string, command: CommandDefinition | null, sentence: string): AdaptiveCard {
  return unknownCommandCard({
    typed: typed.length > 64 ? `${typed.slice(0, 64)}…` : typed,
    fault: sentence,
    usage: command && usageOf(command),
    nearest: command ? [{ command: `${command.name} ?`, summary: command.summary }] : [],
  });
}

/** A button appears only when its command exists. */
export function runnable(
  lines: readonly string[],
  commands: readonly CommandDefinition[],
): readonly string[] {
  return lines.filter((line) => commands.some(({ name }) => name === line.split(' ')[0]));
}
