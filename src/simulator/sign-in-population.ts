import { base, type Seed } from './ids';
import { mix } from './hash';
import { cleanUsers, indexOfKey, userAt } from './population';
import { specialUsers, type SpecialUser } from './special-users';
import type { Authentication, PhoneMethod, SmsSignInState, TenantKey } from './world';

export const phoneIds = {
  mobile: '3179e48a-750b-4051-897c-87b9720928f7',
  alternateMobile: 'b6332ec1-7057-4abe-9331-3d72feddfe41',
  office: 'e37fc753-ff3b-4958-9484-eaa9425c82bc',
} as const;

const firstNumber = 2_000_000;

/** The mobile number that the user at `index` has for itself; `indexOfNumber` reads it back. */
export const numberAt = (index: number) => `+1 206${firstNumber + index}`;

/** Index of the generated user who was given this number, or null. */
export function indexOfNumber(world: Seed, phoneNumber: string): number | null {
  const match = /^\+1 206(\d{7})$/.exec(phoneNumber);
  const index = match ? Number(match[1]) - firstNumber : -1;
  return index >= 0 && index < world.userCount ? index : null;
}

/** The number that everybody whose number is not unique shares: somebody signs in with it. */
export const sharedNumber = (tenant: TenantKey) => numberAt(indexOfKey(tenant, 'smsonly') ?? 0);

/** Sign-in methods of the user at `index`; about one in twelve ordinary users signs in by SMS. */
export function authenticationAt(world: Seed, tenant: TenantKey, index: number): Authentication {
  const special: SpecialUser | undefined = specialUsers[tenant][index];
  const roll = (salt: number) => mix(base(world.seed, tenant), index, salt);
  const { createdDateTime, home, department } = userAt(world, tenant, index);
  const sms = home
    ? undefined
    : special
      ? special.sms
      : ordinarySms(tenant, index, roll(31) % 100, department);
  const phone = (
    phoneType: PhoneMethod['phoneType'],
    phoneNumber: string,
    smsSignInState: SmsSignInState,
  ) => ({
    id: phoneIds[phoneType],
    phoneNumber,
    phoneType,
    smsSignInState,
    createdDateTime,
  });
  const phones: PhoneMethod[] = [];
  if (sms) {
    const number = sms === 'phoneNumberNotUnique' ? sharedNumber(tenant) : numberAt(index);
    phones.push(phone('mobile', number, sms));
  }
  if (sms && (special?.alternatePhone ?? roll(33) % 20 === 0)) {
    const number = `+1 425556${String(roll(34) % 10_000).padStart(4, '0')}`;
    phones.push(phone('alternateMobile', number, 'notSupported'));
  }
  const authenticator = special?.authenticator ?? roll(35) % 100 < 80;
  const fido2 = roll(36) % 50 === 0;
  const bySmsOnly = sms === 'ready' && !authenticator && !fido2;
  return {
    phones,
    authenticator,
    fido2,
    password: !bySmsOnly,
    preferred: authenticator ? 'push' : sms ? 'sms' : 'none',
  };
}

/** Only people of Support may sign in by SMS: the policy of `policies.ts` targets their group. */
function ordinarySms(
  tenant: TenantKey,
  index: number,
  share: number,
  department: string | null,
): SmsSignInState | undefined {
  if (share >= 70) return undefined;
  if (index < specialUsers[tenant].length + cleanUsers) return 'notEnabled';
  if (share >= 68) return 'phoneNumberNotUnique';
  return department === 'Support' && share < 60 ? 'ready' : 'notEnabled';
}
