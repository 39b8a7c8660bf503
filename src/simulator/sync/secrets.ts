import { z } from 'zod/v4';
import { isGuid } from '../hash';
import { badRequest } from '../refusal';
import { secretKeys } from './secret-keys';
import type { Secret } from './state';

/** One key and value of credentials. Keys are an enum, values are text: `"false"`, never `false`. */
export const secretPair = z.strictObject({ key: z.enum(secretKeys), value: z.string() });

/** Members of the JSON text in `SyncNotificationSettings` (facts 4.3). */
const notificationSettings = z.strictObject({
  Enabled: z.boolean(),
  DeleteThresholdEnabled: z.boolean().optional(),
  DeleteThresholdValue: z.int().min(1).optional(),
  HumanResourcesLookaheadQueryEnabled: z.boolean().optional(),
  Recipients: z.string().optional(),
});

const checks: Partial<Record<(typeof secretKeys)[number], (value: string) => boolean>> = {
  CompanyId: isGuid,
  AuthenticationType: (value) => value === 'SyncPolicy',
  SyncAll: isBooleanText,
  SkipOutOfScopeDeletions: isBooleanText,
  SyncNotificationSettings: isNotificationSettings,
};

function isBooleanText(value: string): boolean {
  return /^(true|false)$/i.test(value);
}

function isNotificationSettings(value: string): boolean {
  try {
    return notificationSettings.safeParse(JSON.parse(value)).success;
  } catch {
    return false;
  }
}

/** Refuses repeated keys and values that the key does not take. */
export function checkSecrets(secrets: readonly z.output<typeof secretPair>[]): Secret[] {
  const seen = new Set<string>();
  for (const { key, value } of secrets) {
    if (seen.has(key)) throw badRequest(`The key '${key}' was specified more than once.`);
    if (checks[key]?.(value) === false) throw badRequest(`Invalid value specified for key '${key}'.`);
    seen.add(key);
  }
  return [...secrets];
}
