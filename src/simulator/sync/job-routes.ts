import { z } from 'zod/v4';
import { readJsonBody, refuseBody } from '../body';
import { newId } from '../clock';
import { Refusal, badRequest } from '../refusal';
import type { Answer, Call, Route } from '../route';
import { auditProvisioningCall } from './audit';
import { configurationOf, contextOf, jobOf, readsSynchronization, writesSynchronization } from './found';
import { newJob, pauseJob, restartJob, restartScopes, startJob } from './job';
import { schemaOf } from './scene';
import { showJob } from './shown-job';
import { templateTag } from './template';

const jobs = '/v1.0/servicePrincipals/{servicePrincipalId}/synchronization/jobs';

function listJobs(call: Call): Answer {
  const { servicePrincipalId, job } = configurationOf(call);
  return {
    status: 200,
    body: {
      '@odata.context': contextOf(call, servicePrincipalId, 'synchronization/jobs'),
      value: job ? [showJob(job, call.now)] : [],
    },
  };
}

function createJob(call: Call): Answer {
  const { templateId } = readJsonBody(z.strictObject({ templateId: z.string() }), call.body);
  const configuration = configurationOf(call);
  if (templateId !== templateTag)
    throw badRequest(`Template '${templateId}' does not exist for this application.`);
  if (configuration.job) {
    // How Graph refuses a second job is not documented (facts 4.4, UNVERIFIED).
    throw new Refusal(
      409,
      'Request_MultipleObjectsWithSameKeyValue',
      `A synchronization job of template '${templateId}' already exists.`,
    );
  }
  const job = newJob(`${templateTag}.${call.tenant.tenantId.replaceAll('-', '')}.${newId(call.world)}`);
  configuration.job = job;
  auditProvisioningCall(call, 'Add provisioning configuration');
  return { status: 201, body: jobBody(call, configuration.servicePrincipalId, showJob(job, call.now)) };
}

function jobBody(call: Call, servicePrincipalId: string, shown: object) {
  return {
    '@odata.context': contextOf(call, servicePrincipalId, 'synchronization/jobs/$entity'),
    ...shown,
  };
}

function getJob(call: Call): Answer {
  const { configuration, job } = jobOf(call);
  const expand = call.query.get('$expand');
  if (expand !== undefined && expand !== 'schema') {
    throw badRequest(`Could not find a property named '${expand}' to expand.`);
  }
  const shown = { ...showJob(job, call.now), ...(expand ? { schema: schemaOf(job) } : {}) };
  return { status: 200, body: jobBody(call, configuration.servicePrincipalId, shown) };
}

function deleteJob(call: Call): Answer {
  const { configuration } = jobOf(call);
  configuration.job = null;
  auditProvisioningCall(call, 'Delete provisioning configuration');
  return { status: 204 };
}

function start(call: Call): Answer {
  refuseBody(call.body);
  const { configuration, job } = jobOf(call);
  if (!configuration.secrets.some(({ key }) => key === 'CompanyId')) {
    throw badRequest('The synchronization job has no credentials. Save the secrets first.');
  }
  if (job.schedule === 'Active' && !job.quarantine) {
    throw badRequest('The synchronization job is already running.');
  }
  startJob(job, call.now);
  auditProvisioningCall(call, 'Enable/start provisioning configuration');
  return { status: 204 };
}

function pause(call: Call): Answer {
  refuseBody(call.body);
  const { job } = jobOf(call);
  pauseJob(job);
  auditProvisioningCall(call, 'Disable/pause provisioning configuration');
  return { status: 204 };
}

const restartBody = z.strictObject({
  criteria: z.strictObject({ resetScope: z.string().nullish() }).nullish(),
});

function restart(call: Call): Answer {
  const body = readJsonBody(restartBody, call.body ?? {});
  const { job } = jobOf(call);
  const scopes = restartScopes(body.criteria?.resetScope ?? '');
  if (!scopes) throw badRequest(`Invalid value specified for property 'resetScope' of resource.`);
  restartJob(job, scopes, call.now);
  auditProvisioningCall(call, 'Enable/restart provisioning configuration', {
    details: [{ key: 'ResetScope', value: scopes.join(', ') }],
  });
  return { status: 204 };
}

const reading = { permissions: readsSynchronization, throttle: 'directory', isWrite: false } as const;
const writing = { permissions: writesSynchronization, throttle: 'directory', isWrite: true } as const;
const job = `${jobs}/{jobId}`;

export const jobRoutes: readonly Route[] = [
  { ...reading, method: 'GET', path: jobs, operation: 'jobs.list', run: listJobs },
  { ...writing, method: 'POST', path: jobs, operation: 'jobs.create', run: createJob },
  {
    ...{ ...reading, method: 'GET', path: job, operation: 'jobs.get' },
    query: { options: ['$expand'], expand: ['schema'] },
    run: getJob,
  },
  { ...writing, method: 'DELETE', path: job, operation: 'jobs.delete', run: deleteJob },
  { ...writing, method: 'POST', path: `${job}/start`, operation: 'jobs.start', run: start },
  { ...writing, method: 'POST', path: `${job}/pause`, operation: 'jobs.pause', run: pause },
  {
    ...writing,
    method: 'POST',
    path: `${job}/restart`,
    operation: 'jobs.restart',
    run: restart,
  },
];
