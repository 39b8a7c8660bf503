import { z } from 'zod/v4';
import { differences } from '../audits';
import { readJsonBody } from '../body';
import { Refusal, badRequest } from '../refusal';
import type { Answer, Call, Route } from '../route';
import { auditProvisioningCall } from './audit';
import { checkConnection } from './connection';
import { configurationOf, contextOf, jobOf, readsSynchronization, writesSynchronization } from './found';
import { secretOf, tenantById } from './scene';
import { shownSecret } from './secret-keys';
import { checkSecrets, secretPair } from './secrets';
import type { Configuration, Secret, SyncJob } from './state';
import { templateTag } from './template';

const validateBody = z.strictObject({
  applicationIdentifier: z.string().nullish(),
  templateId: z.string().nullish(),
  useSavedCredentials: z.boolean().nullish(),
  credentials: z.array(secretPair).nullish(),
});

/** Tests the connection before a job exists: the credentials of the body, or the saved ones. */
function validateOfCollection(call: Call): Answer {
  const body = readJsonBody(validateBody, call.body);
  if (body.templateId !== templateTag) {
    throw badRequest(`Template '${body.templateId ?? ''}' does not exist for this application.`);
  }
  return validate(call, configurationOf(call), body);
}

function validateOfJob(call: Call): Answer {
  const body = readJsonBody(validateBody, call.body);
  if (body.templateId && body.templateId !== templateTag) {
    throw badRequest(`Template '${body.templateId}' does not exist for this application.`);
  }
  return validate(call, jobOf(call).configuration, body);
}

function validate(call: Call, configuration: Configuration, body: z.output<typeof validateBody>): Answer {
  const given = body.useSavedCredentials ? configuration.secrets : checkSecrets(body.credentials ?? []);
  const valueOf = (key: string) => given.find((secret) => secret.key === key)?.value ?? null;
  const companyId = valueOf('CompanyId');
  if (!companyId || valueOf('AuthenticationType') !== 'SyncPolicy') {
    throw badRequest('The credentials CompanyId and AuthenticationType are required.');
  }
  const fault = checkConnection(call.tenant, tenantById(call.world, companyId), companyId);
  if (fault) throw new Refusal(400, fault.code, fault.message);
  return { status: 204 };
}

const secretsBody = z.strictObject({ value: z.array(secretPair).min(1) });

/** Replaces the whole set (whether Graph merges is UNVERIFIED, facts 4.3: callers send everything). */
function putSecrets(call: Call): Answer {
  const { value } = readJsonBody(secretsBody, call.body);
  const configuration = configurationOf(call);
  const before = { ...configuration };
  configuration.secrets = checkSecrets(value);
  if (configuration.job) noticeSecrets(configuration.job, before, configuration);
  const values = (secrets: readonly Secret[]) =>
    Object.fromEntries(
      secrets.map((secret) => [secret.key, shownSecret(secret, call.tenant.sync.options).value]),
    );
  auditProvisioningCall(call, 'Update provisioning setting or credentials', {
    details: value.map(({ key }) => ({ key: 'Setting', value: key })),
    modified: differences(values(before.secrets), values(configuration.secrets)),
  });
  return { status: 204 };
}

/**
 * Another target starts over; everybody in scope now is noticed by the next cycle. Going back to assigned users is not:
 * that needs a restart (facts 4.3).
 */
function noticeSecrets(job: SyncJob, before: Configuration, after: Configuration): void {
  const differs = (key: string) => secretOf(before, key) !== secretOf(after, key);
  if (secretOf(before, 'CompanyId') && differs('CompanyId')) {
    job.subjects = {};
    job.isFullNext = true;
  }
  if (differs('SyncAll') && secretOf(after, 'SyncAll') === 'true') job.assignmentVersion = -1;
}

function getSecrets(call: Call): Answer {
  const { servicePrincipalId, secrets } = configurationOf(call);
  return {
    status: 200,
    body: {
      '@odata.context': contextOf(call, servicePrincipalId, 'synchronization/secrets'),
      value: secrets.map((secret) => shownSecret(secret, call.tenant.sync.options)),
    },
  };
}

const synchronization = '/v1.0/servicePrincipals/{servicePrincipalId}/synchronization';

export const credentialRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: `${synchronization}/jobs/validateCredentials`,
    operation: 'jobs.validateCredentials',
    permissions: writesSynchronization,
    throttle: 'directory',
    isWrite: false,
    run: validateOfCollection,
  },
  {
    method: 'POST',
    path: `${synchronization}/jobs/{jobId}/validateCredentials`,
    operation: 'jobs.validateCredentials',
    permissions: writesSynchronization,
    throttle: 'directory',
    isWrite: false,
    run: validateOfJob,
  },
  {
    method: 'PUT',
    path: `${synchronization}/secrets`,
    operation: 'secrets.replace',
    permissions: writesSynchronization,
    throttle: 'directory',
    isWrite: true,
    run: putSecrets,
  },
  {
    method: 'GET',
    path: `${synchronization}/secrets`,
    operation: 'secrets.get',
    permissions: readsSynchronization,
    throttle: 'directory',
    isWrite: false,
    run: getSecrets,
  },
];
