import type { Link, Tenant } from '../plan/types';
import { appendRefusal } from '../store/audit';
import { saveConversation } from '../store/conversations';
import type { AdaptiveCard } from '../store/ports';
import type { Incoming } from './command';
import type { CommandDefinition, ParsedArguments } from './definition';
import { allHelp, faultyText, oneHelp, unknownText } from './help-views';
import { commands } from './index';
import { unknownLink } from './not-found-views';
import { parse, type Inputs, type Parsed } from './parse';
import { connectFirst, roleMissing, strangerCard } from './refusals';
import { mayOperate, mayOperateLink, mayViewAny, mayViewLink, type Known } from './standing';
import type { Shown } from './shown';
import type { Desk } from './steward';
import { exampleNames } from './words';

/**
 * One line of text, typed or carried by a button. Who asks is settled before anything else: nothing is looked up, told
 * or remembered for people who are not members of an allowed tenant (I13).
 */
export async function answerLine(
  desk: Desk,
  incoming: Incoming,
  home: Tenant,
  line: string,
  inputs: Inputs,
  shown: Shown,
): Promise<AdaptiveCard> {
  const parsed = parse(line, commands, inputs);
  const isChange = parsed.outcome === 'command' && parsed.command.who === 'operator';
  const standing = await desk.standings.of(incoming.person, isChange);
  if (standing.outcome === 'refused') return strangerCard();
  await saveConversation(desk.parts.store.db, incoming.conversation);
  const known = standing.outcome === 'known' ? standing : null;
  if (parsed.outcome !== 'command') return explain(desk, line, parsed);
  if (!known && parsed.command.who !== 'bootstrap') return connectFirst(home);
  return runCommand(desk, incoming, home, known, parsed, shown);
}

function explain(
  { tenants }: Desk,
  line: string,
  parsed: Exclude<Parsed, { outcome: 'command' }>,
): AdaptiveCard {
  const names = exampleNames(tenants);
  switch (parsed.outcome) {
    case 'help':
      return parsed.command ? oneHelp(parsed.command, names) : allHelp(commands, names);
    case 'unknown':
      return unknownText(parsed.typed, parsed.nearest);
    case 'faulty':
      return faultyText(line, parsed.command, parsed.sentence);
  }
}

async function runCommand(
  desk: Desk,
  incoming: Incoming,
  home: Tenant,
  standing: Known | null,
  { command, args, isPlanOnly }: Extract<Parsed, { outcome: 'command' }>,
  shown: Shown,
): Promise<AdaptiveCard> {
  const { tenants } = desk;
  if (standing && !mayAnywhere(command, standing, tenants.all)) {
    return refuse(desk, command, standing, null, home);
  }
  const link = await resolveLink(desk, args);
  if (link && 'card' in link) return link.card;
  if (link && standing && !mayOnLink(command, standing, link.value)) {
    return refuse(desk, command, standing, link.value, home);
  }
  return command.run(
    {
      incoming,
      person: incoming.person,
      home,
      standing,
      link: link?.value ?? null,
      isPlanOnly,
      tenants,
      commands,
      graph: desk.parts.graph,
      plans: desk.plans,
      notices: desk.notices,
      consents: desk.consents,
      shownConsents: desk.shownConsents,
      whenShown: shown.whenShown,
      now: new Date(),
    },
    args,
  );
}

/** Before names are looked up: somebody without any role learns nothing about them. */
function mayAnywhere(command: CommandDefinition, standing: Known, all: readonly Tenant[]): boolean {
  switch (command.who) {
    case 'bootstrap':
    case 'anyone-internal':
      return true;
    case 'viewer':
      return mayViewAny(standing, all);
    case 'operator':
      return all.some((tenant) => mayOperate(standing, tenant));
  }
}

function mayOnLink(command: CommandDefinition, standing: Known, link: Link): boolean {
  if (command.who === 'viewer') return mayViewLink(standing, link);
  return command.who !== 'operator' || mayOperateLink(standing, link);
}

async function resolveLink(
  { tenants }: Desk,
  { link }: ParsedArguments,
): Promise<{ readonly value: Link } | { readonly card: AdaptiveCard } | null> {
  if (link === null || link === 'all') return null;
  const found = await tenants.findLink(link);
  switch (found.outcome) {
    case 'found':
      return { value: found.link };
    case 'unknown':
      return { card: unknownLink(found, tenants) };
    case 'same':
      return { card: faultyText(`${link.source}>${link.target}`, null, 'Both names mean the same tenant.') };
  }
}

/** A refused member leaves one rate-limited audit record (decisions, Who may). */
async function refuse(
  { parts }: Desk,
  command: CommandDefinition,
  standing: Known,
  link: Link | null,
  home: Tenant,
): Promise<AdaptiveCard> {
  await parts.store.transaction((tx) =>
    appendRefusal(tx, {
      event: 'refused',
      actor: standing.person,
      facts: { command: command.name, why: 'no-role' },
    }),
  );
  return roleMissing(command, standing, link, home);
}
