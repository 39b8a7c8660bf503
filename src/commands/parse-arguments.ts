import type { ArgumentDefinition, CommandDefinition, LinkReference } from './definition';
import type { Inputs } from './parse';
import type { Token } from './tokenize';

interface Filled {
  readonly link: LinkReference | 'all' | null;
  readonly words: Readonly<Record<string, string>>;
}

type Fault = { readonly sentence: string };

const halfLink = 'A link names two tenants: source>target.';
type Word = Extract<Token, { type: 'word' }>;

/** Puts the words of a line into the arguments of the command; a link is recognised wherever its arrow stands. */
export function fillArguments(
  line: string,
  tokens: readonly Token[],
  command: CommandDefinition,
  inputs: Inputs,
): Filled | Fault {
  const rest = command.arguments.find((argument) => argument.kind === 'rest');
  if (rest) return fillWithRest(line, tokens, command, inputs);
  const taken = takeLink(tokens, command);
  if ('sentence' in taken) return taken;
  const words: Record<string, string> = {};
  let next = 0;
  for (const argument of command.arguments) {
    if (isLink(argument)) continue;
    const word = taken.words[next];
    const value = word?.text ?? inputOf(inputs, argument.name);
    if (word) next += 1;
    if (value === undefined) {
      if (argument.isOptional) continue;
      return { sentence: missing(argument) };
    }
    const fault = checkWord(argument, value, word);
    if (fault) return fault;
    words[argument.name] = argument.kind === 'plan' ? planIdOf(value) : value;
  }
  const extra = taken.words[next];
  if (extra) return { sentence: tooMuch(extra, taken.link, command) };
  const needed = command.arguments.find((argument) => isLink(argument) && !argument.isOptional);
  if (needed && taken.link === null) return { sentence: missing(needed) };
  return { link: taken.link, words };
}

function fillWithRest(
  line: string,
  tokens: readonly Token[],
  command: CommandDefinition,
  inputs: Inputs,
): Filled | Fault {
  const words: Record<string, string> = {};
  const link = takeFirstLink(tokens, command);
  if (link !== null && link !== 'all' && 'sentence' in link) return link;
  const missingHere = (argument: ArgumentDefinition) =>
    isHalfLink(line, tokens) ? halfLink : missing(argument);
  let next = link === 'all' ? 1 : link ? 3 : 0;
  for (const argument of command.arguments) {
    if (isLink(argument)) continue;
    const token = tokens[next];
    if (argument.kind === 'rest') {
      const rest = token ? line.slice(token.start) : '';
      const typed = argument.keepsQuotes ? rest : unquoted(rest);
      const value = typed || inputOf(inputs, argument.name);
      if (value) words[argument.name] = value;
      else if (!argument.isOptional) return { sentence: missingHere(argument) };
      continue;
    }
    if (token?.type !== 'word' || token.text === '') return { sentence: missingHere(argument) };
    const fault = checkWord(argument, token.text, token);
    if (fault) return fault;
    words[argument.name] = argument.kind === 'plan' ? planIdOf(token.text) : token.text;
    next += 1;
  }
  return { link, words };
}

/** `con> word`: the arrow belongs to the source alone, so the word after it may not be meant as a tenant. */
function isHalfLink(line: string, [source, arrow, target]: readonly Token[]): boolean {
  if (source?.type !== 'word' || arrow?.type !== 'arrow' || target?.type !== 'word') return false;
  return line[arrow.start - 1] !== ' ' && line[target.start - 1] === ' ';
}

/** Before an argument that takes the rest of the line a link stands first. */
function takeFirstLink(
  tokens: readonly Token[],
  command: CommandDefinition,
): LinkReference | 'all' | null | Fault {
  const argument = command.arguments.find(isLink);
  if (!argument) return null;
  const [source, arrow, target] = tokens;
  const isAll = source?.type === 'word' && source.text.toLowerCase() === 'all';
  if (argument.kind === 'link-or-all' && isAll && arrow?.type !== 'arrow') return 'all';
  const isNamed = source?.type === 'word' && arrow?.type === 'arrow' && target?.type === 'word';
  if (isNamed && source.text !== '' && target.text !== '')
    return { source: source.text, target: target.text };
  if (tokens.some((token) => token.type === 'arrow')) return { sentence: halfLink };
  return { sentence: `${missing(argument)} It comes first here.` };
}

function hintOf({ linkHint }: CommandDefinition): string {
  return linkHint ? ` ${linkHint}` : '';
}

