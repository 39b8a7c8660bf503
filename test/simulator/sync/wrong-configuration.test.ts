import { groupId, secretsFor, type Linked } from './linked';
import {
  bad,
  denied,
  jobAction,
  missing,
  noWriter,
  otherPrincipal,
  refusesWrongRequests,
  unknown,
  type Write,
} from './wrong-requests';

const fabId = ({ simulator }: Linked) => simulator.tenantId('fab');
const pairs = (linked: Linked, changes: Record<string, string>) => secretsFor(fabId(linked), changes).value;
const validation =
  (changes: object = {}) =>
  (linked: Linked) => ({
    useSavedCredentials: false,
    templateId: 'Azure2Azure',
    credentials: [
      { key: 'CompanyId', value: fabId(linked) },
      { key: 'AuthenticationType', value: 'SyncPolicy' },
    ],
    ...changes,
  });
const demand =
  (changes: object = {}, ruleId?: string) =>
  (linked: Linked) => ({
    parameters: [
      {
        ruleId: ruleId ?? linked.ruleId,
        subjects: [{ objectId: linked.simulator.personId('bob'), objectTypeName: 'User', ...changes }],
      },
    ],
  });
const assignment =
  (changes: object = {}) =>
  (linked: Linked) => ({
    principalId: linked.simulator.personId('bob'),
    resourceId: linked.servicePrincipalId,
    appRoleId: linked.appRoleId,
    ...changes,
  });

const writes: readonly Write[] = [
  {
    name: 'validateCredentials',
    method: 'POST',
    path: ({ root }) => `${root}/synchronization/jobs/validateCredentials`,
    wrong: [
      { what: 'another template', body: validation({ templateId: 'aws' }), ...bad },
      { what: 'no template', body: validation({ templateId: undefined }), ...bad },
      { what: 'the wrapper of the secrets', body: validation({ credentials: undefined, value: [] }), ...bad },
      { what: 'a text for a boolean', body: validation({ useSavedCredentials: 'False' }), ...bad },
      {
        what: 'no company',
        body: validation({ credentials: [{ key: 'AuthenticationType', value: 'SyncPolicy' }] }),
        ...bad,
      },
      {
        what: 'an unknown tenant',
        body: validation({
          credentials: [
            { key: 'CompanyId', value: unknown },
            { key: 'AuthenticationType', value: 'SyncPolicy' },
          ],
        }),
        status: 400,
        code: 'ExternalTenantNotFound',
      },
      { ...noWriter, body: validation() },
    ],
  },
  {
    name: 'secrets put',
    method: 'PUT',
    path: ({ root }) => `${root}/synchronization/secrets`,
    wrong: [
      {
        what: 'the wrapper of validateCredentials',
        body: (linked) => ({ credentials: pairs(linked, {}) }),
        ...bad,
      },
      {
        what: 'an unknown key',
        body: (linked) => ({ value: pairs(linked, { NotificationEmail: 'a@b.example' }) }),
        ...bad,
      },
      {
        what: 'a boolean value',
        body: (linked) => ({ value: [...pairs(linked, {}).slice(0, 3), { key: 'SyncAll', value: false }] }),
        ...bad,
      },
      {
        what: 'a word that is no boolean',
        body: (linked) => ({ value: pairs(linked, { SyncAll: 'yes' }) }),
        ...bad,
      },
      {
        what: 'a company that is no id',
        body: (linked) => ({ value: pairs(linked, { CompanyId: 'fabrikam.com' }) }),
        ...bad,
      },
      {
        what: 'settings that are no JSON',
        body: (linked) => ({ value: pairs(linked, { SyncNotificationSettings: '{Enabled}' }) }),
        ...bad,
      },
      {
        what: 'another authentication',
        body: (linked) => ({ value: pairs(linked, { AuthenticationType: 'Basic' }) }),
        ...bad,
      },
      {
        what: 'an unknown principal',
        path: otherPrincipal('secrets'),
        body: (linked) => ({ value: pairs(linked, {}) }),
        ...missing,
      },
    ],
  },
  {
    name: 'appRoleAssignedTo create',
    method: 'POST',
    path: ({ root }) => `${root}/appRoleAssignedTo`,
    wrong: [
      { what: 'a role of nobody', body: assignment({ appRoleId: unknown }), ...bad },
      { what: 'another resource', body: assignment({ resourceId: unknown }), ...bad },
      { what: 'an unknown principal', body: assignment({ principalId: unknown }), ...missing },
      { what: 'a principal that is no id', body: assignment({ principalId: 'bob@contoso.com' }), ...bad },
      { what: 'no resource', body: assignment({ resourceId: undefined }), ...bad },
      {
        what: 'a group without security',
        body: assignment({ principalId: groupId('Contoso Town Hall') }),
        ...bad,
      },
      {
        what: 'one of two permissions',
        body: assignment(),
        without: ['Application.Read.All', 'Application.ReadWrite.All'],
        ...denied,
      },
      {
        what: 'the other of two permissions',
        body: assignment(),
        without: ['AppRoleAssignment.ReadWrite.All'],
        ...denied,
      },
    ],
  },
  {
    name: 'appRoleAssignedTo delete',
    method: 'DELETE',
    path: ({ root }) => `${root}/appRoleAssignedTo/none`,
    wrong: [
      { what: 'an unknown assignment', ...missing },
      {
        what: 'an unknown service principal',
        path: () => `/v1.0/servicePrincipals/${unknown}/appRoleAssignedTo/x`,
        ...missing,
      },
      { what: 'without the permission', without: ['AppRoleAssignment.ReadWrite.All'], ...denied },
    ],
  },
  {
    name: 'provisionOnDemand',
    method: 'POST',
    path: jobAction('provisionOnDemand'),
    wrong: [
      { what: 'another rule', body: demand({}, unknown), ...bad },
      { what: 'an unknown subject', body: demand({ objectId: unknown }), ...missing },
      { what: 'a group', body: demand({ objectId: groupId('Pilot'), objectTypeName: 'Group' }), ...bad },
      { what: 'the member objectType', body: demand({ objectType: 'User' }), ...bad },
      { what: 'no subject', body: ({ ruleId }) => ({ parameters: [{ ruleId, subjects: [] }] }), ...bad },
    ],
  },
];

refusesWrongRequests(writes);
