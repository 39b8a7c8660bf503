import type { AdaptiveCard } from '../store/ports';
import { render } from './render';
import { text } from './text';
import { suggestionButtons } from './words';

export interface WelcomeView {
  readonly personName: string;
  readonly tenantName: string;
  /** What is worth doing first, at most five, ready to run. */
  readonly suggestions: readonly string[];
}

/** Shown once, when somebody first meets the bot. */
export function welcomeCard(view: WelcomeView): AdaptiveCard {
  return render(
    'welcome',
    {
      kind: 'Welcome',
      title: text`Hello ${view.personName}`,
      state: 'Ready',
      style: 'accent',
      sentence: text`I set up, verify and watch cross-tenant synchronization for ${view.tenantName}.`,
      footer: [text`Type **help** for everything I can do.`],
    },
    {},
    { buttons: suggestionButtons(view.suggestions) },
  );
}
