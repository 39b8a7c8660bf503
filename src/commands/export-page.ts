import type { Person } from '../plan/types';
import type { AuditDesk, ExportFile } from './audit-desk';
import type { Standings } from './standing';
import { auditedTenantIds } from './standing';
import type { TenantNames } from './tenant-names';

/** What a browser that opens a link to an export is shown: plain text, to be escaped by the edge. */
export interface ExportPage {
  readonly status: 200 | 400;
  readonly title: string;
  readonly text: string;
  /** The title of the one button; null when there is nothing to fetch. */
  readonly button: string | null;
}

export interface ExportParts {
  readonly audits: AuditDesk;
  readonly standings: Standings;
  readonly tenants: TenantNames;
}

type Query = Readonly<Record<string, string | undefined>>;

/**
 * Opening the link only shows a page: programs that look at links before people do must not use it up. It changes
 * nothing, and an unknown, a used and an old link look the same.
 */
export async function showExport(query: Query, { audits }: ExportParts): Promise<ExportPage> {
  const key = keyIn(query);
  const person = key && (await audits.offeredTo(key));
  if (!person) return refusal;
  return {
    status: 200,
    title: 'The audit',
    text: `One file for ${person.displayName}. The button works once; that it was used is recorded.`,
    button: 'Download the audit',
  };
}

/** The button: uses the link up. Whoever it was made for must still be allowed to read the audit, now. */
export async function takeExport(query: Query, parts: ExportParts): Promise<ExportFile | ExportPage> {
  const key = keyIn(query);
  const person = key && (await parts.audits.offeredTo(key));
  if (!key || !person) return refusal;
  const tenantIds = await readableTenants(person, parts);
  if (tenantIds.length === 0) return refusal;
  return (await parts.audits.take(key, tenantIds)) ?? refusal;
}

async function readableTenants(
  person: Person,
  { standings, tenants }: ExportParts,
): Promise<readonly string[]> {
  const standing = await standings.of(person, true);
  return standing.outcome === 'known' ? auditedTenantIds(standing, tenants.all) : [];
}

/** Keys of ours have 43 characters; nothing else is looked up. */
function keyIn(query: Query): string | null {
  const key = query['key'] ?? '';
  return /^[\w-]{43}$/.test(key) ? key : null;
}

const refusal: ExportPage = {
  status: 400,
  title: 'There is no file here',
  text: 'This link is not known, was used already, has expired, or you may not read the audit any more. Run export audit again in Teams.',
  button: null,
};
