import type { AdaptiveCard } from '../store/ports';
import { type Button, commandButton, showButton } from './buttons';
import { sameTemplate } from './render';

/**
 * The card with one more button: the PowerShell for exactly what it shows. What a row of `mostButtons` does not hold stands
 * behind "More".
 */
export function withPowershell(card: AdaptiveCard, subject: string, mostButtons = 6): AdaptiveCard {
  const button = commandButton('Show PowerShell', `powershell ${subject}`);
  const buttons = Array.isArray(card['actions']) ? (card['actions'] as readonly Button[]) : [];
  if (buttons.length < mostButtons) return sameTemplate({ ...card, actions: [...buttons, button] }, card);
  const more = showButton('Show more', [], [...buttons.slice(mostButtons - 1), button]);
  return sameTemplate({ ...card, actions: [...buttons.slice(0, mostButtons - 1), more] }, card);
}
