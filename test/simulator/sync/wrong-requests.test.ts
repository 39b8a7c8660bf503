import { everyPermission } from '../../helpers/simulator';
import { assign, groupId, instantiate, secretsFor, startLinked, templateId, type Linked } from './linked';

const unknown = '0a0b0c0d-1111-4222-8333-444455556666';

interface Wrong {
  readonly what: string;
  readonly path?: (linked: Linked) => string;
  readonly body?: (linked: Linked) => unknown;
  readonly without?: readonly string[];
  readonly status: number;
  readonly code: string;
}

interface Write {
  readonly name: string;
  readonly method: string;
  readonly path: (linked: Linked) => string;
  readonly wrong: readonly Wrong[];
}

const bad = { status: 400, code: 'Request_BadRequest' };
const missing = { status: 404, code: 'Request_ResourceNotFound' };
const denied = { status: 403, code: 'Authorization_RequestDenied' };
const schemaInvalid = { status: 400, code: 'schemaInvalid' };

const writers = [
  'Synchronization.ReadWrite.All',
  'Application.ReadWrite.OwnedBy',
  'Application.ReadWrite.All',
];
const noWriter: Wrong = { what: 'without a permission', without: writers, ...denied };
const otherPrincipal = (rest: string) => () => `/v1.0/servicePrincipals/${unknown}/synchronization/${rest}`;
const otherJob = (rest: string) => (linked: Linked) =>
  `${linked.root}/synchronization/jobs/Azure2Azure.none${rest}`;
