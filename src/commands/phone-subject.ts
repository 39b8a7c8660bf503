import { errorCard } from '../cards/error';
import { refusedCard } from '../cards/refused';
import { BotError } from '../errors';
import type { GraphRead } from '../graph/client';
import { isExternal } from '../graph/directory';
import { findUser, type User } from '../graph/users';
import type { Link } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import type { CommandContext } from './context';
import { badInput, unknownUser } from './not-found-views';
import { mayOperate } from './standing';
import { linkName } from './tenant-names';
import { operatorsOf } from './words';

/** The user of the source whose phone is meant, and where to read about them. */
export interface PhoneSubject {
  readonly link: Link;
  readonly source: GraphRead;
  readonly user: User;
  readonly displayName: string;
}

/**
 * Looks the user up in the source and goes on with them; says so when there is nobody, when the user is external, or
 * when the consent is missing that phones need.
 */
export async function withPhoneSubject(
  context: CommandContext,
  typed: string,
  verb: string,
  work: (subject: PhoneSubject) => Promise<AdaptiveCard>,
): Promise<AdaptiveCard> {
  const { link, graph } = context;
  if (!link) throw new Error(`${verb} needs a link`);
  if (context.standing === null || !mayOperate(context.standing, link.source)) return notOfSource(verb, link);
  const source = graph.read(link.source.tenantId);
  const found = await findUser(source, typed);
  if (found.outcome !== 'found') {
    return unknownUser(typed, found, link.source, (name) => `${verb} ${name} ${linkName(link)}`);
  }
  const { user } = found;
  const displayName = user.displayName ?? typed;
  if (isExternal(user)) {
    return badInput(
      `looking at the phones of ${displayName}`,
      `Choose an internal user of ${link.source.displayName}: external ones are not synchronized, and sign in at home.`,
      [],
    );
  }
  try {
    return await work({ link, source, user, displayName });
  } catch (error) {
    if (!isMissingConsent(error)) throw error;
    return consentCard(error, link);
  }
}

/** How people of the source sign in is nobody's business outside it, though others may ask for other changes. */
function notOfSource(verb: string, { source }: Link): AdaptiveCard {
  return refusedCard({
    what: verb,
    reason: `Only administrators of ${source.displayName} may ask about the phones of its users.`,
    whoMay: operatorsOf(source),
    eligibleRoles: [],
  });
}

function isMissingConsent(error: unknown): error is BotError {
  return error instanceof BotError && ['consent-missing', 'permission-missing'].includes(error.code);
}

/** Names what is missing, and offers to have it consented. */
function consentCard({ code, doing, remedy, graphCode, requestId }: BotError, link: Link): AdaptiveCard {
  return errorCard({
    code,
    doing,
    remedy,
    ...(graphCode ? { graphCode } : {}),
    ...(requestId ? { requestId } : {}),
    retryCommand: null,
    suggestions: [`connect ${link.source.key}`],
  });
}
