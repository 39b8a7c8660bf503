import { assign, instantiate, startLinked, templateId, type Linked } from './linked';
import {
  bad,
  denied,
  jobAction,
  missing,
  noWriter,
  otherJob,
  otherPrincipal,
  refusesWrongRequests,
  schemaInvalid,
  unknown,
  type Write,
} from './wrong-requests';

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
];

refusesWrongRequests(writes);

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
