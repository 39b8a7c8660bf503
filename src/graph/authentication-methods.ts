import { z } from 'zod/v4';
import type { GraphRead } from './client';
import { listOf, text } from './parse';
import { at } from './path';

/** The mobile phone method: the only one that can be used for SMS sign-in (facts 5.2). */
export const mobilePhoneMethodId = '3179e48a-750b-4051-897c-87b9720928f7';

/** A phone of a user; the number is masked here and never leaves this file whole. */
export const phoneMethodSchema = z
  .object({
    id: z.string(),
    phoneNumber: text,
    phoneType: text,
    authenticationPhoneType: text,
    smsSignInState: text,
  })
  .transform(({ authenticationPhoneType, phoneNumber, ...method }) => ({
    ...method,
    phoneType: method.phoneType ?? authenticationPhoneType,
    maskedNumber: maskNumber(phoneNumber),
  }));

export type PhoneMethod = z.output<typeof phoneMethodSchema>;

const reads = [
  'UserAuthMethod-Phone.Read.All',
  'UserAuthMethod-Phone.ReadWrite.All',
  'UserAuthenticationMethod.Read.All',
  'UserAuthenticationMethod.ReadWrite.All',
];

export async function listPhoneMethods(graph: GraphRead, userId: string): Promise<readonly PhoneMethod[]> {
  const { items } = await graph.list(at`/users/${userId}/authentication/phoneMethods`, {
    doing: 'reading the phone methods of a user',
    permissions: reads,
    schema: phoneMethodSchema,
    limit: 20,
  });
  return items;
}

/** Only `ready` means that SMS sign-in is on: such a user is not synchronized (facts 5.1, 5.2). */
export function hasSmsSignIn(methods: readonly PhoneMethod[]): boolean {
  return methods.some((method) => method.smsSignInState?.toLowerCase() === 'ready');
}

/**
 * Which of these users have SMS sign-in on, in batches under the reports budget (5 reads per 10 s): about two seconds
 * a user, so bound the list. Users whose answer could not be read are told, not assumed.
 */
export async function findSmsSignInUsers(
  graph: GraphRead,
  userIds: readonly string[],
): Promise<{ readonly withSms: readonly string[]; readonly unread: readonly string[] }> {
  const answers = await graph.batchGet(
    userIds.map((userId) => at`/users/${userId}/authentication/phoneMethods`),
    {
      doing: 'reading phone methods',
      permissions: reads,
      schema: z.object({ value: listOf(phoneMethodSchema) }),
    },
  );
  const withSms = userIds.filter((_, index) => hasSmsSignIn(answers[index]?.value?.value ?? []));
  const unread = userIds.filter((_, index) => answers[index]?.value === undefined);
  return { withSms, unread };
}

/** "+1 2065555555" → "+1 ******55": enough to recognise one's own number. */
export function maskNumber(number: string | null): string | null {
  if (number === null) return null;
  const [, country = '', rest = number] = /^(\+\d{1,3} )?(.*)$/.exec(number) ?? [];
  return country + '*'.repeat(Math.max(rest.length - 2, 2)) + rest.slice(-2);
}
