import {
  usageOf,
  type ArgumentDefinition,
  type CommandDefinition,
  type OptionDefinition,
} from '../../../src/commands/definition';
import { goodLink, isLink, isRest, lineMaker, type LineMaker } from './good-lines';

/** One line that must be refused, and what the refusal says. */
export interface RefusedLine {
  /** What is wrong, for the name of the test and the golden page: "missing link". */
  readonly what: string;
  /** A key of the cast, or `outsider`: somebody of a tenant that the settings do not name. */
  readonly who: string;
  readonly line: string;
  /** The word in the corner of the card. */
  readonly kind: 'Not understood' | 'Error' | 'Refused';
  /** Stands somewhere on the card. */
  readonly says: string | RegExp;
  /** The line without `plan` before it, which must be refused in the same words. */
  readonly like?: RefusedLine;
}

const ofOthers = 'con>win';

/** Everything that a command must refuse, from its definition alone. */
export function refusedLines(
  command: CommandDefinition,
  commands: readonly CommandDefinition[],
): readonly RefusedLine[] {
  const line = lineMaker(command, commands);
  const direct = [
    ...missing(command, line),
    ...tooMuch(command, line),
    ...garbled(command, line),
    ...unknown(command, line),
    ...people(command, line),
  ];
  return [...direct, ...planned(command, direct, line)];
}

function missing(command: CommandDefinition, line: LineMaker): RefusedLine[] {
  return command.arguments
    .filter(({ isOptional }) => !isOptional)
    .map(({ name }) => misunderstood(`missing ${name}`, line({ [name]: null }), usageOf(command)));
}

function tooMuch(command: CommandDefinition, line: LineMaker): RefusedLine[] {
  const option = misunderstood('unknown option', line({}, '--surplus 1'), /has no option|takes no options/);
  if (command.arguments.some(isRest)) return command.options.length > 0 ? [option] : [];
  const hasLink = command.arguments.some(isLink);
  return [
    misunderstood('one word too many', line({}, 'surplus'), 'too much'),
    hasLink
      ? misunderstood('two links', line({}, goodLink), 'Name one link only')
      : misunderstood('a link too many', line({}, goodLink), 'takes no link'),
    option,
  ];
}

function garbled(command: CommandDefinition, line: LineMaker): RefusedLine[] {
  return [
    ...command.arguments.flatMap((argument) => garbledArgument(argument, line)),
    ...command.options.flatMap((option) => garbledOption(option, line)),
    misunderstood('an open quote', `${command.name} "con`, 'is not closed'),
  ];
}

function garbledArgument({ name, kind }: ArgumentDefinition, line: LineMaker): RefusedLine[] {
  switch (kind) {
    case 'link':
    case 'link-or-all':
      return [
        halfLink(line({ [name]: 'con>' })),
        misunderstood('a link to itself', line({ [name]: 'con>con' }), 'two different tenants'),
      ];
    case 'plan':
      return [misunderstood('no plan number', line({ [name]: 'PL-x' }), 'A plan is named like PL-0031')];
    case 'rest':
      return [];
    default:
      return [misunderstood(`a dash as ${name}`, line({ [name]: '-x' }), 'Options begin with two dashes')];
  }
}

/** Before free words the next word is taken for the other tenant. */
function halfLink(typed: string): RefusedLine {
  const isBeforeWords = /> [a-z]+ /.test(typed);
  const row = misunderstood(
    'half a link',
    typed,
    /A link names two tenants|Say which link|Looking for the tenant/,
  );
  return isBeforeWords ? { ...row, kind: 'Error' } : row;
}

