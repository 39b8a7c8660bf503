import type { Answer, Call, Route } from '../route';
import { auditProvisioning } from './audit';
import { contextOf, jobOf, readsSynchronization, servicePrincipalOf, writesSynchronization } from './found';
import { checkSchema } from './schema-check';
import { schemaOf } from './scene';

function getSchema(call: Call): Answer {
  const { configuration, job } = jobOf(call);
  const context = `synchronization/jobs('${job.id}')/schema/$entity`;
  return {
    status: 200,
    body: {
      '@odata.context': contextOf(call, configuration.servicePrincipalId, context),
      ...schemaOf(job),
    },
  };
}

/** Replaces the whole schema; the next cycle looks at everybody again (facts 4.9). */
function putSchema(call: Call): Answer {
  const { job } = jobOf(call);
  const { '@odata.context': _context, ...schema } = checkSchema(call.body, schemaOf(job));
  job.schema = { ...schema, id: job.id };
  job.isFullNext = true;
  record(call);
  return { status: 204 };
}

function deleteSchema(call: Call): Answer {
  const { job } = jobOf(call);
  job.schema = null;
  job.isFullNext = true;
  record(call);
  return { status: 204 };
}

function record(call: Call): void {
  auditProvisioning(call.world, call.tenant, servicePrincipalOf(call), 'Update attribute mappings or scope', {
    initiatedByApp: call.clientId,
  });
}

const path = '/v1.0/servicePrincipals/{servicePrincipalId}/synchronization/jobs/{jobId}/schema';
const writing = { permissions: writesSynchronization, throttle: 'directory', isWrite: true } as const;

export const schemaRoutes: readonly Route[] = [
  {
    ...{ method: 'GET', path, operation: 'schema.get', permissions: readsSynchronization },
    ...{ throttle: 'directory', isWrite: false },
    run: getSchema,
  },
  { ...writing, method: 'PUT', path, operation: 'schema.replace', run: putSchema },
  { ...writing, method: 'DELETE', path, operation: 'schema.reset', run: deleteSchema },
];
