import type { Answer, Call, Route } from '../route';
import { differences } from '../audits';
import { auditProvisioningCall } from './audit';
import { userRule } from './default-schema';
import { contextOf, jobOf, readsSynchronization, writesSynchronization } from './found';
import { checkSchema } from './schema-check';
import { schemaOf } from './scene';
import type { MappingSchema } from './schema-types';

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
  const before = schemaOf(job);
  job.schema = { ...schema, id: job.id };
  job.isFullNext = true;
  record(call, before, schemaOf(job));
  return { status: 204 };
}

function deleteSchema(call: Call): Answer {
  const { job } = jobOf(call);
  const before = schemaOf(job);
  job.schema = null;
  job.isFullNext = true;
  record(call, before, schemaOf(job));
  return { status: 204 };
}

/** What changed about the mapping of users, by target attribute, and about its filters. */
function record(call: Call, before: MappingSchema, after: MappingSchema): void {
  const parts = (schema: MappingSchema) => {
    const mapping = userRule(schema)?.mapping;
    const flows = mapping?.attributeMappings.map((each) => [each.targetAttributeName, each] as const) ?? [];
    const { enabled, flowTypes, scope } = mapping ?? {};
    return { enabled, flowTypes, scope: scope?.groups ?? [], ...Object.fromEntries(flows) };
  };
  auditProvisioningCall(call, 'Update attribute mappings or scope', {
    modified: differences(parts(before), parts(after)),
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