function garbledOption({ name, value }: OptionDefinition, line: LineMaker): RefusedLine[] {
  const bare = (end: string) => line({}, end, false);
  const wrong = (given: string, says: string) =>
    misunderstood(`--${name} garbled`, bare(`--${name} ${given}`), says);
  const nothing = misunderstood(`--${name} of nothing`, bare(`--${name}`), `--${name} needs a value`);
  switch (value.type) {
    case 'flag':
      return [misunderstood(`--${name} with a value`, bare(`--${name}=often`), `--${name} takes no value`)];
    case 'choice':
      return [nothing, wrong('nonsense', `--${name} is ${value.choices.join(' or ')}`)];
    case 'number':
      return [
        nothing,
        wrong('many', `--${name} is a whole number`),
        wrong(String(value.most + 1), `--${name} is a whole number`),
      ];
    case 'mail':
      return [nothing, wrong('nobody', `--${name} is one mail address`)];
    case 'text':
      return [nothing];
  }
}

/** Near to somebody whom the cast has, so that the nearest name is offered. */
const nobody = 'bobb@contoso.com';

function unknown(command: CommandDefinition, line: LineMaker): RefusedLine[] {
  const missed = (what: string, typed: string, says: string): RefusedLine => {
    const who = command.who === 'auditor' ? 'noor' : 'priya';
    return { what: `unknown ${what}`, who, line: typed, kind: 'Error', says };
  };
  const ofArguments = command.arguments.flatMap(({ name, kind }): RefusedLine[] => {
    const one = (what: string, typed: string) => [
      missed(what, line({ [name]: typed }), `ooking for the ${what} `),
    ];
    switch (kind) {
      case 'link':
      case 'link-or-all':
        return [...one('tenant', 'nowhere>fab'), ...one('tenant', 'con>nowhere')];
      case 'tenant':
        return one('tenant', 'nowhere');
      case 'user':
        return one('user', nobody);
      case 'user-or-plan':
        return [...one('user', nobody), ...one('plan', 'PL-9999')];
      case 'plan':
        return one('plan', 'PL-9999');
      case 'word':
      case 'rest':
        return [];
    }
  });
  const ofOptions = command.options.flatMap(({ name, value }) => {
    const takes = value.type === 'text' ? value.placeholder : '';
    if (takes.startsWith('group:')) {
      return [missed('group', line({}, `--${name} group:Nowhere`, false), 'ooking for the group “Nowhere”')];
    }
    if (takes.startsWith('PL-')) return [missed('plan', line({}, `--${name} PL-9999`, false), 'PL-9999')];
    return [];
  });
  return [...ofArguments, ...ofOptions];
}

function people({ who, arguments: args }: CommandDefinition, line: LineMaker): RefusedLine[] {
  const refused = (what: string, person: string, says: string, typed = line()): RefusedLine => {
    return { what, who: person, line: typed, kind: 'Refused', says };
  };
  const all = [
    refused('a guest', 'gil', 'I cannot tell that you are one'),
    refused('another organization', 'outsider', 'I cannot tell that you are one'),
  ];
  if (who !== 'viewer' && who !== 'operator' && who !== 'auditor') return all;
  const noRole = 'You hold no active role that may';
  const ofLink = args.find(isLink);
  return [
    ...all,
    refused('no role', 'zoe', noRole),
    ...(who === 'auditor'
      ? [refused('somebody who may change it all', 'priya', `${noRole} read the audit`)]
      : [refused('a role that is only eligible', 'ivy', 'You could activate: Security Administrator')]),
    ...(who === 'operator' ? [refused('a reader', 'noor', 'Auditors cannot change anything')] : []),
    ...(ofLink ? [refused('a link of others', 'mina', noRole, line({ [ofLink.name]: ofOthers }))] : []),
  ];
}

/** `plan` before it changes nothing about a refusal, and reads cannot be planned at all. */
function planned(
  { tier }: CommandDefinition,
  direct: readonly RefusedLine[],
  line: LineMaker,
): readonly RefusedLine[] {
  if (tier === 'R') return [misunderstood('planned', `plan ${line()}`, 'Only changes can be planned')];
  return direct.map((one) => ({ ...one, what: `${one.what}, planned`, line: `plan ${one.line}`, like: one }));
}

function misunderstood(what: string, line: string, says: string | RegExp): RefusedLine {
  return { what, who: 'priya', line, kind: 'Not understood', says };
}
