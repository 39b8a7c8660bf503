import { emptyCard } from '../cards/empty';
import type { AdaptiveCard } from '../store/ports';
import type { CommandContext } from './context';
import type { CommandDefinition } from './definition';
import { roleMissing } from './refusals';
import { mayOperateLink, mayViewLink } from './standing';

/**
 * What a channel or group is told about a link is decided by those who may change it; in a personal chat everybody who
 * may view it decides. @returns the refusal, `null` when it is allowed
 */
export function refuseHere(command: CommandDefinition, context: CommandContext): AdaptiveCard | null {
  const { link, incoming, standing, tenants, home } = context;
  if (!standing) throw new Error('notices need a standing');
  if (incoming.conversation.kind === 'personal') return null;
  const links = link ? [link] : tenants.pairs().filter((one) => mayViewLink(standing, one));
  if (links.some((one) => mayOperateLink(standing, one))) return null;
  return roleMissing({ ...command, who: 'operator' }, standing, link, home);
}

export function notSubscribed(name: string): AdaptiveCard {
  return emptyCard({
    title: 'Not subscribed',
    sentence: `No notices of ${name} come here, so nothing was changed.`,
    nextStep: 'subscribe lists what comes here.',
    suggestions: ['subscribe'],
  });
}
