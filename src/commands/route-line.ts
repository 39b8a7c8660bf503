import type { Link, Tenant } from '../plan/types';
import { appendRefusal } from '../store/audit';
import type { AdaptiveCard } from '../store/ports';
import type { Incoming } from './command';
import type { CommandDefinition, ParsedArguments } from './definition';
import { allHelp, faultyText, oneHelp, unknownText } from './help-views';
import { commands } from './index';
import { liveCard } from './live-card';
import { unknownLink } from './not-found-views';
import { offerPowershell } from './offer-powershell';
import { parse, type Inputs, type Parsed } from './parse';
import { rememberConversation } from './remember-conversation';
import { connectFirst, roleMissing, strangerCard } from './refusals';
import {
  auditedTenantIds,
  mayAudit,
  mayAuditLink,
  mayOperate,
  mayOperateLink,
  mayViewAny,
  mayViewLink,
  type Known,
} from './standing';
import type { Shown } from './shown';
import { refuseRepeat } from './repeats';
import type { Desk, Reply } from './steward';
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
): Promise<Reply> {
  const parsed = parse(line, commands, inputs);
  const isLive = parsed.outcome === 'command' && ['operator', 'auditor'].includes(parsed.command.who);
  const standing = await desk.standings.of(incoming.person, isLive);
  if (standing.outcome === 'refused') return { card: strangerCard() };
  await rememberConversation(desk.parts.store, incoming.conversation);
  const repeated = await refuseRepeat(desk, incoming, line, shown);
  if (repeated) return repeated;
  const known = standing.outcome === 'known' ? standing : null;
  if (parsed.outcome !== 'command') return { card: explain(desk, line, parsed) };
  if (!known && parsed.command.who !== 'bootstrap') return { card: connectFirst(home) };
  const card = await runCommand(desk, incoming, home, known, parsed, shown);
  const hasInputs = Object.keys(inputs).length > 0;
  return { card: !known || hasInputs ? card : offerPowershell(card, parsed.command, line) };
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
      showProgress: liveCard(desk.parts.messenger, incoming.conversation, shown),
      scans: desk.scans,
      audits: desk.audits,
      publicUrl: desk.parts.config.publicUrl,
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
    case 'auditor':
      return all.some((tenant) => mayAudit(standing, tenant));
  }
}

function mayOnLink(command: CommandDefinition, standing: Known, link: Link): boolean {
  if (command.who === 'viewer') return mayViewLink(standing, link);
  if (command.who === 'auditor') return mayAuditLink(standing, link);
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
  { parts, tenants }: Desk,
  command: CommandDefinition,
  standing: Known,
  link: Link | null,
  home: Tenant,
): Promise<AdaptiveCard> {
  const of: { [key: string]: string } = link
    ? { sourceTenantId: link.source.tenantId, targetTenantId: link.target.tenantId }
    : {};
  const isRecorded = await parts.store.transaction((tx) =>
    appendRefusal(tx, {
      event: 'refused',
      actor: standing.person,
      facts: { command: command.name, why: 'no-role', ...of },
    }),
  );
  const isAuditor = auditedTenantIds(standing, tenants.all).length > 0;
  return roleMissing(command, standing, link, home, { isAuditor, isRecorded });
}
