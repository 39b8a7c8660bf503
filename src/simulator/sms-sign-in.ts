import { groupsOf } from './groups';
import { indexOfNumber } from './sign-in-population';
import { authenticationOf, listUsers, setAuthentication } from './users';
import { idAt } from './ids';
import type { Authentication, PhoneMethod, SmsSignInState, TenantState, User, World } from './world';

interface Target {
  readonly id?: unknown;
  readonly isUsableForSignIn?: unknown;
}

/** The tenant's SMS method policy lets this user sign in by SMS (facts 5.2). */
export function smsAllowed(tenant: TenantState, user: User): boolean {
  const { state, includeTargets, excludeTargets } = tenant.policies.sms;
  if (state !== 'enabled') return false;
  const ids = new Set(['all_users', user.id, ...groupsOf(tenant, user).map(({ id }) => id)]);
  const names = (target: Target) => typeof target.id === 'string' && ids.has(target.id);
  const targets = (list: unknown) => (Array.isArray(list) ? (list as Target[]).filter(names) : []);
  if (targets(excludeTargets).length) return false;
  return targets(includeTargets).some(({ isUsableForSignIn }) => isUsableForSignIn === true);
}

/** Another user of the tenant signs in with this number. */
export function numberInUse(world: World, tenant: TenantState, phoneNumber: string, userId: string): boolean {
  const holds = ({ phones }: Authentication) =>
    phones.some((phone) => phone.smsSignInState === 'ready' && phone.phoneNumber === phoneNumber);
  const changed = Object.entries(tenant.users.authentication);
  if (changed.some(([id, authentication]) => id !== userId && holds(authentication))) return true;
  const index = indexOfNumber(world, phoneNumber);
  const owner = index === null ? null : idAt(world, tenant.key, index);
  return owner !== null && owner !== userId && holds(authenticationOf(world, tenant, owner));
}

/**
 * What becomes of a mobile number that was added or changed: the system tries to register it for SMS sign-in when the
 * policy allows the user to sign in so (Graph pages of phoneAuthenticationMethod: create, update).
 */
export function stateOfNewNumber(
  world: World,
  tenant: TenantState,
  user: User,
  { phoneType, phoneNumber }: Pick<PhoneMethod, 'phoneType' | 'phoneNumber'>,
): SmsSignInState {
  if (phoneType !== 'mobile') return 'notSupported';
  if (!smsAllowed(tenant, user)) return 'notAllowedByPolicy';
  return numberInUse(world, tenant, phoneNumber, user.id) ? 'phoneNumberNotUnique' : 'ready';
}

/**
 * The SMS method policy changed: who may no longer sign in by SMS does not, from now on; who may again is not signed
 * up by that (UNVERIFIED). Walks all users.
 */
export function followSmsPolicy(world: World, tenant: TenantState): void {
  for (const user of listUsers(world, tenant)) {
    const authentication = authenticationOf(world, tenant, user.id);
    const mobile = authentication.phones.find(({ phoneType }) => phoneType === 'mobile');
    const state = mobile?.smsSignInState;
    if (state !== 'ready' && state !== 'notAllowedByPolicy') continue;
    const allowed = smsAllowed(tenant, user);
    if (allowed === (state === 'ready')) continue;
    const next: SmsSignInState = allowed ? 'notEnabled' : 'notAllowedByPolicy';
    const phones = authentication.phones.map((phone) =>
      phone === mobile ? { ...phone, smsSignInState: next } : phone,
    );
    setAuthentication(world, tenant, user.id, { ...authentication, phones });
  }
}
