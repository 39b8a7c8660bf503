import { instantiateConfiguration } from '../graph/application-templates';
import { findConfiguration, type Configuration } from '../graph/configurations';
import { rolesFor } from '../graph/role-templates';
import { isSynchronizationReady } from '../graph/synchronization-jobs';
import type { Change, ResolvedIds, Step, StepContext } from '../plan/types';
import { namesOf } from './step-words';

export interface ConfigurationObserved {
  readonly configuration: Configuration | null;
}

/** The link's configuration in the source, as every later step sees it. */
export async function observeConfiguration(context: StepContext): Promise<Configuration | null> {
  return (await findConfiguration(context.source, context.link.target)) ?? null;
}

/** The application that holds job and assignments, named after the target (facts 4.1; 9.1, 6). */
export const configuration: Step<ConfigurationObserved> = {
  name: 'configuration',
  side: 'source',
  tier: 'T2',
  roleTemplateIds: rolesFor.synchronization,
  permissions: ['Application.Read.All', 'Application.ReadWrite.OwnedBy', 'Synchronization.Read.All'],
  title: (context) => `Create the configuration "${namesOf(context).target}" in ${namesOf(context).source}`,
  meaning: (context) =>
    `An enterprise application named ${namesOf(context).target} appears in ${namesOf(context).source}. It holds the synchronization job and who is in scope; nobody is synchronized yet.`,
  async observe(context) {
    return { configuration: await observeConfiguration(context) };
  },
  diff({ link }, observed) {
    if (observed.configuration) return [];
    const { displayName } = link.target;
    const change: Change = {
      operation: 'applicationTemplates.instantiate',
      title: `Configuration application "${displayName}"`,
      fields: [{ field: 'displayName', before: 'absent', after: displayName }],
      parameters: { displayName },
      affectedUsers: 0,
      undo: 'Removing a configuration is not offered yet. Without assignments and a running job it synchronizes nobody.',
    };
    return [change];
  },
  resolve: ({ configuration: found }) => (found ? idsOf(found) : {}),
  async apply(write, change, _resolved, context) {
    const found = await findConfiguration(write, context.link.target);
    if (found) return { resolved: idsOf(found), requestIds: [] };
    const sent = await instantiateConfiguration(write, String(change.parameters['displayName']));
    await write.waitFor(async () => {
      const isReady = await isSynchronizationReady(write, sent.value.id);
      return isReady ? findConfiguration(write, context.link.target) : undefined;
    }, 'waiting for the configuration application');
    return { resolved: idsOf(sent.value), requestIds: sent.requestIds };
  },
};

function idsOf(application: { readonly id: string; readonly appRoleId: string | null }): ResolvedIds {
  return {
    servicePrincipalId: application.id,
    ...(application.appRoleId ? { appRoleId: application.appRoleId } : {}),
  };
}
