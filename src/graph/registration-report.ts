import { z } from 'zod/v4';
import type { GraphList, GraphRead } from './client';
import { flag, listOf, moment, text } from './parse';

/** What a user has registered, as the report of facts 5.3 says; it may be a day old. */
export const registrationSchema = z.object({
  id: z.string(),
  isAdmin: flag,
  isSsprCapable: flag,
  methodsRegistered: listOf(z.string()),
  userPreferredMethodForSecondaryAuthentication: text,
  lastUpdatedDateTime: moment,
});

export type Registration = z.output<typeof registrationSchema>;

/**
 * Everybody who has a mobile phone registered: more than those who sign in with it, hence a filter before asking per
 * user (facts 5.3). Without Entra ID P1 Graph refuses with 403. Five such reads in ten seconds (facts 7.2).
 */
export async function listMobileRegistrations(
  graph: GraphRead,
  limit: number,
): Promise<GraphList<Registration>> {
  return graph.list('/reports/authenticationMethods/userRegistrationDetails', {
    doing: 'reading the registration report',
    permissions: ['AuditLog.Read.All'],
    query: { $filter: "methodsRegistered/any(m:m eq 'mobilePhone')" },
    schema: registrationSchema,
    limit,
  });
}

/** Registered names that are no way to sign in of their own once the phone is out (facts 5.3). */
const notEnough = new Set([
  'mobilePhone',
  'alternateMobilePhone',
  'officePhone',
  'email',
  'securityQuestion',
  'none',
]);

/** True when something is registered besides phones, mail and questions. */
export function hasOtherMethod({ methodsRegistered }: Registration): boolean {
  return methodsRegistered.some((method) => !notEnough.has(method));
}
