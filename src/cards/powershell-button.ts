import type { AdaptiveCard } from '../store/ports';
import { type Button, commandButton, showButton } from './buttons';
import { sameTemplate } from './render';

const mostButtons = 6;

/** The card with one more button: the PowerShell for exactly what it shows. A full row keeps it behind "More". */
export function withPowershell(card: AdaptiveCard, subject: string): AdaptiveCard {
  const button = commandButton('Show PowerShell', `powershell ${subject}`);
  const buttons = Array.isArray(card['actions']) ? (card['actions'] as readonly Button[]) : [];
  if (buttons.length < mostButtons) return sameTemplate({ ...card, actions: [...buttons, button] }, card);
  const [last] = buttons.slice(-1);
  const inner = last ? [last, button] : [button];
  const more = showButton('Show more', [], inner);
  return sameTemplate({ ...card, actions: [...buttons.slice(0, -1), more] }, card);
}
