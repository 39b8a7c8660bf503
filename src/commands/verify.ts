import { verifyCard } from '../cards/verify';
import { compareUser, type ComparedAttribute, type ComparedUser } from '../diagnose/compare-user';
import { findUser, type User, type UserSearch } from '../graph/users';
import type { Link } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import type { CommandContext } from './context';
import type { CommandDefinition } from './definition';
import { knownLinks } from './known-links';
import { lookAt } from './look-at';
import { notFound, unknownUser } from './not-found-views';
import { isPlanId, planIdOf } from './parse-arguments';
import { signInLines } from './sign-in-lines';
import { mayOperateLink, mayViewLink } from './standing';
import { linkName } from './tenant-names';
import { userArgument } from './user-argument';
import { verifyPlan } from './verify-plan';

export const verify: CommandDefinition = {
  name: 'verify',
  aliases: [],
  group: 'Look',
  summary: 'A user in both tenants side by side, or a plan read back',
  details:
    'Compares every mapped attribute that Microsoft Graph shows, with its mapping, and says how the user signs in at home; phone numbers are masked. For a plan it reads both tenants again and lists what differs.',
  arguments: [
    { name: 'subject', kind: 'user-or-plan' },
    { name: 'link', kind: 'link', isOptional: true },
  ],
  options: [],
  tier: 'R',
  who: 'viewer',
  examples: ({ source, target }) => [`verify user@domain ${source}>${target}`, 'verify PL-0031'],
  async run(context, { words }) {
    const subject = words['subject'] ?? '';
    if (isPlanId(subject)) return verifyPlan(context, planIdOf(subject));
    const links = context.link ? [context.link] : await visibleLinks(context);
    if (links.length === 0) {
      return notFound(
        `looking for the user in both tenants`,
        'Name the link too: verify user source>target.',
        ['links'],
      );
    }
    return verifyUser(context, subject, links);
  },
};

async function visibleLinks(context: CommandContext): Promise<readonly Link[]> {
  const { links } = await knownLinks(context);
  return links.filter((link) => context.standing !== null && mayViewLink(context.standing, link));
}

/** The first link whose source has the user. */
async function verifyUser(
  context: CommandContext,
  typed: string,
  links: readonly Link[],
): Promise<AdaptiveCard> {
  let missed: { found: Exclude<UserSearch, { outcome: 'found' }>; link: Link } | undefined;
  for (const link of links) {
    const found = await findUser(context.graph.read(link.source.tenantId), typed);
    if (found.outcome === 'found') return comparedCard(context, link, found.user);
    missed ??= { found, link };
  }
  if (!missed) throw new Error('a link to look in is needed');
  const { found, link } = missed;
  return unknownUser(typed, found, link.source, (name) => `verify ${name} ${linkName(link)}`);
}

async function comparedCard(context: CommandContext, link: Link, user: User): Promise<AdaptiveCard> {
  const look = lookAt(context, link);
  const [compared, signIn] = await Promise.all([
    compareUser(look, user),
    signInLines(context, link, user.id),
  ]);
  const lastCycle = (await look.job())?.status?.lastExecution?.timeEnded ?? null;
  const checked = compared.attributes.filter(({ isEqual }) => isEqual !== null);
  const equal = checked.filter(({ isEqual }) => isEqual).length;
  const mayOperate = context.standing !== null && mayOperateLink(context.standing, link);
  return verifyCard({
    link,
    subject: user.displayName ?? user.userPrincipalName ?? user.id,
    isEqual: compared.target !== null && checked.length > 0 && equal === checked.length,
    verdict: verdictOf(compared, link, equal, checked.length),
    remedy: remedyOf(compared, link, equal === checked.length),
    source: identityOf(compared.source),
    target: compared.target && identityOf(compared.target),
    rows: compared.attributes.map((one) => rowOf(one, compared, lastCycle)),
    signIn,
    tryCommand: mayOperate ? `try ${user.id} ${linkName(link)}` : null,
    readAt: context.graph.now().toISOString(),
  });
}

function rowOf(one: ComparedAttribute, compared: ComparedUser, lastCycle: string | null) {
  const { attribute, source, target, isEqual } = one;
  const why = compared.target && isEqual === false ? whyDiffers(one, compared, lastCycle) : '';
  return { attribute, source, target, isEqual: isEqual ?? true, mapping: mappingWords(one), why };
}

function mappingWords({ attribute, mapping, kind, isEqual }: ComparedAttribute): string {
  if (kind === 'direct')
    return mapping === attribute || mapping === `[${attribute}]` ? 'direct' : `direct from ${mapping}`;
  return kind === 'constant' ? `constant ${mapping}` : `${mapping}${isEqual === null ? ' (computed)' : ''}`;
}

/** What stands behind a difference, as far as the mapping and the log tell. */
function whyDiffers(
  { flowType }: ComparedAttribute,
  { lastEvent }: ComparedUser,
  lastCycle: string | null,
): string {
  if (flowType === 'ObjectAddOnly') return 'Written only when the account is created.';
  const status = lastEvent?.status?.toLowerCase();
  if (status === 'skipped' || status === 'failure')
    return `The mapping was not applied: the last run ended with ${status}.`;
  if (lastCycle === null) return 'No cycle has run since.';
  return `Changed since the last cycle (${lastCycle.slice(0, 16).replace('T', ' ')} UTC), or changed in the target.`;
}

function verdictOf(
  { target, foundBy, hasMapping }: ComparedUser,
  link: Link,
  equal: number,
  checked: number,
): string {
  const name = link.target.displayName;
  if (!target) return `Not in ${name}.`;
  if (!hasMapping) return `Found in ${name} by ${foundBy}; there is no job, hence no mapping to compare by.`;
  return `Found in ${name} by ${foundBy}; ${equal} of ${checked} comparable attributes are equal.`;
}

function remedyOf({ target, lastEvent, source }: ComparedUser, link: Link, isEqual: boolean): string | null {
  if (target) return isEqual ? null : 'Wait for the next cycle, or try the user now.';
  const said = lastEvent?.reason ?? lastEvent?.errorCode;
  const log = said ? ` The provisioning log says: ${said}` : '';
  return `Run try ${userArgument(source)} ${linkName(link)} to see each step.${log}`;
}

function identityOf(user: User) {
  return {
    userPrincipalName: user.userPrincipalName ?? '',
    objectId: user.id,
    userType: user.userType ?? 'unknown',
  };
}
