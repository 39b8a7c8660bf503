import { rolesFor } from '../graph/role-templates';
import { readSecrets, replaceSecrets, type Secret } from '../graph/synchronization-secrets';
import type { Change, Step } from '../plan/types';
import { observeConfiguration } from './configuration';
import { resolvedId } from './resolved-id';
import { differences, wantedSecrets, writtenKeys } from './secret-set';
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
    return `The configuration knows its target. Users and groups that are assigned are in scope.${guard}${mail}`;
  },
  async observe(context) {
    const found = await observeConfiguration(context);
    if (!found) return { secrets: [] };
    return { secrets: found.secrets ?? (await readSecrets(context.source, found.id)) };
  },
  diff(context, observed) {
    const wanted = wantedSecrets(observed.secrets, desiredOf(context), context.link.target.tenantId);
    const fields = differences(observed.secrets, wanted);
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
    };
    return [change];
  },
  async apply(write, { parameters }, resolved) {
    const servicePrincipalId = resolvedId(resolved, 'servicePrincipalId', 'saving the settings');
    // Whether PUT merges is not documented: what else is readable goes along; a masked value is never put back.
    const others = (await readSecrets(write, servicePrincipalId)).flatMap(({ key, value }) =>
      value === null || writtenKeys.includes(key) ? [] : [{ key, value }],
    );
    const requestIds = await replaceSecrets(write, servicePrincipalId, [
      { key: 'AuthenticationType', value: 'SyncPolicy' },
      { key: 'CompanyId', value: String(parameters['companyId']) },
      { key: 'SyncNotificationSettings', value: JSON.stringify(parameters['notifications']) },
      { key: 'SyncAll', value: String(parameters['syncAll']) },
      ...others,
    ]);
    return { requestIds };
  },
};
