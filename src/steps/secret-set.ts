import { defaultDeletionGuard } from '../engine/deletion-guard';
import {
  notificationsOf,
  secretOf,
  type NotificationSettings,
  type Secret,
} from '../graph/synchronization-secrets';
import type { DesiredState, FieldChange, JsonValue } from '../plan/types';

/** Keys that the step writes itself, always all of them. */
export const writtenKeys: readonly string[] = [
  'AuthenticationType',
  'CompanyId',
  'SyncNotificationSettings',
  'SyncAll',
];

export interface WantedSecrets {
  readonly companyId: string;
  /** `"true"` only where it is so already: `setup` never narrows a scope. */
  readonly syncAll: 'true' | 'false';
  readonly notifications: Record<string, JsonValue>;
}

const freshNotifications: NotificationSettings = {
  Enabled: false,
  DeleteThresholdEnabled: false,
  HumanResourcesLookaheadQueryEnabled: false,
};

/**
 * The full set that should be saved: what is there, with the desired guard and mail put in (facts 4.3). A masked value
 * is never put back: what was last verified stands in for it, else the service's own beginning.
 */
export function wantedSecrets(
  saved: readonly Secret[],
  desired: DesiredState,
  targetTenantId: string,
  verified: DesiredState | null = null,
): WantedSecrets {
  return {
    companyId: targetTenantId,
    syncAll: syncAllOf(saved, verified),
    notifications: {
      ...presentNotifications(saved, verified),
      ...mailMembers(desired.notificationMail),
      ...guardMembers(desired.deletionGuard),
    },
  };
}

/** Whether everybody is in scope; nothing saved means the assigned ones (facts 4.3). */
export function syncAllOf(saved: readonly Secret[], verified: DesiredState | null): 'true' | 'false' {
  const now = secretOf(saved, 'SyncAll');
  if (now === null) return verified?.scope === 'all' ? 'true' : 'false';
  return now?.toLowerCase() === 'true' ? 'true' : 'false';
}

/** The notification settings as they are, or as they were last verified where Graph masks them. */
export function presentNotifications(
  saved: readonly Secret[],
  verified: DesiredState | null,
): Record<string, JsonValue> {
  const now = notificationsOf(saved);
  if (now) return now as Record<string, JsonValue>;
  const known = {
    ...mailMembers(verified?.notificationMail ?? null),
    ...guardMembers(verified?.deletionGuard ?? null),
  };
  return { ...(freshNotifications as Record<string, JsonValue>), ...(now === null ? known : {}) };
}

/** Tells what a write of the full set makes of settings that nobody can read: nothing where Graph shows them. */
export function maskedNotes(
  saved: readonly Secret[],
  notifications: Readonly<Record<string, JsonValue>>,
): readonly string[] {
  if (notificationsOf(saved) !== null) return [];
  const limit = notifications['DeleteThresholdValue'] ?? defaultDeletionGuard;
  const guard = notifications['DeleteThresholdEnabled'] === true ? String(limit) : 'off';
  const mail = notifications['Enabled'] === true ? String(notifications['Recipients'] ?? 'on') : 'off';
  return [
    `Microsoft does not show the guard and the mail that are saved now, so both are saved anew: guard ${guard}, mail ${mail}. What somebody set elsewhere is replaced.`,
  ];
}

function guardMembers(limit: number | null): Record<string, JsonValue> {
  return limit === null ? {} : { DeleteThresholdEnabled: true, DeleteThresholdValue: limit };
}

function mailMembers(address: string | null): Record<string, JsonValue> {
  return address === null ? {} : { Enabled: true, Recipients: address };
}

/** What stands in for values that Graph masks. */
export interface Known {
  readonly verified: DesiredState | null;
  /** Our own write of the set was accepted. */
  readonly hasWritten: boolean;
  /** The values were asked for in so many words: one that nobody knows is written. */
  readonly isAsked?: boolean;
}

/**
 * Fields that are not as wanted. A key that is saved but masked counts as equal to the last verified write
 * (decisions, Desired state): so a guard or mail that is wished anew is planned although Graph shows neither.
 */
export function differences(
  saved: readonly Secret[],
  wanted: WantedSecrets,
  known: Known = { verified: null, hasWritten: true },
): FieldChange[] {
  const plain: [string, string][] = [
    ['AuthenticationType', 'SyncPolicy'],
    ['CompanyId', wanted.companyId],
    ['SyncAll', wanted.syncAll],
  ];
  return [
    ...plain.flatMap(([key, after]) => plainDifference(key, secretOf(saved, key), after)),
    ...notificationDifferences(saved, wanted.notifications, known),
  ];
}

function plainDifference(key: string, now: string | null | undefined, after: string): FieldChange[] {
  const isEqual = now === null || now?.toLowerCase() === after.toLowerCase();
  return isEqual ? [] : [{ field: key, before: now ?? 'absent', after }];
}

/** What a card says of a value that Graph masks and nobody has verified. */
export const notReadable = 'not readable';

export function notificationDifferences(
  saved: readonly Secret[],
  wanted: Record<string, JsonValue>,
  { verified, hasWritten, isAsked = false }: Known,
): FieldChange[] {
  const now = notificationsOf(saved);
  if (now === null && hasWritten) return [];
  const base = now === null ? knownMembers(verified) : ((now ?? {}) as Record<string, JsonValue>);
  return Object.entries(wanted).flatMap(([member, after]) => {
    if (now === null && !telling.includes(member)) return [];
    const before = base[member] ?? (now === null ? notReadable : 'absent');
    const isEqual = String(before).toLowerCase() === String(after).toLowerCase();
    const isUnknownDefault = before === notReadable && after === false && !isAsked;
    return isEqual || isUnknownDefault
      ? []
      : [{ field: `SyncNotificationSettings.${member}`, before, after }];
  });
}

/** The members that guard and mail are made of; the others are never wished. */
const telling = ['Enabled', 'Recipients', 'DeleteThresholdEnabled', 'DeleteThresholdValue'];

function knownMembers(verified: DesiredState | null): Record<string, JsonValue> {
  return {
    ...mailMembers(verified?.notificationMail ?? null),
    ...guardMembers(verified?.deletionGuard ?? null),
  };
}