const jobAction = (name: string) => (linked: Linked) => `${linked.job}/${name}`;

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
    name: 'applicationTemplates instantiate',
    method: 'POST',
    path: () => `/v1.0/applicationTemplates/${templateId}/instantiate`,
    wrong: [
      {
        what: 'another template',
        path: () => `/v1.0/applicationTemplates/${unknown}/instantiate`,
        body: () => ({ displayName: 'X' }),
        ...missing,
      },
      { what: 'no display name', body: () => ({}), ...bad },
      { what: 'an unknown member', body: () => ({ displayName: 'X', name: 'Y' }), ...bad },
      { what: 'a display name that is no text', body: () => ({ displayName: 7 }), ...bad },
      {
        what: 'without a permission',
        body: () => ({ displayName: 'X' }),
        without: ['Application.ReadWrite.OwnedBy', 'Application.ReadWrite.All'],
        ...denied,
      },
    ],
  },
  {
    name: 'jobs create',
    method: 'POST',
    path: ({ root }) => `${root}/synchronization/jobs`,
    wrong: [
      {
        what: 'a second job',
        body: () => ({ templateId: 'Azure2Azure' }),
        status: 409,
        code: 'Request_MultipleObjectsWithSameKeyValue',
      },
      { what: 'another template', body: () => ({ templateId: 'aws' }), ...bad },
      { what: 'no body', ...bad },
      {
        what: 'an unknown principal',
        path: otherPrincipal('jobs'),
        body: () => ({ templateId: 'Azure2Azure' }),
        ...missing,
      },
      { ...noWriter, body: () => ({ templateId: 'Azure2Azure' }) },
    ],
  },
  {
    name: 'jobs delete',
    method: 'DELETE',
    path: ({ job }) => job,
    wrong: [
      { what: 'an unknown job', path: otherJob(''), ...missing },
      { what: 'an unknown principal', path: otherPrincipal('jobs/x'), ...missing },
      noWriter,
    ],
  },
  ...['start', 'pause'].map((name) => ({
    name: `jobs ${name}`,
    method: 'POST',
    path: jobAction(name),
    wrong: [
      { what: 'an unknown job', path: otherJob(`/${name}`), ...missing },
      { what: 'an unknown principal', path: otherPrincipal(`jobs/x/${name}`), ...missing },
      { what: 'a body', body: () => ({ force: true }), ...bad },
      noWriter,
    ],
  })),
  {
    name: 'jobs restart',
    method: 'POST',
    path: jobAction('restart'),
    wrong: [
      {
        what: 'an unknown scope',
        body: () => ({ criteria: { resetScope: 'Watermark, Everything' } }),
        ...bad,
      },
      { what: 'a scope outside of criteria', body: () => ({ resetScope: 'Full' }), ...bad },
      { what: 'an unknown job', path: otherJob('/restart'), ...missing },
      noWriter,
    ],
  },
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
    name: 'schema put',
    method: 'PUT',
    path: jobAction('schema'),
    wrong: [
      { what: 'nothing', body: () => ({}), ...schemaInvalid },
      { what: 'a schema without directories', body: () => ({ synchronizationRules: [] }), ...schemaInvalid },
      { what: 'an unknown job', path: otherJob('/schema'), body: () => ({}), ...missing },
      { ...noWriter, body: () => ({}) },
    ],
  },
  {
    name: 'schema delete',
    method: 'DELETE',
    path: jobAction('schema'),
    wrong: [
      { what: 'an unknown job', path: otherJob('/schema'), ...missing },
      { what: 'an unknown principal', path: otherPrincipal('jobs/x/schema'), ...missing },
      noWriter,
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
      { what: 'one of two permissions', body: assignment(), without: ['Application.Read.All'], ...denied },
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

describe.each(writes)('$name refuses', ({ method, path: rightPath, wrong }) => {
  let linked: Linked;

  beforeAll(async () => {
    linked = await startLinked();
  });
  afterAll(() => linked.simulator.close());

  it.each([...wrong])('$what with $status $code', async ({ path, body, without = [], status, code }) => {
    const { simulator } = linked;
    const before = (await simulator.control.writes()).filter(({ effect }) => effect).length;
    const answer = await simulator.graph('con', method, (path ?? rightPath)(linked), {
      ...(body ? { body: body(linked) } : {}),
      roles: everyPermission.filter((name) => !without.includes(name)),
    });
    expect([answer.status, answer.body?.error?.code]).toEqual([status, code]);
    expect(answer.body.error.innerError['request-id']).toEqual(expect.any(String));
    expect((await simulator.control.writes()).filter(({ effect }) => effect)).toHaveLength(before);
  });
});

describe('what depends on the state', () => {
  let linked: Linked;

  beforeEach(async () => {
    linked = await startLinked();
  });
  afterEach(() => linked.simulator.close());

  it('refuses start while running, start without credentials and a duplicate assignment', async () => {
    const { simulator, job } = linked;
    expect((await simulator.graph('con', 'POST', `${job}/start`)).status).toBe(204);
    expect((await simulator.graph('con', 'POST', `${job}/start`)).status).toBe(400);
    const bob = simulator.personId('bob');
    expect((await assign(linked, bob)).status).toBe(201);
    expect((await assign(linked, bob)).body.error).toMatchObject({
      code: 'Request_BadRequest',
      message: 'Permission being assigned already exists on the object',
    });
    const other = (await instantiate(simulator, 'Second')).body.servicePrincipal.id;
    const jobs = `/v1.0/servicePrincipals/${other}/synchronization/jobs`;
    const made = await simulator.graph('con', 'POST', jobs, { body: { templateId: 'Azure2Azure' } });
    expect((await simulator.graph('con', 'POST', `${jobs}/${made.body.id}/start`)).status).toBe(400);
  });

  it('reaches only own applications with Application.ReadWrite.OwnedBy alone', async () => {
    const { simulator, root } = linked;
    const owned = ['Application.ReadWrite.OwnedBy'];
    const path = `${root}/synchronization/jobs`;
    expect((await simulator.graph('con', 'GET', path, { roles: owned })).status).toBe(200);
    const stranger = simulator.token('con', owned, '00000000-0000-4000-8000-000000000abc');
    const headers = { Authorization: `Bearer ${stranger}` };
    expect((await simulator.graph('con', 'GET', path, { headers })).status).toBe(403);
  });
});
