import { optionUsage, usageOf, type CommandDefinition, type CommandGroup } from './definition';
import { whoWords } from './words';

const groups: readonly CommandGroup[] = ['Start', 'Look', 'Change', 'Decide'];
const tierWords: Readonly<Record<CommandDefinition['tier'], string>> = {
  R: 'reads only',
  T1: 'plans a change that you confirm yourself',
  T2: 'plans changes that the people of each changed tenant approve',
  T3: 'plans a change that two people approve, with a typed count',
};

/** `docs/commands.md`, made from the same objects as help; a test keeps the file equal to it. */
export function commandDocs(commands: readonly CommandDefinition[]): string {
  const parts = groups.flatMap((group) => [
    `## ${group}`,
    ...commands.filter((command) => command.group === group).map(commandSection),
  ]);
  return [introduction, ...parts].join('\n\n') + '\n';
}

const introduction = `# Commands

Made from the commands themselves; do not edit it by hand.

Write a verb, then what it is about: \`verb [object] [link] [--option value]\`. A link names two tenants by key, tenant id or domain: \`source>target\`, also \`source->target\`, \`source→target\` and \`source to target\`. Names with spaces stand in quotes. A question mark after any command explains it. \`plan\` before a change shows it without offering it. Unknown text never does anything.`;

function commandSection(command: CommandDefinition): string {
  const examples = command.examples({ source: 'source', target: 'target' });
  return [
    `### ${command.name}`,
    `\`${usageOf(command)}\``,
    `${command.summary}. ${command.details}`,
    [
      ...(command.aliases.length > 0
        ? [`- Also: ${command.aliases.map((alias) => `\`${alias}\``).join(', ')}`]
        : []),
      `- Who: ${whoWords(command)}`,
      `- What it does: ${command.says?.does ?? tierWords[command.tier]}`,
      ...command.options.map((option) => `- \`${optionUsage(option)}\`: ${option.summary}`),
      `- Examples: ${examples.map((example) => `\`${example}\``).join(', ')}`,
    ].join('\n'),
  ].join('\n\n');
}
