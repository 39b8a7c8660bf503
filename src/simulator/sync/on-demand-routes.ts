import { z } from 'zod/v4';
import { readJsonBody } from '../body';
import { badRequest, notFound } from '../refusal';
import type { Answer, Call, Route } from '../route';
import { findDeletedUser, findUser } from '../users';
import { connectionFault } from './cycle';
import { userRule } from './default-schema';
import { sceneOfCall, writesSynchronization } from './found';
import { provisionNow, refusedNow } from './on-demand';
import { schemaOf } from './scene';

const subject = z.strictObject({
  objectId: z.guid().transform((id) => id.toLowerCase()),
  objectTypeName: z.string(),
  links: z.looseObject({}).nullish(),
});

const demandBody = z.strictObject({
  parameters: z.array(z.strictObject({ ruleId: z.string(), subjects: z.array(subject).length(1) })).length(1),
});

/** Provision on demand: one user, the same code as a cycle, the answer encoded twice (facts 4.7). */
function provisionOnDemand(call: Call): Answer {
  const [parameter] = readJsonBody(demandBody, call.body).parameters;
  const scene = sceneOfCall(call, { isOnDemand: true });
  const { ruleId = '', subjects = [] } = parameter ?? {};
  if (userRule(schemaOf(scene.job))?.rule.id !== ruleId) {
    throw badRequest(
      `The synchronization rule '${ruleId}' does not exist or does not support provision on demand.`,
    );
  }
  const { objectId = '', objectTypeName = '' } = subjects[0] ?? {};
  if (objectTypeName !== 'User') {
    throw badRequest(`Objects of type '${objectTypeName}' cannot be provisioned on demand by this job.`);
  }
  const { world, source, target } = scene;
  if (!findUser(world, source, objectId) && !findDeletedUser(world, source, objectId))
    throw notFound(objectId);
  if (!scene.configuration.secrets.length) {
    throw badRequest('The synchronization job has no credentials. Save the secrets first.');
  }
  const fault = connectionFault(scene);
  const answer =
    fault || !target
      ? refusedNow(scene, objectId, fault ?? { code: 'ExternalTenantNotFound', message: '' })
      : provisionNow(scene, target, objectId);
  const context = `${call.origin}/${call.version}/$metadata#microsoft.graph.stringKeyStringValuePair`;
  return { status: 200, body: { '@odata.context': context, ...answer } };
}

export const onDemandRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/v1.0/servicePrincipals/{servicePrincipalId}/synchronization/jobs/{jobId}/provisionOnDemand',
    operation: 'jobs.provisionOnDemand',
    permissions: writesSynchronization,
    throttle: 'provisionOnDemand',
    isWrite: true,
    run: provisionOnDemand,
  },
];
