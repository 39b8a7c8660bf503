import { errorCard } from '../cards/error';
import type { CommandDefinition } from './definition';
import { offerConsent } from './offer-consent';

export const join: CommandDefinition = {
  name: 'join',
  aliases: [],
  group: 'Start',
  summary: 'Open the permissions of your tenant with an invitation code',
  details:
    'Somebody of another tenant gets the code from connect. It is valid for 24 hours and only in your tenant.',
  arguments: [{ name: 'code', kind: 'word' }],
  options: [],
  tier: 'R',
  who: 'bootstrap',
  examples: ({ target }) => [`join ${(target[0] ?? 'T').toUpperCase()}-7K2QX`],
  async run(context, { words }) {
    const { consents, home } = context;
    if (!(await consents.isInvited(words['code'] ?? '', home))) {
      return errorCard({
        code: 'not-found',
        doing: `looking for an invitation of ${home.displayName} with that code`,
        remedy: 'Ask for a new code: one is valid for 24 hours and for one tenant.',
        retryCommand: null,
        suggestions: [`connect ${home.key}`],
      });
    }
    return offerConsent(context, home);
  },
};
