import type { GraphWrite } from '../graph/client';
import { readSecrets, replaceSecrets } from '../graph/synchronization-secrets';
import type { Change } from '../plan/types';
import { writtenKeys } from './secret-set';

/**
 * Saves target, scope and notification settings as one full set, from the parameters of a change. Whether PUT merges is
 * not documented: what else is readable goes along; a masked value is never put back (facts 4.3).
 * Returns Graph's request ids.
 */
export async function saveSettings(
  write: GraphWrite,
  servicePrincipalId: string,
  parameters: Change['parameters'],
): Promise<readonly string[]> {
  const others = (await readSecrets(write, servicePrincipalId)).flatMap(({ key, value }) =>
    value === null || writtenKeys.includes(key) ? [] : [{ key, value }],
  );
  return replaceSecrets(write, servicePrincipalId, [
    { key: 'AuthenticationType', value: 'SyncPolicy' },
    { key: 'CompanyId', value: String(parameters['companyId']) },
    { key: 'SyncNotificationSettings', value: JSON.stringify(parameters['notifications']) },
    { key: 'SyncAll', value: String(parameters['syncAll']) },
    ...others,
  ]);
}
