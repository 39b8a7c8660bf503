import { z } from 'zod/v4';
import type { PackName } from '../config';
import { BotError } from '../errors';
import type { GraphRead } from './client';
import { packs } from './permissions';

export interface ProbeResult {
  /** Permission name. */
  readonly name: string;
  /** Nothing speaks against it. */
  readonly ok: boolean;
  /** `false` when it can only be known at the first write. */
  readonly isProven: boolean;
  /** What was seen, for the consent card: one short sentence. */
  readonly why: string;
}

/** A harmless read per permission: only with it (or a wider one) does Graph answer. */
const reads: Readonly<Record<string, { path: string; query?: Record<string, string> }>> = {
  'Organization.Read.All': { path: '/organization', query: { $select: 'id' } },
  'CrossTenantInformation.ReadBasic.All': {
    path: "/tenantRelationships/findTenantInformationByTenantId(tenantId='{tenantId}')",
  },
  'Policy.Read.All': { path: '/policies/crossTenantAccessPolicy' },
  'Policy.ReadWrite.CrossTenantAccess': { path: '/policies/crossTenantAccessPolicy/default' },
  'User.Read.All': { path: '/users', query: { $top: '1', $select: 'id' } },
  'GroupMember.Read.All': { path: '/groups', query: { $top: '1', $select: 'id' } },
  'RoleManagement.Read.Directory': { path: '/directoryRoles', query: { $select: 'id' } },
  'Application.Read.All': { path: '/servicePrincipals', query: { $top: '1', $select: 'id' } },
  'Application.ReadWrite.OwnedBy': { path: '/servicePrincipals', query: { $top: '1', $select: 'id' } },
  'AuditLog.Read.All': { path: '/auditLogs/provisioning', query: { $top: '1' } },
};

/** What a probe needs to know besides reading. */
export interface ProbeSurroundings {
  readonly graph: GraphRead;
  /** `roles` of the pack's token; `undefined` when it cannot be read. */
  readonly roles: () => Promise<readonly string[] | undefined>;
}

/**
 * Tries every permission of a pack with harmless reads. What no read can prove rests on the token's `roles`; where
 * those are not readable either, the result says that it is not proven.
 */
export async function probePack(pack: PackName, around: ProbeSurroundings): Promise<readonly ProbeResult[]> {
  const results: ProbeResult[] = [];
  for (const { name } of packs[pack]) results.push(await probeOne(pack, name, around));
  return results;
}

async function probeOne(pack: PackName, name: string, around: ProbeSurroundings): Promise<ProbeResult> {
  try {
    return reads[name] ? await byRead(pack, name, around.graph) : await byToken(name, around);
  } catch (error) {
    if (!(error instanceof BotError)) throw error;
    return { name, ok: false, isProven: true, why: reasonOf(error) };
  }
}

async function byRead(pack: PackName, name: string, graph: GraphRead): Promise<ProbeResult> {
  const { path, query } = reads[name] ?? { path: '/organization' };
  await graph.get(path.replace('{tenantId}', encodeURIComponent(graph.tenantId)), {
    doing: `probing ${name}`,
    permissions: [name],
    pack,
    ...(query ? { query } : {}),
    schema: z.unknown(),
  });
  return { name, ok: true, isProven: true, why: 'Granted: Microsoft Graph answered.' };
}

async function byToken(name: string, { roles }: ProbeSurroundings): Promise<ProbeResult> {
  const named = await roles();
  if (named === undefined) {
    return { name, ok: true, isProven: false, why: 'Shows at the first use: no read can prove it.' };
  }
  return named.includes(name)
    ? { name, ok: true, isProven: true, why: 'Granted: named in the token.' }
    : { name, ok: false, isProven: true, why: named.length > 0 ? notIncluded : notConsented };
}

const notConsented = 'Not consented yet.';
const notIncluded = 'Consented, but this permission is not included.';

function reasonOf(error: BotError): string {
  if (error.code === 'consent-missing') return notConsented;
  if (error.code === 'permission-missing') return notIncluded;
  if (error.code === 'wrong-tenant') return 'The token is for another tenant.';
  if (error.code === 'bad-settings') return 'The settings of this application are wrong or missing.';
  return `Could not be tried: ${error.code}.`;
}
