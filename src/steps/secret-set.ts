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

/** The full set that should be saved: what is there, with the desired guard and mail put in (facts 4.3). */
export function wantedSecrets(
  saved: readonly Secret[],
  { deletionGuard, notificationMail }: DesiredState,
  targetTenantId: string,
): WantedSecrets {
  const guard =
    deletionGuard === null ? {} : { DeleteThresholdEnabled: true, DeleteThresholdValue: deletionGuard };
  const mail = notificationMail === null ? {} : { Enabled: true, Recipients: notificationMail };
  const notifications = { ...(notificationsOf(saved) ?? freshNotifications), ...mail, ...guard };
  return {
    companyId: targetTenantId,
    syncAll: secretOf(saved, 'SyncAll')?.toLowerCase() === 'true' ? 'true' : 'false',
    notifications: notifications as Record<string, JsonValue>,
  };
}

/**
 * Fields that are not as wanted. The rule for masked values: a key that is saved but not shown counts as equal
 * (decisions, Desired state), because a read can never tell; so nothing is planned for its sake alone.
 */
export function differences(saved: readonly Secret[], wanted: WantedSecrets): FieldChange[] {
  const plain: [string, string][] = [
    ['AuthenticationType', 'SyncPolicy'],
    ['CompanyId', wanted.companyId],
    ['SyncAll', wanted.syncAll],
  ];
  return [
    ...plain.flatMap(([key, after]) => plainDifference(key, secretOf(saved, key), after)),
    ...notificationDifferences(notificationsOf(saved), wanted.notifications),
  ];
}

function plainDifference(key: string, now: string | null | undefined, after: string): FieldChange[] {
  const isEqual = now === null || now?.toLowerCase() === after.toLowerCase();
  return isEqual ? [] : [{ field: key, before: now ?? 'absent', after }];
}

function notificationDifferences(
  now: NotificationSettings | null | undefined,
  wanted: Record<string, JsonValue>,
): FieldChange[] {
  if (now === null) return [];
  return Object.entries(wanted).flatMap(([member, after]) => {
    const before = (now?.[member] ?? 'absent') as JsonValue;
    const isEqual = String(before).toLowerCase() === String(after).toLowerCase();
    return isEqual ? [] : [{ field: `SyncNotificationSettings.${member}`, before, after }];
  });
}
