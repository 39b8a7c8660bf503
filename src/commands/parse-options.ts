import type { CommandDefinition, OptionDefinition } from './definition';
import { optionUsage } from './definition';
import { nearest } from './nearest';
import type { Inputs } from './parse';
import type { Token } from './tokenize';

interface Read {
  readonly values: Readonly<Record<string, string>>;
  /** The tokens that are no option and no option's value. */
  readonly rest: readonly Token[];
}

type Fault = { readonly sentence: string };

/** Takes the options out of a line, or says in one sentence what is wrong with them. */
export function readOptions(
  line: string,
  tokens: readonly Token[],
  command: CommandDefinition,
  inputs: Inputs,
): Read | Fault {
  if (command.options.length === 0 && command.arguments.some(({ kind }) => kind === 'rest')) {
    return { values: {}, rest: tokens };
  }
  const values: Record<string, string> = {};
  const rest: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] as Token;
    if (token.type !== 'option') {
      rest.push(token);
      continue;
    }
    const option = command.options.find(({ name }) => name === token.name);
    if (!option) return unknownOption(token.name, command);
    const taken = takeValue(token.value, tokens, at, option);
    if ('sentence' in taken) return taken;
    const fault = add(values, option, taken.value);
    if (fault) return fault;
    at = taken.at;
  }
  return addInputs(values, rest, command, inputs);
}

function takeValue(
  inline: string | null,
  tokens: readonly Token[],
  at: number,
  option: OptionDefinition,
): { readonly value: string; readonly at: number } | Fault {
  if (option.value.type === 'flag') return { value: inline ?? 'true', at };
  let value = inline ?? '';
  let last = at;
  if (inline === null) {
    const next = tokens[at + 1];
    if (next?.type !== 'word' || next.text === '') return { sentence: missingValue(option) };
    value = next.text;
    last = at + 1;
  }
  const takesLink = option.value.type === 'text' && option.value.takesLink === true;
  const [arrow, target] = [tokens[last + 1], tokens[last + 2]];
  if (takesLink && arrow?.type === 'arrow' && target?.type === 'word' && target.text !== '') {
    return { value: `${value}>${target.text}`, at: last + 2 };
  }
  const isList = option.value.type === 'text' && option.value.isList === true;
  while (isList) {
    const next = tokens[last + 1];
    const goesOn = next?.type === 'word' && (value.endsWith(',') || next.text.startsWith(','));
    if (!goesOn) break;
    value += next.text;
    last += 1;
  }
  return value === '' ? { sentence: missingValue(option) } : { value, at: last };
}

function add(values: Record<string, string>, option: OptionDefinition, raw: string): Fault | undefined {
  const isList = option.value.type === 'text' && option.value.isList === true;
  const before = values[option.name];
  if (before !== undefined && !isList) return { sentence: `--${option.name} is given twice.` };
  const checked = checkValue(option, raw.trim());
  if ('sentence' in checked) return checked;
  values[option.name] = before === undefined ? checked.value : `${before},${checked.value}`;
  return undefined;
}

function checkValue(option: OptionDefinition, value: string): { readonly value: string } | Fault {
  switch (option.value.type) {
    case 'text':
      return { value };
    case 'flag':
      return value === 'true' || value === 'false'
        ? { value }
        : { sentence: `--${option.name} takes no value.` };
    case 'choice': {
      const word = value.toLowerCase();
      const choices = option.value.choices;
      const meant = choices.find((choice) => choice.toLowerCase() === word);
      if (meant !== undefined) return { value: meant };
      return { sentence: `--${option.name} is ${choices.join(' or ')}, not “${short(value)}”.` };
    }
    case 'number': {
      const { least, most } = option.value;
      const isDigits = value.length > 0 && value.length <= 9 && Array.from(value).every(isDigit);
      const number = isDigits ? Number(value) : NaN;
      if (number >= least && number <= most) return { value: String(number) };
      return {
        sentence: `--${option.name} is a whole number from ${least} to ${most}, not “${short(value)}”.`,
      };
    }
    case 'mail':
      return isMail(value)
        ? { value }
        : { sentence: `--${option.name} is one mail address, and “${short(value)}” is none.` };
  }
}

/** Inputs of a form stand for options of the same name; the line wins; empty inputs say nothing. */
function addInputs(
  values: Record<string, string>,
  rest: readonly Token[],
  command: CommandDefinition,
  inputs: Inputs,
): Read | Fault {
  for (const option of command.options) {
    const input = Object.hasOwn(inputs, option.name) ? inputs[option.name] : undefined;
    if (input === undefined || input.trim() === '' || values[option.name] !== undefined) continue;
    const fault = add(values, option, input);
    if (fault) return fault;
  }
  return { values, rest };
}

function unknownOption(name: string, command: CommandDefinition): Fault {
  if (command.options.length === 0) {
    return { sentence: `${command.name} takes no options, so --${short(name)} means nothing here.` };
  }
  const near = nearest(name, command.options, (option) => [option.name], 1)[0];
  const known = near
    ? `Did you mean ${optionUsage(near)}?`
    : `It knows ${command.options.map(optionUsage).join(', ')}.`;
  return { sentence: `${command.name} has no option --${short(name)}. ${known}` };
}

function missingValue(option: OptionDefinition): string {
  return `--${option.name} needs a value: ${optionUsage(option)}.`;
}

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9';
}

/** One address, well enough formed to be mailed to. */
export function isMail(value: string): boolean {
  const at = value.indexOf('@');
  const domain = value.slice(at + 1);
  return (
    at > 0 &&
    at === value.lastIndexOf('@') &&
    value.length <= 254 &&
    domain.includes('.') &&
    !domain.startsWith('.') &&
    !domain.endsWith('.') &&
    !Array.from(value).some((character) => ' ,;<>"'.includes(character))
  );
}

function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
