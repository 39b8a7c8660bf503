import { crossTenantSyncTemplateId } from '../../graph/service-principals';
import { outdated } from './outdated';
import { address, literal, quoted, shown, table, type Value } from './quote';
import type { ChangeScene, Line, WriteRow } from './script';

const job = ({ value }: ChangeScene) =>
  `-ServicePrincipalId ${shown(value('servicePrincipalId'))} -SynchronizationJobId ${shown(value('jobId'))}`;

/** An address below the configuration’s synchronization. */
export const below = (servicePrincipalId: Value, ...rest: readonly (string | Value)[]) =>
  address('v1.0/servicePrincipals/', servicePrincipalId, '/synchronization/', ...rest);

/** Sets `$servicePrincipalId` and `$appRoleId` for the lines after it. */
export const instantiate: WriteRow = {
  lines: ({ change, value }) => [
    {
      about: change.title,
      command: `$configuration = Invoke-MgInstantiateApplicationTemplate -ApplicationTemplateId ${quoted(crossTenantSyncTemplateId)} -BodyParameter ${table({ displayName: shown(value('displayName')) })}`,
    },
    {
      about: 'Its ids, for the lines below. Wait until Get-MgServicePrincipal finds it: up to a minute',
      command:
        '$servicePrincipalId = $configuration.ServicePrincipal.Id; $appRoleId = $configuration.ServicePrincipal.AppRoles[0].Id',
    },
  ],
};

export const validateCredentials: WriteRow = { lines: (scene) => [testLine(scene)] };

function testLine({ value }: ChangeScene): Line {
  const body = table({
    useSavedCredentials: '$false',
    templateId: quoted('Azure2Azure'),
    credentials: `@(${[
      table({ key: quoted('CompanyId'), value: shown(value('targetTenantId')) }),
      table({ key: quoted('AuthenticationType'), value: quoted('SyncPolicy') }),
    ].join(', ')})`,
  });
  const uri = below(value('servicePrincipalId'), 'jobs/validateCredentials');
  return {
    about: 'Test the connection: no answer means that it works',
    command: `Invoke-MgGraphRequest -Method POST -Uri ${uri} -Body ${body}`,
  };
}

/** Sets `$jobId` for the lines after it. */
export const createJob: WriteRow = {
  lines: (scene) => [
    testLine(scene),
    {
      about: scene.change.title,
      command: `$jobId = (New-MgServicePrincipalSynchronizationJob -ServicePrincipalId ${shown(scene.value('servicePrincipalId'))} -TemplateId ${shown(scene.value('templateId'))}).Id`,
    },
  ],
  outdated: [outdated.partnerProvisioning],
};

export const startJob: WriteRow = {
  lines: (scene) => [
    {
      about: `${scene.change.title}: start`,
      command: `Start-MgServicePrincipalSynchronizationJob ${job(scene)}`,
    },
  ],
  outdated: [outdated.onPremisesCycle],
};

export const pauseJob: WriteRow = {
  lines: (scene) => [
    {
      about: `${scene.change.title}: pause`,
      command: `Suspend-MgServicePrincipalSynchronizationJob ${job(scene)}`,
    },
  ],
};

export const restartJob: WriteRow = {
  lines: (scene) => {
    const scope = String(scene.change.parameters['resetScope'] ?? '');
    const body = literal({ criteria: { resetScope: scope } });
    const uri = below(scene.value('servicePrincipalId'), 'jobs/', scene.value('jobId'), '/restart');
    return [
      {
        about: scene.change.title,
        command: `Invoke-MgGraphRequest -Method POST -Uri ${uri} -Body ${body}`,
      },
    ];
  },
  outdated: [outdated.onPremisesCycle],
};

export const provisionOnDemand: WriteRow = {
  lines: (scene) => {
    const subject = table({ objectId: shown(scene.value('userId')), objectTypeName: quoted('User') });
    const rule = table({ ruleId: shown(scene.value('ruleId')), subjects: `@(${subject})` });
    return [
      {
        about: scene.change.title,
        command: `New-MgServicePrincipalSynchronizationJobOnDemand ${job(scene)} -BodyParameter ${table({ parameters: `@(${rule})` })}`,
      },
    ];
  },
  outdated: [outdated.onPremisesCycle],
};

/** The whole set goes together: whether PUT merges is not documented (facts 4.3). */
export const replaceSecrets: WriteRow = {
  lines: ({ change, value }) => {
    const notifications = JSON.stringify(change.parameters['notifications'] ?? null);
    const body = literal({
      value: [
        { key: 'AuthenticationType', value: 'SyncPolicy' },
        { key: 'CompanyId', value: String(change.parameters['companyId'] ?? '') },
        { key: 'SyncNotificationSettings', value: notifications },
        { key: 'SyncAll', value: String(change.parameters['syncAll'] ?? 'false') },
      ],
    });
    return [
      {
        about: change.title,
        command: `Invoke-MgGraphRequest -Method PUT -Uri ${below(value('servicePrincipalId'), 'secrets')} -Body ${body}`,
      },
    ];
  },
};
