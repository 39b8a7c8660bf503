import { z } from 'zod/v4';
import { differences } from '../audits';
import { readJsonBody, refuseBody } from '../body';
import { collectionAnswer, entityAnswer, type Shown } from '../odata';
import { badRequest, notFound } from '../refusal';
import type { Answer, Call, Route } from '../route';
import { instant } from '../clock';
import { phoneIds } from '../sign-in-population';
import { numberInUse, smsAllowed, stateOfNewNumber } from '../sms-sign-in';
import { authenticationOf, setAuthentication } from '../users';
import type { Authentication, PhoneMethod, SmsSignInState, User } from '../world';
import { auditUser } from './user-audit';
import { userOfPath } from './users';

export const readsMethods = ['UserAuthenticationMethod.Read.All', 'UserAuthenticationMethod.ReadWrite.All'];
const readsPhones = ['UserAuthMethod-Phone.Read.All', 'UserAuthMethod-Phone.ReadWrite.All', ...readsMethods];
const writesPhones = ['UserAuthMethod-Phone.ReadWrite.All', 'UserAuthenticationMethod.ReadWrite.All'];

interface Found {
  readonly user: User;
  readonly authentication: Authentication;
  readonly phone: PhoneMethod;
}

function phoneOfPath(call: Call): Found {
  const user = userOfPath(call);
  const id = (call.parameters['phoneMethodId'] ?? '').toLowerCase();
  const authentication = authenticationOf(call.world, call.tenant, user.id);
  const phone = authentication.phones.find((each) => each.id === id);
  if (!phone) throw notFound(id);
  return { user, authentication, phone };
}

function replacePhone(call: Call, found: Found, changes: Partial<PhoneMethod>): void {
  const { user, authentication, phone } = found;
  const phones = authentication.phones.map((each) => (each.id === phone.id ? { ...each, ...changes } : each));
  setAuthentication(call.world, call.tenant, user.id, { ...authentication, phones });
}

export const showPhone = (phone: PhoneMethod): Shown => ({ ...phone });

/** Only a mobile phone can sign in by SMS (facts 5.2). */
function mobileOfPath(call: Call): Found {
  refuseBody(call.body);
  const found = phoneOfPath(call);
  if (found.phone.id !== phoneIds.mobile) {
    throw badRequest('SMS sign-in is only supported for the mobile phone method.');
  }
  return found;
}

const smsChange = ({ phone }: Found, next: SmsSignInState) =>
  differences({ smsSignInState: phone.smsSignInState }, { smsSignInState: next });

function disableSms(call: Call): Answer {
  const found = mobileOfPath(call);
  if (found.phone.smsSignInState === 'ready') {
    replacePhone(call, found, { smsSignInState: 'notEnabled' });
    auditUser(call, 'Admin disabled phone sign-in', found.user, smsChange(found, 'notEnabled'));
  }
  return { status: 204 };
}

function enableSms(call: Call): Answer {
  const found = mobileOfPath(call);
  if (found.phone.smsSignInState === 'ready') return { status: 204 };
  if (!smsAllowed(call.tenant, found.user)) {
    throw badRequest('SMS sign-in is not allowed for this user by policy (notAllowedByPolicy).');
  }
  if (numberInUse(call.world, call.tenant, found.phone.phoneNumber, found.user.id)) {
    throw badRequest('Another user signs in with this phone number (phoneNumberNotUnique).');
  }
  replacePhone(call, found, { smsSignInState: 'ready' });
  auditUser(call, 'Admin enabled phone sign-in', found.user, smsChange(found, 'ready'));
  return { status: 204 };
}

const phoneNumber = z.string().regex(/^\+\d{1,4} \d{4,15}(x\d+)?$/);
const phoneType = z.enum(['mobile', 'alternateMobile', 'office']);
const phonePost = z.strictObject({ phoneNumber, phoneType });

