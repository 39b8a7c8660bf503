import { errorCard } from '../cards/error';
import { workingCard } from '../cards/working';
import type { AdaptiveCard } from '../store/ports';
import type { TooMany } from './command-limits';
import type { Refusal } from './incoming';

const refusals: Readonly<Record<Refusal, { readonly doing: string; readonly remedy: string }>> = {
  tenant: {
    doing: 'looking at where this message comes from',
    remedy: 'Ask the people who run this bot whether your organization is meant to use it.',
  },
  identity: {
    doing: 'looking at who wrote this message',
    remedy: 'Write to the bot in Teams, signed in with your work account.',
  },
  content: {
    doing: 'reading the button that was pressed',
    remedy: 'Type the command instead, or ask for help.',
  },
};

/** The same words whoever asks: nothing is revealed to a stranger. */
export function refusalCard(refusal: Refusal): AdaptiveCard {
  const code = refusal === 'content' ? 'bad-input' : 'not-allowed';
  return errorCard({ code, ...refusals[refusal], retryCommand: null });
}

/** For a fault that nothing behind the edge turned into a card; the log has the rest under the same id. */
export function faultCard(correlationId: string): AdaptiveCard {
  return errorCard({
    code: 'internal',
    doing: 'answering your message',
    remedy: 'Try again in a minute.',
    correlationId,
    retryCommand: null,
  });
}

export function stillWorkingCard(): AdaptiveCard {
  return workingCard({
    title: 'Working on it',
    sentence: 'This takes a little longer than usual. The answer replaces this card.',
    progress: null,
    since: new Date().toISOString(),
  });
}

/** The command was not begun; the same may be sent again after the wait. */
export function tooManyCard({ of, perMinute, seconds }: TooMany): AdaptiveCard {
  const whose = of === 'person' ? 'You may' : 'Everybody of your organization together may';
  return errorCard({
    code: 'too-many-commands',
    doing: 'taking your command',
    remedy: `Wait ${seconds} s, then send it again. ${whose} send ${perMinute} commands a minute.`,
    retryCommand: null,
  });
}
