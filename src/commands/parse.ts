import type { CommandDefinition, LinkReference, ParsedArguments } from './definition';
import { usageOf } from './definition';
import { nearest } from './nearest';
import { fillArguments } from './parse-arguments';
import { readOptions } from './parse-options';
import { tokenize, type Token } from './tokenize';

/** What a line means. Only `command` leads to anything being done. */
export type Parsed =
  | {
      readonly outcome: 'command';
      readonly command: CommandDefinition;
      readonly args: ParsedArguments;
      /** `plan setup …`: shown, not offered for submission. */
      readonly isPlanOnly: boolean;
    }
  | { readonly outcome: 'help'; readonly command: CommandDefinition | null }
  | { readonly outcome: 'unknown'; readonly typed: string; readonly nearest: readonly CommandDefinition[] }
  /** The command is clear, its arguments are not: one sentence says what is wrong. */
  | { readonly outcome: 'faulty'; readonly command: CommandDefinition | null; readonly sentence: string };

/** Values of a card's inputs by id; they stand for options and arguments of the same name. */
export type Inputs = Readonly<Record<string, string>>;

/**
 * Reads one line of chat (or the command of a button with its inputs) against the list of commands.
 *
 * Linear in the length of the line, never throws; unknown text is never an action. Grammar:
 * `verb [object …] [link] [--option value]`, `?` for help, `plan` before a change shows it only.
 */
export function parse(text: string, commands: readonly CommandDefinition[], inputs: Inputs = {}): Parsed {
  const cut = tokenize(text);
  if (cut.outcome === 'faulty') return { outcome: 'faulty', command: null, sentence: cut.sentence };
  const tokens = cut.tokens.filter(isNotHelpMark);
  const asksHelp = tokens.length < cut.tokens.length || endsWithHelpMark(cut.tokens[0]);
  const first = tokens[0];
  if (first === undefined) return { outcome: 'help', command: null };
  const verb = wordOf(first);
  if (verb === 'plan' || verb === 'dry-run')
    return parsePlanOnly(cut.line, tokens, commands, inputs, asksHelp);
  const found = commandAt(tokens, commands);
  if (!found) return { outcome: 'unknown', typed: typedOf(cut.line), nearest: suggest(verb, commands) };
  const { command, words } = found;
  const takesRest = command.arguments.some((argument) => argument.kind === 'rest');
  if (asksHelp && !(takesRest && tokens.length > words)) return { outcome: 'help', command };
  return readArguments(cut.line, (takesRest ? cut.tokens : tokens).slice(words), command, inputs);
}

/** The command that a line begins with: `scope set` before `scope`. */
function commandAt(
  tokens: readonly Token[],
  commands: readonly CommandDefinition[],
): { readonly command: CommandDefinition; readonly words: number } | undefined {
  const [first, second] = tokens;
  if (first === undefined) return undefined;
  const verb = wordOf(first);
  const isWord = second?.type === 'word' && !second.isQuoted;
  const long = isWord ? commandNamed(`${verb} ${wordOf(second)}`, commands) : undefined;
  if (long) return { command: long, words: 2 };
  const short = commandNamed(verb, commands);
  return short && { command: short, words: 1 };
}

/** Exact name or alias, in any case. */
export function commandNamed(
  verb: string,
  commands: readonly CommandDefinition[],
): CommandDefinition | undefined {
  const word = verb.toLowerCase();
  return commands.find((command) => command.name === word || command.aliases.includes(word));
}

/** The commands whose name or alias looks most like the word. */
export function suggest(verb: string, commands: readonly CommandDefinition[]): readonly CommandDefinition[] {
  return nearest(verb, commands, (command) => [command.name, ...command.aliases]);
}

function readArguments(
  line: string,
  tokens: readonly Token[],
  command: CommandDefinition,
  inputs: Inputs,
): Parsed {
  const options = readOptions(line, tokens, command, inputs);
  if ('sentence' in options) return { outcome: 'faulty', command, sentence: options.sentence };
  const filled = fillArguments(line, options.rest, command, inputs);
  if ('sentence' in filled) return { outcome: 'faulty', command, sentence: filled.sentence };
  const link = filled.link;
  if (link !== null && link !== 'all' && isSameWord(link)) {
    return {
      outcome: 'faulty',
      command,
      sentence: 'A link needs two different tenants: source>target.',
    };
  }
  const args = { link, words: filled.words, options: options.values };
  return { outcome: 'command', command, args, isPlanOnly: false };
}

/** `plan` alone is no command; before a change it means "show it only". */
function parsePlanOnly(
  line: string,
  tokens: readonly Token[],
  commands: readonly CommandDefinition[],
  inputs: Inputs,
  asksHelp: boolean,
): Parsed {
  const changes = commands.filter((command) => command.tier !== 'R');
  const second = tokens[1];
  const names = changes.map((command) => command.name).join(', ');
  if (second === undefined) {
    const setup = changes.find((command) => command.name === 'setup') ?? null;
    if (asksHelp) return { outcome: 'help', command: setup };
    return { outcome: 'faulty', command: setup, sentence: `Say what to plan: plan ${names}.` };
  }
  const found = commandAt(tokens.slice(1), changes);
  if (!found) {
    return {
      outcome: 'faulty',
      command: null,
      sentence: `Only changes can be planned: ${names}.`,
    };
  }
  const { command, words } = found;
  if (asksHelp) return { outcome: 'help', command };
  const parsed = readArguments(line, tokens.slice(1 + words), command, inputs);
  return parsed.outcome === 'command' ? { ...parsed, isPlanOnly: true } : parsed;
}

function isSameWord(link: LinkReference): boolean {
  return link.source.toLowerCase() === link.target.toLowerCase();
}

function isNotHelpMark(token: Token): boolean {
  return !(token.type === 'word' && !token.isQuoted && (token.text === '?' || token.text === '??'));
}

function endsWithHelpMark(token: Token | undefined): boolean {
  return token?.type === 'word' && !token.isQuoted && token.text.length > 1 && token.text.endsWith('?');
}

/** The verb itself: lower case, without a slash before and a question mark or full stop after. */
function wordOf(token: Token): string {
  if (token.type === 'arrow') return '>';
  if (token.type === 'option') return token.name;
  let word = token.text.toLowerCase();
  if (word.startsWith('/')) word = word.slice(1);
  while (word.length > 1 && '?!.,:'.includes(word[word.length - 1] as string)) word = word.slice(0, -1);
  return word;
}

function typedOf(line: string): string {
  return line.length > 64 ? `${line.slice(0, 64)}…` : line;
}

/** "Usage: status [link|all]". */
export function usageLine(command: CommandDefinition): string {
  return `Usage: ${usageOf(command)}`;
}
