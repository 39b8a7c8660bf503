import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { guide } from '../../../src/diagnose/guide';
import { outdated } from '../../../src/export/powershell/outdated';
import type { Played } from './play-guide';

const root = resolve(__dirname, '../../..');

const introduction = `# The guide, line by line

Made by \`test/docs/guide.test.ts\`, which types every command of [guide.md](guide.md) and watches; do not edit it by hand. \`UPDATE_GOLDEN=1\` writes it anew.

The first table has each PowerShell line of the five-step guide, the right cmdlet, and the commands that do it in chat: those that say on their PowerShell card that they replace the line. The second has each command with its cards (templates in \`cards/\`), what it asked of Microsoft Graph, and the tests that type it. Reads of who somebody is and which roles they hold come with every command and are left out, and so is what one command has read for the next.`;

/** `docs/guide-table.md`: line of the guide → command, then command → cards → Graph calls → tests. */
export function guideTable(played: readonly Played[]): string {
  const steps = guide.flatMap((step) => [
    `## Step ${step.number}: ${step.title.toLowerCase()}`,
    stepCommands(played, step.number),
    table(
      ['Line of the guide', 'Why not', 'Right in PowerShell', 'In chat'],
      step.lines.map(({ says, instead, why }) => [
        code(says),
        why,
        code(instead),
        listed(replacing(played, says).map(code)),
      ]),
    ),
  ]);
  const names = [...new Set(played.map(({ command }) => command))].toSorted();
  const rows = names.map((name) =>
    commandRow(
      name,
      played.filter(({ command }) => command === name),
    ),
  );
  const commandTable = table(['Command', 'Cards', 'Microsoft Graph', 'Typed in'], rows);
  return [introduction, ...steps, '## The commands', commandTable].join('\n\n') + '\n';
}

/** Lines of older guides that no step of ours knows: there must be none. */
export function unknownLines(): readonly string[] {
  const known = guide.flatMap(({ lines }) => lines.map(({ says }) => bare(says)));
  return Object.values(outdated)
    .map(({ command }) => command)
    .filter((command) => !known.includes(bare(command)));
}

function stepCommands(played: readonly Played[], number: number): string {
  const names = new Set(played.filter(({ step }) => step === number).map(({ command }) => command));
  return `In chat: ${[...names].map(code).join(', ')}.`;
}

/** Commands whose PowerShell card names this line of the guide. */
export function replacing(played: readonly Played[], says: string): readonly string[] {
  const command = Object.values(outdated).find((one) => bare(one.command) === bare(says))?.command;
  if (command === undefined) return [];
  const found = played.filter(({ powershell }) => powershell.includes(command));
  return [...new Set(found.map((one) => one.command))];
}

/** Without quotes, and with one name for all values that the reader fills in. */
function bare(line: string): string {
  return line.replace(/["“”]/g, '').replace(/<[^>]+>/g, 'x');
}

function commandRow(name: string, lines: readonly Played[]): readonly string[] {
  const templates = [...new Set(lines.flatMap((line) => line.templates))];
  const calls = [...new Set(lines.flatMap((line) => line.calls))].toSorted();
  return [code(name), listed(templates.map(code)), listed(calls.map(code)), listed(testsOf(name).map(code))];
}

const folders = ['test/commands/conversation', 'test/e2e', 'test/docs'];

/** Tests with a line in quotes that begins with the command; docs/guide.md is typed by its own test. */
function testsOf(name: string): readonly string[] {
  const typed = new RegExp(`['"\`](plan )?${name}(['"\`]| [^'"\`\\n]*['"\`])`);
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((file) => file.endsWith('.test.ts'))
      .map((file) => `${folder}/${file}`),
  );
  const found = files.filter((file) => typed.test(readFileSync(join(root, file), 'utf8')));
  return [...new Set([...found, 'test/docs/guide.test.ts'])];
}

function code(text: string): string {
  return `\`${text}\``;
}

function listed(items: readonly string[]): string {
  return items.length > 0 ? items.join('<br>') : 'none';
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
}
