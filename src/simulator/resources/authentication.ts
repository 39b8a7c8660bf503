import { z } from 'zod/v4';
import { readJsonBody, refuseBody } from '../body';
import { collectionAnswer, entityAnswer, type Shown } from '../odata';
import { phoneIds } from '../population';
import { badRequest, notFound } from '../refusal';
import type { Answer, Call, Route } from '../route';
import { authenticationOf, setAuthentication } from '../users';
import type { Authentication, PhoneMethod, User } from '../world';
import { auditUser } from './user-audit';
import { userOfPath } from './users';

const readsPhones = [
  'UserAuthMethod-Phone.Read.All',
  'UserAuthMethod-Phone.ReadWrite.All',
  'UserAuthenticationMethod.Read.All',
  'UserAuthenticationMethod.ReadWrite.All',
];
const writesPhones = ['UserAuthMethod-Phone.ReadWrite.All', 'UserAuthenticationMethod.ReadWrite.All'];
const readsMethods = ['UserAuthenticationMethod.Read.All', 'UserAuthenticationMethod.ReadWrite.All'];
const base = '/v1.0/users/{userId}/authentication';
const onePhone = `${base}/phoneMethods/{phoneMethodId}`;

const preferredOf = {
  mobile: ['sms', 'voiceMobile'],
  alternateMobile: ['voiceAlternateMobile'],
  office: ['voiceOffice'],
};

function phonesOf(call: Call): { user: User; authentication: Authentication } {
  const user = userOfPath(call);
  return { user, authentication: authenticationOf(call.world, call.tenant, user.id) };
}

function phoneOfPath(call: Call): { user: User; authentication: Authentication; phone: PhoneMethod } {
  const { user, authentication } = phonesOf(call);
  const id = (call.parameters['phoneMethodId'] ?? '').toLowerCase();
  const phone = authentication.phones.find((each) => each.id === id);
  if (!phone) throw notFound(id);
  return { user, authentication, phone };
}

function methods(call: Call): Shown[] {
  const { user, authentication } = phonesOf(call);
  const password = {
    '@odata.type': '#microsoft.graph.passwordAuthenticationMethod',
    id: '28c10230-6103-485e-b985-444c60001490',
    password: null,
    createdDateTime: user.createdDateTime,
  };
  const phones = authentication.phones.map((phone) => ({
    '@odata.type': '#microsoft.graph.phoneAuthenticationMethod',
    ...phone,
  }));
  const app = authentication.authenticator
    ? [
        {
          '@odata.type': '#microsoft.graph.microsoftAuthenticatorAuthenticationMethod',
          id: user.id,
          displayName: 'Phone',
        },
      ]
    : [];
  const key = authentication.fido2
    ? [{ '@odata.type': '#microsoft.graph.fido2AuthenticationMethod', id: user.id, displayName: 'Key' }]
    : [];
  return [password, ...phones, ...app, ...key];
}

function replacePhone(call: Call, phone: PhoneMethod, changes: Partial<PhoneMethod>): Answer {
  const { user, authentication } = phonesOf(call);
  const phones = authentication.phones.map((each) => (each.id === phone.id ? { ...each, ...changes } : each));
  setAuthentication(call.world, call.tenant, user.id, { ...authentication, phones });
  auditUser(call, 'Admin updated security info', user);
  return { status: 204 };
}

/** SMS sign-in exists for mobile numbers only (facts 5.2). */
function refuseOtherThanMobile(phone: PhoneMethod): void {
  if (phone.id !== phoneIds.mobile) throw badRequest('SMS sign-in is available for the mobile phone only.');
}

function disableSmsSignIn(call: Call): Answer {
  refuseBody(call.body);
  const { phone } = phoneOfPath(call);
  refuseOtherThanMobile(phone);
  return replacePhone(call, phone, { smsSignInState: 'notEnabled' });
}

function enableSmsSignIn(call: Call): Answer {
  refuseBody(call.body);
  const { phone } = phoneOfPath(call);
  refuseOtherThanMobile(phone);
  if (phone.smsSignInState === 'notAllowedByPolicy')
    throw badRequest('SMS sign-in is not allowed by the policy of this tenant.');
  if (phone.smsSignInState === 'phoneNumberNotUnique')
    throw badRequest('The phone number is used by another user.');
  return replacePhone(call, phone, { smsSignInState: 'ready' });
}

function deletePhone(call: Call): Answer {
  refuseBody(call.body);
  const { user, authentication, phone } = phoneOfPath(call);
  if (preferredOf[phone.phoneType].includes(authentication.preferred))
    throw badRequest('The phone is the default method of this user and cannot be deleted.');
  const hasAlternate = authentication.phones.some((each) => each.phoneType === 'alternateMobile');
  if (phone.phoneType === 'mobile' && hasAlternate)
    throw badRequest('The mobile phone cannot be deleted while an alternate mobile phone exists.');
  const phones = authentication.phones.filter((each) => each.id !== phone.id);
  setAuthentication(call.world, call.tenant, user.id, { ...authentication, phones });
  auditUser(call, 'Admin deleted security info', user);
  return { status: 204 };
}

const phonePatch = z.strictObject({
  phoneNumber: z.string().regex(/^\+\d{1,3} ?[\dx ]{4,20}$/),
  phoneType: z.enum(['mobile', 'alternateMobile', 'office']).optional(),
});

function patchPhone(call: Call): Answer {
  const patch = readJsonBody(phonePatch, call.body);
  const { phone } = phoneOfPath(call);
  if (patch.phoneType && patch.phoneType !== phone.phoneType)
    throw badRequest("Invalid value specified for property 'phoneType' of resource.");
  return replacePhone(call, phone, { phoneNumber: patch.phoneNumber });
}

const get = { method: 'GET', isWrite: false, throttle: 'reports' } as const;
const write = { isWrite: true, throttle: 'reports', permissions: writesPhones } as const;

export const authenticationRoutes: readonly Route[] = [
  {
    ...get,
    ...{ path: `${base}/methods`, operation: 'authentication.methods', permissions: readsMethods },
    query: { options: [] },
    run: (call) =>
      collectionAnswer(call, { context: 'authentication/methods', items: methods(call), show: (one) => one }),
  },
  {
    ...get,
    ...{ path: `${base}/phoneMethods`, operation: 'phoneMethods.list', permissions: readsPhones },
    query: { options: [] },
    run: (call) =>
      collectionAnswer(call, {
        context: 'authentication/phoneMethods',
        items: phonesOf(call).authentication.phones,
        show: (phone) => ({ ...phone }),
      }),
  },
  {
    ...get,
    ...{ path: onePhone, operation: 'phoneMethods.get', permissions: readsPhones },
    run: (call) => entityAnswer(call, 'authentication/phoneMethods', { ...phoneOfPath(call).phone }),
  },
  { ...write, method: 'PATCH', path: onePhone, operation: 'phoneMethods.update', run: patchPhone },
  { ...write, method: 'DELETE', path: onePhone, operation: 'phoneMethods.delete', run: deletePhone },
  {
    ...write,
    ...{ method: 'POST', path: `${onePhone}/disableSmsSignIn` },
    operation: 'phoneMethods.disableSmsSignIn',
    run: disableSmsSignIn,
  },
  {
    ...write,
    ...{ method: 'POST', path: `${onePhone}/enableSmsSignIn` },
    operation: 'phoneMethods.enableSmsSignIn',
    run: enableSmsSignIn,
  },
];
