import type {
  ArgumentDefinition,
  CommandDefinition,
  ParsedArguments,
} from '../../../src/commands/definition';
import { parse } from '../../../src/commands/parse';

const names = { source: 'con', target: 'fab' };
export const goodLink = `${names.source}>${names.target}`;

type Values = Readonly<Record<string, string | null>>;
/** Makes a good line; a value given by argument name stands instead, `null` leaves the argument out. */
export type LineMaker = (values?: Values, end?: string, hasOptions?: boolean) => string;

/**
 * Words and options come from the longest example of the command; the link stands after the other words, but
 * before an argument that takes the rest of the line.
 */
export function lineMaker(command: CommandDefinition, commands: readonly CommandDefinition[]): LineMaker {
  const examples = command.examples(names).flatMap((example) => {
    const parsed = parse(example, commands);
    return parsed.outcome === 'command' && !parsed.isPlanOnly ? [parsed.args] : [];
  });
  const size = ({ words, options }: ParsedArguments) => Object.keys({ ...words, ...options }).length;
  const example = examples.toSorted((one, other) => size(other) - size(one))[0];
  const options = Object.entries(example?.options ?? {}).map(([name, value]) =>
    value === 'true' ? `--${name}` : `--${name} ${value.includes(' ') ? `"${value}"` : value}`,
  );
  const linkPlace = command.arguments.some(isRest) ? -1 : 1;
  const place = (argument: ArgumentDefinition) => (isRest(argument) ? 2 : isLink(argument) ? linkPlace : 0);
  const ordered = command.arguments.toSorted((one, other) => place(one) - place(other));
  return (values = {}, end = '', hasOptions = true) => {
    const words = ordered.map((argument) => {
      const given = values[argument.name];
      return given === undefined ? goodValue(argument, example?.words[argument.name]) : given;
    });
    return [command.name, ...words, ...(hasOptions ? options : []), end].filter(Boolean).join(' ');
  };
}

function goodValue({ kind, name }: ArgumentDefinition, example: string | undefined): string {
  switch (kind) {
    case 'link':
    case 'link-or-all':
      return goodLink;
    case 'tenant':
      return names.source;
    case 'user':
    case 'user-or-plan':
      return 'bob@contoso.com';
    case 'plan':
      return 'PL-0031';
    case 'word':
    case 'rest':
      return example ?? name;
  }
}

export function isLink({ kind }: ArgumentDefinition): boolean {
  return kind === 'link' || kind === 'link-or-all';
}

export function isRest({ kind }: ArgumentDefinition): boolean {
  return kind === 'rest';
}
