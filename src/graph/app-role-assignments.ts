import { z } from 'zod/v4';
import { BotError } from '../errors';
import type { GraphList, GraphRead, GraphWrite } from './client';
import { moment, text } from './parse';
import { at } from './path';

export const appRoleAssignmentSchema = z.object({
  id: text,
  appRoleId: text,
  principalId: z.string(),
  principalType: text,
  principalDisplayName: text,
  resourceId: text,
  createdDateTime: moment,
});

export type AppRoleAssignment = z.output<typeof appRoleAssignmentSchema>;

/** Who is in scope of the configuration: users and groups, direct members only (facts 4.8). */
export async function listAssignments(
  graph: GraphRead,
  servicePrincipalId: string,
  limit = 10_000,
): Promise<GraphList<AppRoleAssignment>> {
  return graph.list(at`/servicePrincipals/${servicePrincipalId}/appRoleAssignedTo`, {
    doing: 'reading who is assigned',
    permissions: ['Application.Read.All', 'Application.ReadWrite.OwnedBy', 'Directory.Read.All'],
    query: { $top: '999' },
    schema: appRoleAssignmentSchema,
    limit,
  });
}

/**
 * Assigns one user or group. Looks first, because the refusal of a duplicate is not documented (facts 4.8).
 * Returns Graph's request ids; none when it was assigned already.
 */
export async function assignPrincipal(
  write: GraphWrite,
  wanted: { readonly servicePrincipalId: string; readonly principalId: string; readonly appRoleId: string },
): Promise<readonly string[]> {
  const isAssigned = async () =>
    (await listAssignments(write, wanted.servicePrincipalId)).items.some(
      (row) => row.principalId.toLowerCase() === wanted.principalId.toLowerCase(),
    );
  if (await isAssigned()) return [];
  try {
    const sent = await write.send('appRoleAssignedTo.create', {
      parameters: { servicePrincipalId: wanted.servicePrincipalId },
      body: {
        principalId: wanted.principalId,
        resourceId: wanted.servicePrincipalId,
        appRoleId: wanted.appRoleId,
      },
      doing: 'assigning a user or group',
    });
    return sent.requestIds;
  } catch (error) {
    const isRefusal = error instanceof BotError && ['conflict', 'graph-refused'].includes(error.code);
    if (isRefusal && (await isAssigned())) return error.requestId ? [error.requestId] : [];
    throw error;
  }
}

/**
 * Takes one assignment away: direct members of a group or the user leave the scope (facts 4.8).
 * Returns Graph's request ids; none when it was gone already.
 */
export async function removeAssignment(
  write: GraphWrite,
  gone: { readonly servicePrincipalId: string; readonly appRoleAssignmentId: string },
): Promise<readonly string[]> {
  const { items } = await listAssignments(write, gone.servicePrincipalId);
  if (!items.some(({ id }) => id === gone.appRoleAssignmentId)) return [];
  const sent = await write.send('appRoleAssignedTo.delete', {
    parameters: { ...gone },
    doing: 'taking an assignment away',
  });
  return sent.requestIds;
}
