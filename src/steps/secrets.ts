import { rolesFor } from '../graph/role-templates';
import { readSecrets, type Secret } from '../graph/synchronization-secrets';
import type { Change, Step } from '../plan/types';
import { observeConfiguration } from './configuration';
import { resolvedId } from './resolved-id';
import { saveSettings } from './save-settings';
import { differences, maskedNotes, wantedSecrets } from './secret-set';
import { desiredOf, namesOf, references } from './step-words';

interface Observed {
  /** `[]` when there is no configuration yet. */
  readonly secrets: readonly Secret[];
}

/** Saves target, scope, deletion guard and notification mail as one full set (facts 4.3; 9.1, 9). */
export const secrets: Step<Observed> = {
  name: 'secrets',
  side: 'source',
  tier: 'T2',
  roleTemplateIds: rolesFor.synchronization,
  permissions: ['Synchronization.ReadWrite.All'],
  title: (context) => `Save target, scope, guard and mail in the configuration "${namesOf(context).target}"`,
  meaning: (context) => {
    const { deletionGuard, notificationMail } = desiredOf(context);
    const guard =
      deletionGuard === null
        ? ''
        : ` A cycle that would remove ${deletionGuard} or more users stops and asks.`;
    const mail = notificationMail === null ? '' : ` Faults are mailed to ${notificationMail}.`;
    return `The configuration knows its target.${guard}${mail}`;
  },
  async observe(context) {
    const found = await observeConfiguration(context);
    if (!found) return { secrets: [] };
    return { secrets: found.secrets ?? (await readSecrets(context.source, found.id)) };
  },
  diff(context, observed) {
    const { verified = null, hasWritten = false } = context;
    const wanted = wantedSecrets(
      observed.secrets,
      desiredOf(context),
      context.link.target.tenantId,
      verified,
    );
    const fields = differences(observed.secrets, wanted, { verified, hasWritten });
    if (fields.length === 0) return [];
    const change: Change = {
      operation: 'secrets.replace',
      title: `Settings of the configuration "${namesOf(context).target}"`,
      fields,
      parameters: {
        servicePrincipalId: references.servicePrincipalId,
        companyId: wanted.companyId,
        syncAll: wanted.syncAll,
        notifications: wanted.notifications,
      },
      affectedUsers: 0,
      undo: true,
      notes: [
        wanted.syncAll === 'true'
          ? `Everybody in ${namesOf(context).source} is in scope, and stays so: SyncAll was set before. scope set narrows it.`
          : 'Users and groups that are assigned are in scope.',
        ...maskedNotes(observed.secrets, wanted.notifications),
      ],
    };
    return [change];
  },
  async apply(write, { parameters }, resolved) {
    const servicePrincipalId = resolvedId(resolved, 'servicePrincipalId', 'saving the settings');
    return { requestIds: await saveSettings(write, servicePrincipalId, parameters) };
  },
};
