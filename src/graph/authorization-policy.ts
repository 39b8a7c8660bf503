import { z } from 'zod/v4';
import type { GraphRead } from './client';
import { bare, text } from './parse';

export const authorizationPolicySchema = bare(z.object({ allowInvitesFrom: text, displayName: text }));

export type AuthorizationPolicy = z.output<typeof authorizationPolicySchema>;

/** Who may invite guests; `none` in the target also stops cross-tenant sync (facts 5.5). */
export async function readAuthorizationPolicy(graph: GraphRead): Promise<AuthorizationPolicy> {
  return graph.get('/policies/authorizationPolicy', {
    doing: 'reading the guest invitation setting',
    permissions: ['Policy.Read.All', 'Policy.ReadWrite.Authorization'],
    schema: authorizationPolicySchema,
  });
}