/** One phone of each type; an alternate mobile only beside a mobile (Graph page authentication-post-phonemethods). */
function createPhone(call: Call): Answer {
  const body = readJsonBody(phonePost, call.body);
  const user = userOfPath(call);
  const authentication = authenticationOf(call.world, call.tenant, user.id);
  const has = (type: PhoneMethod['phoneType']) =>
    authentication.phones.some((each) => each.phoneType === type);
  if (has(body.phoneType)) throw badRequest(`A phone of type '${body.phoneType}' is registered already.`);
  if (body.phoneType === 'alternateMobile' && !has('mobile')) {
    throw badRequest('A mobile phone must be registered before an alternate mobile phone.');
  }
  const made: PhoneMethod = {
    id: phoneIds[body.phoneType],
    ...body,
    smsSignInState: stateOfNewNumber(call.world, call.tenant, user, body),
    createdDateTime: instant(call.now),
  };
  const phones = [...authentication.phones, made];
  setAuthentication(call.world, call.tenant, user.id, { ...authentication, phones });
  auditUser(call, 'Admin registered phone method', user);
  return { ...entityAnswer(call, 'phoneMethods', showPhone(made)), status: 201 };
}

const phonePatch = phonePost.partial().refine((body) => Object.keys(body).length > 0);

function updatePhone(call: Call): Answer {
  const { phoneNumber, phoneType } = readJsonBody(phonePatch, call.body);
  const found = phoneOfPath(call);
  if (phoneType !== undefined && phoneType !== found.phone.phoneType) {
    throw badRequest('The phone type of this method cannot be changed.');
  }
  if (phoneNumber !== undefined && phoneNumber !== found.phone.phoneNumber) {
    const next = { ...found.phone, phoneNumber };
    const smsSignInState = stateOfNewNumber(call.world, call.tenant, found.user, next);
    replacePhone(call, found, { phoneNumber, smsSignInState });
    auditUser(call, 'Admin updated phone method', found.user);
  }
  return { status: 204 };
}

const defaultsOfPhone: Record<PhoneMethod['phoneType'], readonly Authentication['preferred'][]> = {
  mobile: ['sms', 'voiceMobile'],
  alternateMobile: ['voiceAlternateMobile'],
  office: ['voiceOffice'],
};

function deletePhone(call: Call): Answer {
  const { user, authentication, phone } = phoneOfPath(call);
  if (defaultsOfPhone[phone.phoneType].includes(authentication.preferred)) {
    throw badRequest("The method is the user's default authentication method and cannot be deleted.");
  }
  const alternate = authentication.phones.some(({ phoneType }) => phoneType === 'alternateMobile');
  if (phone.phoneType === 'mobile' && alternate) {
    throw badRequest('The mobile phone cannot be deleted while an alternate mobile phone is registered.');
  }
  const phones = authentication.phones.filter(({ id }) => id !== phone.id);
  setAuthentication(call.world, call.tenant, user.id, { ...authentication, phones });
  auditUser(call, 'Admin deleted phone method', user);
  return { status: 204 };
}

const phones = '/v1.0/users/{userId}/authentication/phoneMethods';
const one = `${phones}/{phoneMethodId}`;
// Reads count in the reports class: an inference of facts 7.2.
const read = { method: 'GET', throttle: 'reports', isWrite: false, permissions: readsPhones } as const;
const write = { throttle: 'directory', isWrite: true, permissions: writesPhones } as const;

export const phoneMethodRoutes: readonly Route[] = [
  {
    ...read,
    ...{ path: phones, operation: 'phoneMethods.list' },
    run: (call) =>
      collectionAnswer(call, {
        context: 'phoneMethods',
        items: authenticationOf(call.world, call.tenant, userOfPath(call).id).phones,
        show: showPhone,
      }),
  },
  {
    ...read,
    ...{ path: one, operation: 'phoneMethods.get' },
    run: (call) => entityAnswer(call, 'phoneMethods', showPhone(phoneOfPath(call).phone)),
  },
  { ...write, method: 'POST', path: phones, operation: 'phoneMethods.create', run: createPhone },
  { ...write, method: 'PATCH', path: one, operation: 'phoneMethods.update', run: updatePhone },
  { ...write, method: 'DELETE', path: one, operation: 'phoneMethods.delete', run: deletePhone },
  {
    ...write,
    ...{ method: 'POST', path: `${one}/disableSmsSignIn`, operation: 'phoneMethods.disableSmsSignIn' },
    run: disableSms,
  },
  {
    ...write,
    ...{ method: 'POST', path: `${one}/enableSmsSignIn`, operation: 'phoneMethods.enableSmsSignIn' },
    run: enableSms,
  },
];
