import { withPowershell } from '../cards/powershell-button';
import { templateOf, type TemplateName } from '../cards/render';
import { readRows } from '../export/powershell/reads';
import type { AdaptiveCard } from '../store/ports';
import type { CommandDefinition } from './definition';

/** Cards that say why there is no answer. */
const noAnswers: readonly (TemplateName | undefined)[] = [
  undefined,
  'empty',
  'error',
  'refused',
  'unknown-command',
];

/** Longer lines are not put into a button again. */
const mostCharacters = 300;

/** The answer of a read with a button for its PowerShell, when it has one. */
export function offerPowershell(card: AdaptiveCard, command: CommandDefinition, line: string): AdaptiveCard {
  const row = Object.hasOwn(readRows, command.name) ? readRows[command.name] : undefined;
  const hasScript = row !== undefined && 'script' in row;
  if (!hasScript || line.length > mostCharacters || noAnswers.includes(templateOf(card))) return card;
  return withPowershell(card, line.trim());
}
