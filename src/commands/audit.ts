import { auditCard } from '../cards/audit';
import { auditPlanCard } from '../cards/audit-plan';
import { findUser, isObjectId, type UserSearch } from '../graph/users';
import type { Person, Tenant } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import type { AuditFilter } from '../store/audit-plans';
import { auditedPlanView, auditPlanView } from './audit-views';
import type { CommandContext } from './context';
import type { CommandDefinition, ParsedArguments } from './definition';
import { faultyText } from './help-views';
import { unknownPlan, unknownUser } from './not-found-views';
import { isPlanId, planIdOf } from './parse-arguments';
import { auditedTenantIds } from './standing';
import { linkName } from './tenant-names';
import { typedDay } from './typed-day';

const shownPlans = 12;

export const audit: CommandDefinition = {
  name: 'audit',
  aliases: ['evidence'],
  group: 'Look',
  summary: 'Who asked, who approved, what was written: from the records',
  details:
    'For auditors. Lists plans by their audit records, narrowed to a link, a person or a time, or tells one plan in full: everybody who decided, with the role at that moment, and every request to Microsoft Graph with before and after. You see links of the tenants whose audit you may read, and details of those tenants only.',
  arguments: [
    { name: 'person', kind: 'user-or-plan', isOptional: true },
    { name: 'link', kind: 'link-or-all', isOptional: true },
  ],
  options: [
    { name: 'from', summary: 'From this day on (UTC)', value: { type: 'text', placeholder: 'yyyy-mm-dd' } },
    {
      name: 'to',
      summary: 'Up to and with this day (UTC)',
      value: { type: 'text', placeholder: 'yyyy-mm-dd' },
    },
    { name: 'destructive', summary: 'Only plans that delete, or need two people', value: { type: 'flag' } },
    {
      name: 'skip',
      summary: 'Leave out so many rows',
      value: { type: 'number', least: 1, most: 1_000_000 },
    },
  ],
  tier: 'R',
  who: 'auditor',
  examples: ({ source, target }) => [
    'audit',
    `audit ${source}>${target} --from 2026-10-01 --to 2026-10-31 --destructive`,
    `audit user@domain ${source}>${target}`,
    'audit PL-0031',
  ],
  async run(context, args) {
    const subject = args.words['person'] ?? '';
    return isPlanId(subject) ? onePlan(context, planIdOf(subject), args) : manyPlans(context, subject, args);
  },
};

/** A plan of links that the person may not audit looks like one that is not there. */
async function onePlan(
  { audits, tenants, standing, incoming }: CommandContext,
  planId: string,
  { options }: ParsedArguments,
): Promise<AdaptiveCard> {
  const tenantIds = auditedTenantIds(standing, tenants.all);
  const found = await audits.find(planId, tenantIds);
  const { sourceTenantId, targetTenantId } = found?.record.content ?? {};
  const link = tenants.linkOf(sourceTenantId ?? '', targetTenantId ?? '');
  const isTheirs = [sourceTenantId, targetTenantId].some((id) => id !== undefined && tenantIds.includes(id));
  if (!found || !link || !isTheirs) return unknownPlan(planId);
  return auditPlanCard({
    ...auditPlanView(found, link, tenants),
    skipped: Number(options['skip'] ?? 0),
    ...zoneOf(incoming.conversation),
  });
}

async function manyPlans(
  context: CommandContext,
  typed: string,
  args: ParsedArguments,
): Promise<AdaptiveCard> {
  const { audits, tenants, standing, link, incoming } = context;
  const { options } = args;
  const [from, to] = [typedDay(options['from'], 0), typedDay(options['to'], 1)];
  if (from === 'faulty' || to === 'faulty') {
    return faultyText(lineOf(typed, context, options), audit, 'A day is written like 2026-10-31.');
  }
  const tenantIds = auditedTenantIds(standing, tenants.all);
  const person = typed === '' ? null : await findPerson(context, typed, tenantIds);
  if (person && 'card' in person) return person.card;
  const isDestructive = options['destructive'] === 'true';
  const filter: AuditFilter = {
    tenantIds,
    ...(link ? { link: { sourceTenantId: link.source.tenantId, targetTenantId: link.target.tenantId } } : {}),
    ...(person ? { person } : {}),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
    ...(isDestructive ? { isDestructive } : {}),
  };
  const skipped = Number(options['skip'] ?? 0);
  const found = await audits.list(filter, { limit: shownPlans, skip: skipped });
  return auditCard({
    link,
    narrowedTo: [
      ...(person ? [`by ${person.displayName}`] : []),
      ...(options['from'] ? [`from ${options['from']}`] : []),
      ...(options['to'] ? [`to ${options['to']}`] : []),
      ...(isDestructive ? ['that is destructive'] : []),
    ],
    plans: found.plans.flatMap((plan) => {
      const of = tenants.linkOf(plan.record.content.sourceTenantId, plan.record.content.targetTenantId);
      return of ? [auditedPlanView(plan, of)] : [];
    }),
    total: found.total,
    skipped,
    pageCommand: (skip) => lineOf(person?.objectId ?? typed, context, { ...options, skip: String(skip) }),
    ...zoneOf(incoming.conversation),
  });
}

/** By object id also somebody who has left; else by name in the tenants whose audit may be read. */
async function findPerson(
  { graph, tenants, link }: CommandContext,
  typed: string,
  tenantIds: readonly string[],
): Promise<Person | { readonly card: AdaptiveCard }> {
  const where = tenants.all.filter(({ tenantId }) => tenantIds.includes(tenantId));
  let missed: { found: Exclude<UserSearch, { outcome: 'found' }>; tenant: Tenant } | undefined;
  for (const tenant of where) {
    const found = await findUser(graph.read(tenant.tenantId), typed);
    if (found.outcome === 'found') {
      const { id, displayName, userPrincipalName } = found.user;
      const name = displayName ?? userPrincipalName ?? id;
      return { tenantId: tenant.tenantId, objectId: id.toLowerCase(), displayName: name };
    }
    missed ??= { found, tenant };
  }
  if (!missed) throw new Error('somebody without a tenant to audit got here');
  const { tenantId } = missed.tenant;
  if (isObjectId(typed)) return { tenantId, objectId: typed.toLowerCase(), displayName: typed };
  const of = link ? ` ${linkName(link)}` : '';
  return { card: unknownUser(typed, missed.found, missed.tenant, (user) => `audit ${user}${of}`) };
}

function lineOf(typed: string, { link }: CommandContext, options: ParsedArguments['options']): string {
  const words = Object.entries(options).map(([name, value]) =>
    value === 'true' ? `--${name}` : `--${name} ${value}`,
  );
  return ['audit', typed, link ? linkName(link) : '', ...words].filter(Boolean).join(' ');
}

function zoneOf({ timeZone }: { readonly timeZone?: string }): { readonly timeZone?: string } {
  return timeZone ? { timeZone } : {};
}
