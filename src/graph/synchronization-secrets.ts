import { z } from 'zod/v4';
import type { GraphRead, GraphWrite } from './client';
import { jsonInText, listOf, text } from './parse';
import { at } from './path';

export const secretsSchema = z
  .object({ value: listOf(z.object({ key: z.string(), value: text })) })
  .transform((answer) => answer.value);

export interface Secret {
  readonly key: string;
  /** `null` = Graph does not show it (masked): never put back. */
  readonly value: string | null;
}

/** `SyncNotificationSettings`: JSON in text, other members kept (facts 4.3). */
export interface NotificationSettings {
  readonly Enabled?: boolean;
  readonly Recipients?: string;
  readonly DeleteThresholdEnabled?: boolean;
  readonly DeleteThresholdValue?: number;
  readonly HumanResourcesLookaheadQueryEnabled?: boolean;
  readonly [other: string]: unknown;
}

/** The saved settings of a configuration; empty when none were saved. GET is not in the documented list (facts 4.3). */
export async function readSecrets(graph: GraphRead, servicePrincipalId: string): Promise<readonly Secret[]> {
  const found = await graph.find(at`/servicePrincipals/${servicePrincipalId}/synchronization/secrets`, {
    doing: 'reading the saved settings of the configuration',
    permissions: ['Synchronization.ReadWrite.All', 'Application.ReadWrite.OwnedBy'],
    schema: secretsSchema,
  });
  return (found ?? []).map((secret) => ({
    key: secret.key,
    value: isMasked(secret.value) ? null : secret.value,
  }));
}

/** Saves the full set: whether PUT merges or replaces is not documented (facts 4.3). */
export async function replaceSecrets(
  write: GraphWrite,
  servicePrincipalId: string,
  secrets: readonly { readonly key: string; readonly value: string }[],
): Promise<readonly string[]> {
  const sent = await write.send('secrets.replace', {
    parameters: { servicePrincipalId },
    body: { value: secrets },
    doing: 'saving the settings of the configuration',
  });
  return sent.requestIds;
}

/** `undefined` = not saved, `null` = saved but not shown. */
export function secretOf(secrets: readonly Secret[], key: string): string | null | undefined {
  return secrets.find((secret) => secret.key.toLowerCase() === key.toLowerCase())?.value;
}

/** The notification settings; `undefined` = not saved, `null` = saved but not readable. */
export function notificationsOf(secrets: readonly Secret[]): NotificationSettings | null | undefined {
  const saved = secretOf(secrets, 'SyncNotificationSettings');
  if (saved === null || saved === undefined) return saved;
  const parsed = jsonInText(saved);
  return typeof parsed === 'object' && parsed !== null ? (parsed as NotificationSettings) : null;
}

function isMasked(value: string | null): boolean {
  return value === null || /^[*•●xX]{3,}$/.test(value.trim()) || value.includes('****');
}
