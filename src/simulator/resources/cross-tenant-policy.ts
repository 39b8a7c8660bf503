import { auditCall, differences } from '../audits';
import { readJsonBody, refuseBody } from '../body';
import { entityAnswer } from '../odata';
import { systemDefault, systemTemplate } from '../policies';
import type { Answer, Call, Route } from '../route';
import type { JsonObject } from '../world';
import { basePolicyPatch, defaultPatch, identityTemplatePatch, partnerTemplatePatch } from './policy-bodies';

/** Reads and writes of everything under crossTenantAccessPolicy (facts 3). */
export const readsPolicy = ['Policy.Read.All', 'Policy.ReadWrite.CrossTenantAccess'] as const;
export const writesPolicy = ['Policy.ReadWrite.CrossTenantAccess'] as const;

export const noContent: Answer = { status: 204 };

/** One line in the directory audit for a policy change. */
export function auditPolicy(
  call: Call,
  activityDisplayName: string,
  target: string,
  before: object | null = null,
  after: object | null = null,
): void {
  auditCall(call, {
    category: 'CrossTenantAccessSettings',
    activityDisplayName,
    operationType: 'Update',
    targets: [{ id: target, displayName: target, type: 'Policy' }],
    modified: differences(before, after),
  });
}

const root = '/v1.0/policies/crossTenantAccessPolicy';

function getBase(call: Call): Answer {
  const { displayName, description, allowedCloudEndpoints } = call.tenant.policies.crossTenantAccess;
  const id = `crossTenantAccessPolicy-${call.tenant.tenantId}`;
  return entityAnswer(call, 'policies/crossTenantAccessPolicy', {
    id,
    displayName,
    description,
    allowedCloudEndpoints,
  });
}

function patchBase(call: Call): Answer {
  const patch = readJsonBody(basePolicyPatch, call.body);
  const policy = call.tenant.policies.crossTenantAccess;
  const before = { ...policy };
  if (patch.displayName !== undefined) policy.displayName = patch.displayName;
  if (patch.description !== undefined) policy.description = patch.description;
  if (patch.allowedCloudEndpoints !== undefined) policy.allowedCloudEndpoints = patch.allowedCloudEndpoints;
  auditPolicy(call, 'Update a cross-tenant access policy', 'crossTenantAccessPolicy', before, policy);
  return noContent;
}

function getDefault(call: Call): Answer {
  const shown = call.tenant.policies.default ?? systemDefault();
  return entityAnswer(call, 'policies/crossTenantAccessPolicy/default', shown);
}

function patchDefault(call: Call): Answer {
  const patch = readJsonBody(defaultPatch, call.body) as JsonObject;
  const { policies } = call.tenant;
  const before = policies.default ?? systemDefault();
  policies.default = { ...before, ...patch, isServiceDefault: false };
  const activity = 'Update the company default cross-tenant access setting';
  auditPolicy(call, activity, 'default', before, policies.default);
  return noContent;
}

function resetDefault(call: Call): Answer {
  refuseBody(call.body);
  const before = call.tenant.policies.default ?? systemDefault();
  call.tenant.policies.default = null;
  const activity = 'Reset the cross-tenant access default setting';
  auditPolicy(call, activity, 'default', before, systemDefault());
  return noContent;
}

const templates = {
  multiTenantOrganizationPartnerConfiguration: {
    member: 'partnerTemplate',
    kind: 'partner',
    schema: partnerTemplatePatch,
  },
  multiTenantOrganizationIdentitySynchronization: {
    member: 'identityTemplate',
    kind: 'identity',
    schema: identityTemplatePatch,
  },
} as const;

function templateRoutes(name: keyof typeof templates): Route[] {
  const { member, kind, schema } = templates[name];
  const path = `${root}/templates/${name}`;
  const shown = (call: Call) => call.tenant.policies[member] ?? systemTemplate(kind);
  return [
    {
      ...{ method: 'GET', path, operation: `${kind}Template.get`, permissions: readsPolicy },
      ...{ throttle: 'directory', isWrite: false, query: { options: ['$select'] } },
      run: (call) => entityAnswer(call, `policies/crossTenantAccessPolicy/templates/${name}`, shown(call)),
    },
    {
      ...{ method: 'PATCH', path, operation: `${kind}Template.update`, permissions: writesPolicy },
      ...{ throttle: 'directory', isWrite: true },
      run: (call) => {
        const patch = readJsonBody(schema, call.body) as JsonObject;
        const before = shown(call);
        call.tenant.policies[member] = { ...before, ...patch };
        auditPolicy(call, 'Update a multitenant organization template', name, before, shown(call));
        return noContent;
      },
    },
    {
      ...{ method: 'POST', path: `${path}/resetToDefaultSettings`, operation: `${kind}Template.reset` },
      ...{ permissions: writesPolicy, throttle: 'directory', isWrite: true },
      run: (call) => {
        refuseBody(call.body);
        call.tenant.policies[member] = null;
        return noContent;
      },
    },
  ];
}

const get = { method: 'GET', permissions: readsPolicy, throttle: 'directory', isWrite: false } as const;
const write = { permissions: writesPolicy, throttle: 'directory', isWrite: true } as const;

export const crossTenantPolicyRoutes: readonly Route[] = [
  {
    ...get,
    path: root,
    operation: 'crossTenantAccessPolicy.get',
    query: { options: ['$select'] },
    run: getBase,
  },
  { ...write, method: 'PATCH', path: root, operation: 'crossTenantAccessPolicy.update', run: patchBase },
  {
    ...get,
    path: `${root}/default`,
    operation: 'default.get',
    query: { options: ['$select'] },
    run: getDefault,
  },
  { ...write, method: 'PATCH', path: `${root}/default`, operation: 'default.update', run: patchDefault },
  {
    ...write,
    method: 'POST',
    path: `${root}/default/resetToSystemDefault`,
    operation: 'default.reset',
    run: resetDefault,
  },
  ...templateRoutes('multiTenantOrganizationPartnerConfiguration'),
  ...templateRoutes('multiTenantOrganizationIdentitySynchronization'),
];
