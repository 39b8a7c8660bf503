import type { AdaptiveCard } from '../store/ports';
import type { CommandContext } from './context';

/** How a tenant pair was typed: keys, tenant ids or domains, not yet looked up. */
export interface LinkReference {
  readonly source: string;
  readonly target: string;
}

export type ArgumentKind =
  /** One link. */
  | 'link'
  /** One link or the word `all`. */
  | 'link-or-all'
  | 'tenant'
  /** UPN, mail, object id; names with spaces in quotes. */
  | 'user'
  | 'user-or-plan'
  | 'plan'
  | 'word'
  /** Everything to the end of the line, as typed. */
  | 'rest';

export interface ArgumentDefinition {
  /** Stands in the usage and names the value in `ParsedArguments.words`. */
  readonly name: string;
  readonly kind: ArgumentKind;
  readonly isOptional?: boolean;
  /** `rest`: quotes around it say something and stay. */
  readonly keepsQuotes?: boolean;
}

export interface OptionDefinition {
  readonly name: string;
  readonly summary: string;
  readonly value:
    | {
        readonly type: 'text';
        readonly placeholder: string;
        readonly isList?: boolean;
        /** The value may be a link: `alpha>beta`, with the arrow between two words. */
        readonly takesLink?: boolean;
      }
    | { readonly type: 'choice'; readonly choices: readonly string[] }
    | { readonly type: 'number'; readonly least: number; readonly most: number }
    | { readonly type: 'mail' }
    | { readonly type: 'flag' };
}

/** What a line came to, checked against the definition; nothing is looked up yet. */
export interface ParsedArguments {
  readonly link: LinkReference | 'all' | null;
  /** Values of all other arguments, by argument name. */
  readonly words: Readonly<Record<string, string>>;
  /** Values of the given options, by option name; a flag is `"true"`. */
  readonly options: Readonly<Record<string, string>>;
}

/** Keys of tenants that examples are written with. */
export interface ExampleNames {
  readonly source: string;
  readonly target: string;
}

/**
 * Who may run a command.
 * `bootstrap`: any internal member of an allowed tenant, also before read consent. `anyone-internal`: the same, after it.
 * `viewer`: a reader or administrator role. `operator`: a role of a write row (facts 2.3).
 */
export type WhoMay = 'bootstrap' | 'anyone-internal' | 'viewer' | 'operator';

export type CommandGroup = 'Start' | 'Look' | 'Change' | 'Decide';

/** One command: help, `docs/commands.md`, the parser and the buttons are all made from this object. */
export interface CommandDefinition {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly group: CommandGroup;
  /** One line, what it is for. */
  readonly summary: string;
  /** What a person should know before: consequences, limits. */
  readonly details: string;
  readonly arguments: readonly ArgumentDefinition[];
  readonly options: readonly OptionDefinition[];
  /** What help says of who may and what it does, where `who` and `tier` tell less than the truth. */
  readonly says?: { readonly who: string; readonly does: string };
  /** What to type instead when a link is named that the command does not take. */
  readonly linkHint?: string;
  /** R reads only; the others draft a plan of that tier (before it is raised). */
  readonly tier: 'R' | 'T1' | 'T2' | 'T3';
  readonly who: WhoMay;
  examples(names: ExampleNames): readonly string[];
  run(context: CommandContext, args: ParsedArguments): Promise<AdaptiveCard>;
}

/** `setup <link> [--users …]`, as help and error cards print it. */
export function usageOf(command: CommandDefinition): string {
  const words = command.arguments.map((argument) => {
    const name = argument.kind === 'link-or-all' ? 'link|all' : argument.name;
    return argument.isOptional ? `[${name}]` : `<${name}>`;
  });
  return [command.name, ...words, ...command.options.map((option) => `[${optionUsage(option)}]`)].join(' ');
}

/** `--type member|guest`. */
export function optionUsage(option: OptionDefinition): string {
  switch (option.value.type) {
    case 'text':
      return `--${option.name} ${option.value.placeholder}`;
    case 'choice':
      return `--${option.name} ${option.value.choices.join('|')}`;
    case 'number':
      return `--${option.name} n`;
    case 'mail':
      return `--${option.name} address`;
    case 'flag':
      return `--${option.name}`;
  }
}
