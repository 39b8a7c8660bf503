import { errorCard } from '../cards/error';
import { refusedCard } from '../cards/refused';
import { BotError } from '../errors';
import { operatorRoleTemplateIds, roleName } from '../graph/role-templates';
import { log } from '../log';
import type { Link, Tenant } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import type { CommandDefinition } from './definition';
import type { Known } from './standing';
import { linkName } from './tenant-names';
import { operatorsOf, viewersOf } from './words';

/** Strangers, guests and unknown people: the same card for all, which tells nothing (I13, C2 19). */
export function strangerCard(): AdaptiveCard {
  return refusedCard({
    what: 'Talking to me',
    reason: 'I answer members of the organizations that I am set up for, and I cannot tell that you are one.',
    whoMay: 'Members of those organizations, from their own accounts.',
    eligibleRoles: [],
  });
}

/**
 * A member without the role; eligible roles that would do are named. A link of tenants that the person has no part in
 * is named as they typed it: which organizations stand behind the keys is not theirs to learn.
 */
export function roleMissing(
  command: CommandDefinition,
  standing: Known,
  link: Link | null,
  home: Tenant,
): AdaptiveCard {
  const where = link ? [link.source, link.target].map(({ key }) => ({ displayName: key })) : [home];
  const isOperator = command.who === 'operator';
  const useful = standing.eligibleRoles.filter((role) => operatorRoleTemplateIds.includes(role));
  return refusedCard({
    what: link ? `${command.name} ${linkName(link)}` : command.name,
    reason: isOperator
      ? 'You hold no active role that may change synchronization here.'
      : 'You hold no active role that may look at synchronization here.',
    whoMay: isOperator ? operatorsOf(...where) : viewersOf(...where),
    eligibleRoles: useful.map(roleName),
  });
}

/** The same for a plan whose link was not named: who could ask instead. */
export function refusedElsewhere(what: string, { source, target }: Link): AdaptiveCard {
  const where = source === target ? [source] : [source, target];
  return refusedCard({
    what,
    reason: `You hold no active role that may change ${where.map(({ displayName }) => displayName).join(' or ')}.`,
    whoMay: operatorsOf(...where),
    eligibleRoles: [],
  });
}

/** Before read consent nobody's role can be read (decisions, Consent). */
export function connectFirst(home: Tenant): AdaptiveCard {
  return errorCard({
    code: 'consent-missing',
    doing: `reading your roles in ${home.displayName}`,
    remedy: `Run connect ${home.key} first: I cannot read anything there yet.`,
    retryCommand: null,
    suggestions: [`connect ${home.key}`, 'whoami'],
  });
}

/** What went wrong, once, for people; unknown errors show no internals but an id that stands in the log. */
export function faultCard(error: unknown, activityId: string, retryCommand: string | null): AdaptiveCard {
  if (error instanceof BotError) {
    const { code, doing, remedy, graphCode, requestId } = error;
    log.warn('a message ended in an error', { activityId, code, ...(requestId ? { requestId } : {}) });
    const canRetry = ['graph-throttled', 'graph-unavailable', 'busy', 'storage-unavailable'].includes(code);
    return errorCard({
      code,
      doing,
      remedy,
      ...(graphCode ? { graphCode } : {}),
      ...(requestId ? { requestId } : {}),
      retryCommand: canRetry ? retryCommand : null,
    });
  }
  const correlationId = activityId.slice(0, 64);
  log.error('a message ended in a fault', {
    activityId,
    code: 'internal',
    ...(error instanceof Error && error.stack ? { stack: error.stack } : {}),
  });
  return errorCard({
    code: 'internal',
    doing: 'answering you',
    remedy: 'Try again; if it stays so, give our id to whoever runs me.',
    correlationId,
    retryCommand,
  });
}
