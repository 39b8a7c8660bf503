import type { JsonValue, Change, Step, StepContext, StepName, Tier } from '../plan/types';
import type { Secret } from '../graph/synchronization-secrets';
import { existingConfiguration, savedSettings } from './existing-configuration';
import { saveSettings } from './save-settings';
import { maskedNotes, notificationDifferences, presentNotifications, syncAllOf } from './secret-set';

interface Observed {
  readonly servicePrincipalId: string;
  readonly secrets: readonly Secret[];
  /** The threshold that a job may carry as well (facts 4.10). */
  readonly notes: readonly string[];
}

/** How `guard` and `mail` differ. */
export interface Setting {
  readonly name: StepName;
  readonly roleTemplateIds: readonly string[];
  title(context: StepContext): string;
  meaning(context: StepContext): string;
  /** Members of `SyncNotificationSettings` that shall stand so (facts 4.3). */
  members(context: StepContext): Readonly<Record<string, JsonValue>>;
  notes?(context: StepContext, servicePrincipalId: string): Promise<readonly string[]>;
  tierOf?(changes: readonly Change[]): Tier;
}

/** A step that changes some notification settings and keeps all else of the set (facts 4.3). */
export function settingStep(setting: Setting): Step<Observed> {
  const { name, roleTemplateIds, title, meaning, members, tierOf } = setting;
  return {
    name,
    side: 'source',
    tier: 'T1',
    roleTemplateIds,
    permissions: ['Synchronization.ReadWrite.All'],
    title,
    meaning,
    ...(tierOf ? { tierOf } : {}),
    async observe(context) {
      const found = await existingConfiguration(context);
      const secrets = await savedSettings(context, found);
      const notes = (await setting.notes?.(context, found.id)) ?? [];
      return { servicePrincipalId: found.id, secrets, notes };
    },
    diff: (context, observed) => settingChange(title(context), context, observed, members(context)),
    async apply(write, { parameters }) {
      const requestIds = await saveSettings(write, String(parameters['servicePrincipalId']), parameters);
      return { requestIds };
    },
  };
}

function settingChange(
  title: string,
  context: StepContext,
  { servicePrincipalId, secrets, notes }: Observed,
  members: Readonly<Record<string, JsonValue>>,
): Change[] {
  const { verified = null, hasWritten = false } = context;
  const known = { verified, hasWritten, isAsked: true };
  const fields = notificationDifferences(secrets, members, known);
  if (fields.length === 0) return [];
  const notifications = { ...presentNotifications(secrets, verified), ...members };
  const change: Change = {
    operation: 'secrets.replace',
    title,
    fields,
    parameters: {
      servicePrincipalId,
      companyId: context.link.target.tenantId,
      syncAll: syncAllOf(secrets, verified),
      notifications,
    },
    affectedUsers: 0,
    undo: true,
    notes: [...notes, ...maskedNotes(secrets, notifications)],
  };
  return [change];
}