function takeLink(
  tokens: readonly Token[],
  command: CommandDefinition,
): { readonly link: LinkReference | 'all' | null; readonly words: readonly Word[] } | Fault {
  const argument = command.arguments.find(isLink);
  const arrows = tokens.filter((token) => token.type === 'arrow').length;
  if (arrows > 1) return { sentence: 'Name one link only: source>target.' };
  const words = tokens.filter((token): token is Word => token.type === 'word' && token.text !== '');
  if (arrows === 0) return argument ? takeSpokenLink(words, argument) : { link: null, words };
  if (!argument) return { sentence: `${command.name} takes no link.${hintOf(command)}` };
  const at = tokens.findIndex((token) => token.type === 'arrow');
  const [before, after] = [tokens[at - 1], tokens[at + 1]];
  if (before?.type !== 'word' || after?.type !== 'word' || before.text === '' || after.text === '') {
    return { sentence: halfLink };
  }
  const others = words.filter((word) => word !== before && word !== after);
  return { link: { source: before.text, target: after.text }, words: others };
}

/** `con to fab`, or `all` where it is allowed. */
function takeSpokenLink(
  words: readonly Word[],
  argument: ArgumentDefinition,
): { readonly link: LinkReference | 'all' | null; readonly words: readonly Word[] } {
  const to = words.findIndex(
    (word, index) => index > 0 && !word.isQuoted && word.text.toLowerCase() === 'to',
  );
  const [source, target] = [words[to - 1], words[to + 1]];
  if (to > 0 && source && target) {
    const others = words.filter((_, index) => index < to - 1 || index > to + 1);
    return { link: { source: source.text, target: target.text }, words: others };
  }
  if (argument.kind === 'link-or-all') {
    const all = words.findIndex((word) => word.text.toLowerCase() === 'all');
    if (all >= 0) return { link: 'all', words: words.filter((_, index) => index !== all) };
  }
  return { link: null, words };
}

function checkWord(argument: ArgumentDefinition, value: string, word: Word | undefined): Fault | undefined {
  if (argument.kind === 'plan' && !isPlanId(value)) {
    return { sentence: `A plan is named like PL-0031, and “${short(value)}” is not.` };
  }
  if (word && !word.isQuoted && value.startsWith('-')) {
    return { sentence: `Options begin with two dashes: -${short(value)}.` };
  }
  return undefined;
}

/** `PL-` and one to nine digits, in any case. */
export function isPlanId(value: string): boolean {
  const digits = value.slice(3);
  return (
    value.slice(0, 3).toUpperCase() === 'PL-' &&
    digits.length > 0 &&
    digits.length <= 9 &&
    Array.from(digits).every((digit) => digit >= '0' && digit <= '9')
  );
}

/** As plans are stored: `pl-31` → `PL-0031`. */
export function planIdOf(value: string): string {
  return `PL-${String(Number(value.slice(3))).padStart(4, '0')}`;
}

function missing(argument: ArgumentDefinition): string {
  switch (argument.kind) {
    case 'link':
    case 'link-or-all':
      return 'Say which link: source>target.';
    case 'tenant':
      return 'Say which tenant, by its key.';
    case 'user':
      return 'Say which user: a sign-in name, a mail address or an object id.';
    case 'user-or-plan':
      return 'Say what to verify: a user, or a plan like PL-0031.';
    case 'plan':
      return 'Say which plan, like PL-0031.';
    case 'word':
      return `Say which ${argument.name}.`;
    case 'rest':
      return argument.name === 'reason'
        ? 'Give a reason: people will read it.'
        : `Give a ${argument.name.replaceAll('-', ' ')}.`;
  }
}

function tooMuch(word: Word, link: LinkReference | 'all' | null, command: CommandDefinition): string {
  const wantsLink = command.arguments.some(isLink);
  if (wantsLink && link === null) return `“${short(word.text)}” is not a link. Write it as source>target.`;
  if (command.arguments.length === 0)
    return `${command.name} stands alone: “${short(word.text)}” is too much.`;
  return `“${short(word.text)}” is too much here. Put names with spaces in quotes.`;
}

function isLink(argument: ArgumentDefinition): boolean {
  return argument.kind === 'link' || argument.kind === 'link-or-all';
}

function inputOf(inputs: Inputs, name: string): string | undefined {
  const value = Object.hasOwn(inputs, name) ? inputs[name]?.trim() : undefined;
  return value ? value : undefined;
}

/** A reason typed in quotes loses them. */
function unquoted(text: string): string {
  const last = text.length - 1;
  const isWrapped = last > 0 && '"“„'.includes(text[0] as string) && '"”“'.includes(text[last] as string);
  return (isWrapped ? text.slice(1, -1) : text).trim();
}

function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
