import { welcomeCard } from '../cards/welcome';
import { BotError } from '../errors';
import type { Person } from '../plan/types';
import { markWelcomed } from '../store/conversations';
import type { AdaptiveCard, ConversationReference } from '../store/ports';
import { runnable } from './help-views';
import { commands } from './index';
import { rememberConversation } from './remember-conversation';
import type { Standing } from './standing';
import type { Desk } from './steward';
import { exampleNames } from './words';

/**
 * Greets once where the bot was installed, and remembers the place. Guests, disabled and unknown people hear nothing
 * and leave nothing (I13). Before read consent nobody can be told from a guest: the greeting then offers only what
 * Entra itself guards (decisions, Consent).
 */
export async function welcome(desk: Desk, conversation: ConversationReference): Promise<AdaptiveCard | null> {
  const tenant = desk.tenants.byId(conversation.tenantId);
  const { person } = conversation;
  if (!tenant || (person && !desk.tenants.byId(person.tenantId))) return null;
  const standing = person ? await standingOf(desk, person) : 'channel';
  if (standing === 'refused') return null;
  await rememberConversation(desk.parts.store, conversation);
  if (standing === 'unclear') return null;
  if (!(await markWelcomed(desk.parts.store.db, conversation.conversationId))) return null;
  const { source, target } = exampleNames(desk.tenants);
  const afterConsent = standing === 'unread' ? [] : [`check ${source}>${target}`];
  return welcomeCard({
    personName: person?.displayName ?? 'all',
    tenantName: tenant.displayName,
    suggestions: runnable(['whoami', `connect ${tenant.key}`, ...afterConsent, 'help'], commands),
  });
}

/** `unclear`: the directory did not answer; the greeting waits for the next occasion. */
async function standingOf({ standings }: Desk, person: Person): Promise<Standing['outcome'] | 'unclear'> {
  try {
    return (await standings.of(person, false)).outcome;
  } catch (error) {
    if (error instanceof BotError) return 'unclear';
    throw error;
  }
}
