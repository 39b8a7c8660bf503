import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod/v4';
import { instantiateAnswerSchema } from '../../src/graph/application-templates';
import { appRoleAssignmentSchema } from '../../src/graph/app-role-assignments';
import { phoneMethodSchema } from '../../src/graph/authentication-methods';
import { authorizationPolicySchema } from '../../src/graph/authorization-policy';
import { batchAnswerSchema } from '../../src/graph/batch';
import * as policies from '../../src/graph/cross-tenant-access-policy';
import { problemOf } from '../../src/graph/graph-error';
import { organizationAnswer } from '../../src/graph/organization';
import { registrationSchema } from '../../src/graph/registration-report';
import { provisionAnswerSchema } from '../../src/graph/provision-on-demand';
import { provisioningEventSchema } from '../../src/graph/provisioning-logs';
import { servicePrincipalSchema, toServicePrincipal } from '../../src/graph/service-principals';
import { subscribedSkuSchema } from '../../src/graph/subscribed-skus';
import { synchronizationJobSchema } from '../../src/graph/synchronization-jobs';
import {
  mappedUserType,
  synchronizationSchemaSchema,
  userRuleId,
  withUserType,
} from '../../src/graph/synchronization-schema';
import { tenantInformationSchema } from '../../src/graph/tenant-information';

const folder = join(__dirname, '../../../shared/graph/samples');
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
if (files.length === 0)
  console.warn('skipped: ../shared/graph/samples is absent, so no real answer is parsed');

interface Sample {
  readonly area: string;
  readonly status: number | null;
  readonly response: unknown;
}

function sample(name: string): Sample {
  return JSON.parse(readFileSync(join(folder, name), 'utf8')) as Sample;
}

const list = (item: z.ZodType) => z.object({ value: z.array(item) });
const either = (item: z.ZodType) => z.union([list(item), item]);

/** Schema by area and file; areas that no function of ours reads yet are named with `null`. */
const areas: Readonly<Record<string, (name: string) => z.ZodType | null>> = {
  appRoleAssignedTo: () => either(appRoleAssignmentSchema),
  applicationTemplates: () => instantiateAnswerSchema,
  authenticationMethods: (name) => (name.includes('disablesms') ? null : list(phoneMethodSchema)),
  authorizationPolicy: () => authorizationPolicySchema,
  batch: () => batchAnswerSchema,
  contacts: () => null,
  crossTenantAccess: (name) =>
    name.includes('default') ? policies.defaultPolicySchema : policies.policySchema,
  deletedItems: () => null,
  directoryAudits: () => null,
  identitySynchronization: () => policies.identitySynchronizationSchema,
  jobControl: () => null,
  memberOf: (name) => (name.includes('count-text') ? null : list(z.object({ id: z.string().optional() }))),
  organization: () => organizationAnswer,
  partners: () => either(policies.partnerSchema),
  provisionOnDemand: () => provisionAnswerSchema,
  provisioningLogs: () => list(provisioningEventSchema),
  roles: () => list(z.looseObject({})),
  servicePrincipals: () => list(servicePrincipalSchema),
  subscribedSkus: () => either(subscribedSkuSchema),
  synchronizationJobs: () => either(synchronizationJobSchema),
  synchronizationSchema: () => synchronizationSchemaSchema,
  synchronizationSecrets: () => null,
  tenantRelationships: () => tenantInformationSchema,
  userRegistrationDetails: (name) => (name.includes('list-2024') ? list(registrationSchema) : null),
  usersDelta: () => null,
  validateCredentials: () => null,
};

(files.length > 0 ? describe : describe.skip)('real answers of Microsoft Graph', () => {
  it.each(files.filter((name) => sample(name).area !== 'errors'))('%s parses', (name) => {
    const { area, response } = sample(name);
    const choose = areas[area];
    expect(choose).toBeDefined();
    const schema = choose?.(name);
    if (schema && response !== null) expect(schema.safeParse(response).error).toBeUndefined();
  });

  it.each(files.filter((name) => sample(name).area === 'errors'))('%s gives its code', (name) => {
    const { code, message } = problemOf(JSON.stringify(sample(name).response));
    expect(code).toMatch(/^[A-Za-z_]+$/);
    expect(message).toBeTruthy();
  });

  it('reads what the cards show of a failed and a successful provisioning', () => {
    const read = (name: string) =>
      list(provisioningEventSchema).parse(sample(name).response).value[0] as z.output<
        typeof provisioningEventSchema
      >;
    for (const name of ['provisioning-failure-beta-2020.json', 'provisioning-failure-v1.json']) {
      expect(read(name)).toMatchObject({ action: 'create', status: 'failure' });
      expect(read(name).errorCode).toMatch(/EntryConflict$/);
      expect(read(name).steps.map((step) => step.type)).toEqual(['import', 'matching', 'export']);
    }
    const success = read('provisioning-azure2azure-create-success.json');
    expect(success).toMatchObject({ action: 'create', status: 'success', errorCode: null });
    expect(Object.values(success.scopeEvaluation)).not.toContain(undefined);
  });

  it('reads both encodings of provision on demand', () => {
    const skipped = provisionAnswerSchema.parse(sample('provisionondemand-skipped-redundant.json').response);
    expect(skipped).toMatchObject({ result: 'Skipped', action: 'Other', errorCode: 'RedundantExport' });
    expect(skipped.steps.length).toBeGreaterThan(2);
    const empty = provisionAnswerSchema.parse(sample('provisionondemand-group-empty-value.json').response);
    expect(empty).toMatchObject({ result: 'Success', action: null, steps: [] });
  });

  it('finds the service principal also when it is called objectId', () => {
    const answer = sample('applicationtemplate-instantiate-aws-objectid.json').response;
    const { servicePrincipal } = instantiateAnswerSchema.parse(answer);
    expect(toServicePrincipal(servicePrincipal)?.id).toBe('bbbbbbbb-1111-2222-3333-cccccccccccc');
  });

  it('keeps a schema whole when userType is changed', () => {
    const schema = synchronizationSchemaSchema.parse(sample('schema-get-with-mappings.json').response);
    expect(withUserType(schema, 'Guest')).toEqual(schema);
    expect(mappedUserType(schema)).toBeNull();
    const truncated = synchronizationSchemaSchema.parse(
      sample('schema-get-azure2azure-truncated.json').response,
    );
    expect(userRuleId(truncated)).toBe('{ruleId}');
  });

  it('takes "not run yet" with a failed placeholder as it is', () => {
    const job = synchronizationJobSchema.parse(sample('job-get-azure2azure-notrun.json').response);
    expect(job.status).toMatchObject({ code: 'NotRun', lastExecution: { state: 'Failed' } });
    expect(job.status?.steadyStateFirstAchievedTime).toBeNull();
  });
});
