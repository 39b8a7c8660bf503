import { z } from 'zod/v4';
import type { GraphRead } from './client';
import { flag, listOf, text } from './parse';

const target = z.object({ targetType: text, id: z.string(), isUsableForSignIn: flag });

/** The tenant's policy for the method SMS: who may have it, and who may also sign in with it (facts 5.2). */
export const smsMethodPolicySchema = z
  .object({ state: text, includeTargets: listOf(target), excludeTargets: listOf(target) })
  .transform(({ state, includeTargets, excludeTargets }) => ({
    isEnabled: state?.toLowerCase() === 'enabled',
    /** Ids of groups and users, or `all_users`. */
    signInTargets: includeTargets.filter((one) => one.isUsableForSignIn === true),
    excludedTargets: excludeTargets,
  }));

export type SmsMethodPolicy = z.output<typeof smsMethodPolicySchema>;

/** Graph's name for everybody. */
export const allUsers = 'all_users';

export async function readSmsMethodPolicy(graph: GraphRead): Promise<SmsMethodPolicy> {
  return graph.get('/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/sms', {
    doing: 'reading the SMS method policy',
    permissions: ['Policy.Read.AuthenticationMethod', 'Policy.ReadWrite.AuthenticationMethod'],
    schema: smsMethodPolicySchema,
  });
}
