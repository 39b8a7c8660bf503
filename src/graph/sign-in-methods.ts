import { z } from 'zod/v4';
import type { GraphRead } from './client';
import { flag, listOf, text } from './parse';
import { at } from './path';

const reads = ['UserAuthenticationMethod.Read.All', 'UserAuthenticationMethod.ReadWrite.All'];

/** What a user can sign in with besides phones (facts 5.2). */
export interface SignInMethods {
  /** For people: "Microsoft Authenticator". Neither phones nor the password are among them. */
  readonly others: readonly string[];
  /** Graph tells that there is a password, never whether its owner knows it. */
  readonly hasPassword: boolean;
}

/** By the type's name without `#microsoft.graph.` and `AuthenticationMethod`; mail only resets passwords. */
const labels: Readonly<Record<string, string>> = {
  microsoftAuthenticator: 'Microsoft Authenticator',
  passwordlessMicrosoftAuthenticator: 'Microsoft Authenticator',
  fido2: 'passkey',
  windowsHelloForBusiness: 'Windows Hello',
  platformCredential: 'platform credential',
  softwareOath: 'one-time codes',
  hardwareOath: 'code generator',
  qrCodePin: 'QR code',
  temporaryAccessPass: 'Temporary Access Pass',
};

const methodSchema = z
  .object({ '@odata.type': text, 'odata.type': text, isUsable: flag })
  .transform((method) => ({
    kind: (method['@odata.type'] ?? method['odata.type'] ?? '').replace(
      /^#microsoft\.graph\.|AuthenticationMethod$/g,
      '',
    ),
    isUsable: method.isUsable !== false,
  }));

export const signInMethodsSchema = z
  .object({ value: listOf(methodSchema) })
  .transform(({ value }): SignInMethods => {
    const usable = value.filter(({ isUsable }) => isUsable);
    return {
      others: [...new Set(usable.flatMap(({ kind }) => labels[kind] ?? []))],
      hasPassword: usable.some(({ kind }) => kind === 'password'),
    };
  });

/** Every way to sign in that is no phone. An expired Temporary Access Pass does not count. */
export async function readSignInMethods(graph: GraphRead, userId: string): Promise<SignInMethods> {
  return graph.get(at`/users/${userId}/authentication/methods`, {
    doing: 'reading the sign-in methods of a user',
    permissions: reads,
    schema: signInMethodsSchema,
  });
}

/**
 * The second factor that the user is asked for first: `push`, `sms`, `voiceMobile`…; null when none is chosen. Such a
 * phone cannot be deleted (facts 5.2; beta, for v1.0 has it only in a report that is hours old).
 */
export async function readDefaultMethod(graph: GraphRead, userId: string): Promise<string | null> {
  const found = await graph.get(at`/users/${userId}/authentication/signInPreferences`, {
    doing: 'reading the default sign-in method of a user',
    permissions: reads,
    version: 'beta',
    schema: z.object({ userPreferredMethodForSecondaryAuthentication: text }),
  });
  return found.userPreferredMethodForSecondaryAuthentication;
}
