import { readJsonBody } from '../body';
import { entityAnswer } from '../odata';
import type { Answer, Call, Route } from '../route';
import { followSmsPolicy } from '../sms-sign-in';
import type { JsonObject } from '../world';
import { auditPolicy } from './cross-tenant-policy';
import { authorizationPatch, smsPatch } from './policy-bodies';

const authorization = '/v1.0/policies/authorizationPolicy';
const sms = '/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/sms';

function patchAuthorization(call: Call): Answer {
  const patch = readJsonBody(authorizationPatch, call.body) as JsonObject;
  const { policies } = call.tenant;
  const before = policies.authorization;
  policies.authorization = { ...before, ...patch };
  auditPolicy(call, 'Update authorization policy', 'authorizationPolicy', before, policies.authorization);
  return { status: 204 };
}

function patchSms(call: Call): Answer {
  const patch = readJsonBody(smsPatch, call.body) as JsonObject;
  const { policies } = call.tenant;
  const before = policies.sms;
  policies.sms = { ...before, ...patch };
  followSmsPolicy(call.world, call.tenant);
  auditPolicy(call, 'Authentication Methods Policy Update', 'Sms', before, policies.sms);
  return { status: 204 };
}

/** Guest invitations and SMS sign-in of a tenant (facts 5.2, 5.5). */
export const tenantPolicyRoutes: readonly Route[] = [
  {
    ...{ method: 'GET', path: authorization, operation: 'authorizationPolicy.get' },
    ...{
      permissions: ['Policy.Read.All', 'Policy.ReadWrite.Authorization'],
      throttle: 'directory',
      isWrite: false,
    },
    run: (call) => entityAnswer(call, 'policies/authorizationPolicy', call.tenant.policies.authorization),
  },
  {
    ...{ method: 'PATCH', path: authorization, operation: 'authorizationPolicy.update' },
    ...{ permissions: ['Policy.ReadWrite.Authorization'], throttle: 'directory', isWrite: true },
    run: patchAuthorization,
  },
  {
    ...{ method: 'GET', path: sms, operation: 'smsConfiguration.get', throttle: 'directory', isWrite: false },
    permissions: [
      'Policy.Read.AuthenticationMethod',
      'Policy.ReadWrite.AuthenticationMethod',
      'Policy.Read.All',
    ],
    run: (call) => entityAnswer(call, 'authenticationMethodConfigurations', call.tenant.policies.sms),
  },
  {
    ...{
      method: 'PATCH',
      path: sms,
      operation: 'smsConfiguration.update',
      throttle: 'directory',
      isWrite: true,
    },
    permissions: ['Policy.ReadWrite.AuthenticationMethod'],
    run: patchSms,
  },
];
