import { z } from 'zod/v4';
import type { GraphRead, GraphWrite } from './client';
import { listOf, text } from './parse';
import { at } from './path';

/** Fixed ids of the three phones that a user can have (facts 5.2). */
export const phoneMethodIds = {
  mobile: '3179e48a-750b-4051-897c-87b9720928f7',
  alternateMobile: 'b6332ec1-7057-4abe-9331-3d72feddfe41',
  office: 'e37fc753-ff3b-4958-9484-eaa9425c82bc',
} as const;

export type PhoneType = keyof typeof phoneMethodIds;

/** The mobile phone method: the only one that can be used for SMS sign-in (facts 5.2). */
export const mobilePhoneMethodId = phoneMethodIds.mobile;

/** A phone of a user; the number is masked here, and only `readPhoneNumber` gives it whole. */
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

/** Users whose phones Graph lets us read in one batch: five reads in ten seconds (facts 7.2). */
export const phoneBatchSize = 5;

/** The phones of up to `phoneBatchSize` users in one `$batch`, in their order; `null` where they could not be read. */
export async function readPhonesOf(
  graph: GraphRead,
  userIds: readonly string[],
): Promise<readonly (readonly PhoneMethod[] | null)[]> {
  const answers = await graph.batchGet(
    userIds.map((userId) => at`/users/${userId}/authentication/phoneMethods`),
    {
      doing: 'reading phone methods',
      permissions: reads,
      schema: z.object({ value: listOf(phoneMethodSchema) }),
    },
  );
  return userIds.map((_, index) => answers[index]?.value?.value ?? null);
}

/**
 * Which of these users have SMS sign-in on, in batches under the reports budget (5 reads per 10 s): about two seconds
 * a user, so bound the list. Users whose answer could not be read are told, not assumed.
 */
export async function findSmsSignInUsers(
  graph: GraphRead,
  userIds: readonly string[],
): Promise<{ readonly withSms: readonly string[]; readonly unread: readonly string[] }> {
  const phones = await readPhonesOf(graph, userIds);
  const withSms = userIds.filter((_, index) => hasSmsSignIn(phones[index] ?? []));
  const unread = userIds.filter((_, index) => phones[index] === null);
  return { withSms, unread };
}

/**
 * Turns SMS sign-in off and keeps the number for MFA (facts 5.2). By object id, never by UPN: early reports tell of
 * success without a change. Returns Graph's request ids; none when it was off already.
 */
export async function disableSmsSignIn(write: GraphWrite, userId: string): Promise<readonly string[]> {
  if (!hasSmsSignIn(await listPhoneMethods(write, userId))) return [];
  const sent = await write.send('phoneMethods.disableSmsSignIn', {
    parameters: { userId, phoneMethodId: mobilePhoneMethodId },
    doing: 'turning SMS sign-in off',
  });
  return sent.requestIds;
}

/**
 * Turns SMS sign-in on (facts 5.2). Graph refuses while the policy does not let the user, or while somebody else signs
 * in with the same number. Returns Graph's request ids; none when it was on already.
 */
export async function enableSmsSignIn(write: GraphWrite, userId: string): Promise<readonly string[]> {
  if (hasSmsSignIn(await listPhoneMethods(write, userId))) return [];
  const sent = await write.send('phoneMethods.enableSmsSignIn', {
    parameters: { userId, phoneMethodId: mobilePhoneMethodId },
    doing: 'turning SMS sign-in on',
  });
  return sent.requestIds;
}

/** The whole number of one phone, to be encrypted at once and shown nowhere; `null` when Graph does not give it. */
export async function readPhoneNumber(
  graph: GraphRead,
  userId: string,
  phoneMethodId: string,
): Promise<string | null> {
  const { items } = await graph.list(at`/users/${userId}/authentication/phoneMethods`, {
    doing: 'reading the phone methods of a user',
    permissions: reads,
    schema: z.object({ id: z.string(), phoneNumber: text }),
    limit: 20,
  });
  const number = items.find(({ id }) => id.toLowerCase() === phoneMethodId.toLowerCase())?.phoneNumber;
  // Graph shows some readers a masked number: that is none to put back.
  return number && /^\+[\d ]+(x\d+)?$/.test(number) ? number : null;
}

/** Registers a phone for a user (facts 5.2). Returns Graph's request ids; none when one of the type is there. */
export async function createPhoneMethod(
  write: GraphWrite,
  userId: string,
  phone: { readonly phoneType: PhoneType; readonly phoneNumber: string },
): Promise<readonly string[]> {
  const phones = await listPhoneMethods(write, userId);
  if (phones.some(({ id }) => id === phoneMethodIds[phone.phoneType])) return [];
  const sent = await write.send('phoneMethods.create', {
    parameters: { userId },
    body: phone,
    doing: 'registering a phone',
  });
  return sent.requestIds;
}

/** Deletes one phone (facts 5.2). Returns Graph's request ids; none when it was gone already. */
export async function deletePhoneMethod(
  write: GraphWrite,
  userId: string,
  phoneMethodId: string,
): Promise<readonly string[]> {
  const phones = await listPhoneMethods(write, userId);
  if (!phones.some(({ id }) => id.toLowerCase() === phoneMethodId.toLowerCase())) return [];
  const sent = await write.send('phoneMethods.delete', {
    parameters: { userId, phoneMethodId },
    doing: 'removing a phone',
  });
  return sent.requestIds;
}

/** "+1 2065555587" → "+•• ••• ••87": the last two digits, and not how long the number is; none of a very short one. */
export function maskNumber(number: string | null): string | null {
  if (number === null) return null;
  const digits = number.replace(/\D/g, '');
  return `+•• ••• ••${digits.length > 4 ? digits.slice(-2) : '••'}`;
}

/** Attributes of a user that hold phone numbers, as Graph and as the engine call them (facts 4.9), lower case. */
const phoneAttributes = new Set([
  'businessphones',
  'mobilephone',
  'faxnumber',
  'telephonenumber',
  'mobile',
  'facsimiletelephonenumber',
  'otherphone',
  'othermobile',
]);

/** A value as it may be shown and kept: masked when the attribute holds phone numbers. */
export function maskedIfPhone(attribute: string | null, value: string | null): string | null {
  if (value === null || value === '' || !phoneAttributes.has((attribute ?? '').toLowerCase())) return value;
  return value.split(',').map(maskNumber).join(', ');
}
