import { appendAudit } from '../audits';
import { readJsonBody } from '../body';
import type { Call, Route } from '../route';
import type { JsonObject } from '../world';
import { authorizationPatch, smsPatch } from './policy-bodies';

const sms = '/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/sms';
const authorization = '/v1.0/policies/authorizationPolicy';

function audit(call: Call, activityDisplayName: string): void {
  appendAudit(call.world, call.tenant, {
    category: 'Policy',
    activityDisplayName,
    operationType: 'Update',
    loggedByService: 'Core Directory',
    initiatedByApp: call.clientId,
    targets: [],
  });
}

function shown(call: Call, context: string, policy: JsonObject) {
  return {
    status: 200,
    body: { '@odata.context': `${call.origin}/${call.version}/$metadata#${context}/$entity`, ...policy },
  };
}

const directory = { throttle: 'directory' } as const;

/** Who may invite guests, and who may sign in by SMS (facts 5.2, 5.5). */
export const tenantPolicyRoutes: readonly Route[] = [
  {
    ...directory,
    ...{ method: 'GET', path: authorization, operation: 'authorizationPolicy.get', isWrite: false },
    permissions: ['Policy.Read.All', 'Policy.ReadWrite.Authorization'],
    query: { options: ['$select'] },
    run: (call) => shown(call, 'policies/authorizationPolicy', call.tenant.policies.authorization),
  },
  {
    ...directory,
    ...{ method: 'PATCH', path: authorization, operation: 'authorizationPolicy.update', isWrite: true },
    permissions: ['Policy.ReadWrite.Authorization'],
    run: (call) => {
      Object.assign(call.tenant.policies.authorization, readJsonBody(authorizationPatch, call.body));
      audit(call, 'Update authorization policy');
      return { status: 204 };
    },
  },
  {
    ...directory,
    ...{ method: 'GET', path: sms, operation: 'smsMethodConfiguration.get', isWrite: false },
    permissions: [
      'Policy.Read.AuthenticationMethod',
      'Policy.ReadWrite.AuthenticationMethod',
      'Policy.Read.All',
    ],
    query: { options: ['$select'] },
    run: (call) => shown(call, 'authenticationMethodConfigurations', call.tenant.policies.sms),
  },
  {
    ...directory,
    ...{ method: 'PATCH', path: sms, operation: 'smsMethodConfiguration.update', isWrite: true },
    permissions: ['Policy.ReadWrite.AuthenticationMethod'],
    run: (call) => {
      Object.assign(call.tenant.policies.sms, readJsonBody(smsPatch, call.body));
      audit(call, 'Authentication Methods Policy Update');
      return { status: 204 };
    },
  },
];
