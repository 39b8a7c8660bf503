import { addressesOf, indexOf } from './address-index';
import { instant, simulatedNow } from './clock';
import { indexOfAddress, indexOfId, type Seed } from './ids';
import { userAt } from './population';
import { authenticationAt } from './sign-in-population';
import type { Authentication, TenantState, User, World } from './world';

const none: Authentication = { phones: [], authenticator: false, fido2: false, preferred: 'none' };

/** The user as stored, deleted or not; null when there is none. */
function stored(world: Seed, tenant: TenantState, id: string): User | null {
  const created = tenant.users.created[id];
  if (created) return created;
  if (tenant.users.purged[id]) return null;
  const index = indexOfId(world, tenant.key, id);
  if (index === null) return null;
  const user = userAt(world, tenant.key, index);
  const change = tenant.users.changed[user.id];
  return change ? { ...user, ...change } : user;
}

/** A live user by object id. O(1). */
export function findUser(world: World, tenant: TenantState, id: string): User | null {
  return tenant.users.deleted[id] ? null : stored(world, tenant, id);
}

/** A soft-deleted user by object id, with the instant of deletion. */
export function findDeletedUser(
  world: World,
  tenant: TenantState,
  id: string,
): (User & { deletedDateTime: string }) | null {
  const deletedDateTime = tenant.users.deleted[id];
  const user = deletedDateTime ? stored(world, tenant, id) : null;
  return user && deletedDateTime ? { ...user, deletedDateTime } : null;
}

/** Soft-deleted users, oldest first. */
export function* deletedUsers(
  world: World,
  tenant: TenantState,
): Iterable<User & { deletedDateTime: string }> {
  for (const id of Object.keys(tenant.users.deleted)) {
    const user = findDeletedUser(world, tenant, id);
    if (user) yield user;
  }
}

/** Every live user: generated ones by index, then created ones. Makes each as it goes. */
export function* listUsers(world: World, tenant: TenantState): Iterable<User> {
  const { changed, created, deleted, purged } = tenant.users;
  for (let index = 0; index < world.userCount; index += 1) {
    const user = userAt(world, tenant.key, index);
    if (deleted[user.id] || purged[user.id]) continue;
    const change = changed[user.id];
    yield change ? { ...user, ...change } : user;
  }
  for (const user of Object.values(created)) if (!deleted[user.id]) yield user;
}

/** A live user by userPrincipalName, case-insensitive. O(1). */
export function findUserByName(world: World, tenant: TenantState, name: string): User | null {
  const wanted = name.toLowerCase();
  for (const user of candidates(world, tenant, wanted)) {
    if (user.userPrincipalName.toLowerCase() === wanted) return user;
  }
  return null;
}

/** Live users that own this mail address: `mail` or any proxy address, case-insensitive. O(1). */
export function usersWithAddress(world: World, tenant: TenantState, address: string): User[] {
  const wanted = address.toLowerCase();
  return [...candidates(world, tenant, wanted)].filter((user) => addressesOf(user).includes(wanted));
}

/** The live external user that stands for `userId` of tenant `tenantId` (matching by alternativeSecurityIds). O(1). */
export function userOfHome(world: World, tenant: TenantState, tenantId: string, userId: string): User | null {
  for (const id of indexOf(world, tenant).byHome.get(`${tenantId}/${userId}`) ?? []) {
    const user = findUser(world, tenant, id);
    if (user?.home?.userId === userId && user.home.tenantId === tenantId) return user;
  }
  return null;
}

function* candidates(world: World, tenant: TenantState, address: string): Iterable<User> {
  const ids = new Set(indexOf(world, tenant).byAddress.get(address) ?? []);
  const index = indexOfAddress(world, address);
  if (index !== null) ids.add(userAt(world, tenant.key, index).id);
  for (const id of ids) {
    const user = findUser(world, tenant, id);
    if (user) yield user;
  }
}

/** Adds a user that no generator makes. The caller chose the id (`newId`). */
export function createUser(world: World, tenant: TenantState, user: User): User {
  tenant.users.created[user.id] = user;
  touch(world, tenant, user);
  return user;
}

/** Changes a live user; returns it as it is now, or null when there is none. */
export function patchUser(
  world: World,
  tenant: TenantState,
  id: string,
  changes: Partial<User>,
): User | null {
  const before = findUser(world, tenant, id);
  if (!before) return null;
  const after = { ...before, ...changes, id: before.id };
  if (tenant.users.created[before.id]) tenant.users.created[before.id] = after;
  else tenant.users.changed[before.id] = { ...tenant.users.changed[before.id], ...changes };
  touch(world, tenant, after);
  return after;
}

/** Moves a live user to the deleted items; false when there is none. */
export function deleteUser(world: World, tenant: TenantState, id: string): boolean {
  const user = findUser(world, tenant, id);
  if (!user) return false;
  tenant.users.deleted[user.id] = instant(simulatedNow(world));
  markTouched(world, tenant, user.id);
  return true;
}

/** Brings a soft-deleted user back; null when it is not among the deleted items. */
export function restoreUser(world: World, tenant: TenantState, id: string): User | null {
  if (!tenant.users.deleted[id]) return null;
  delete tenant.users.deleted[id];
  const user = stored(world, tenant, id);
  if (user) touch(world, tenant, user);
  return user;
}

/** Removes a soft-deleted user for good; false when it is not among the deleted items. */
export function purgeUser(tenant: TenantState, id: string): boolean {
  if (!tenant.users.deleted[id]) return false;
  delete tenant.users.deleted[id];
  delete tenant.users.changed[id];
  delete tenant.users.authentication[id];
  if (tenant.users.created[id]) delete tenant.users.created[id];
  else tenant.users.purged[id] = true;
  return true;
}

/** Instant of the last change made to this user since the world began; null when untouched. */
export function touchedAt(tenant: TenantState, id: string): string | null {
  return tenant.users.touched[id]?.at ?? null;
}

/** How this user signs in. */
export function authenticationOf(world: World, tenant: TenantState, id: string): Authentication {
  const changed = tenant.users.authentication[id];
  if (changed) return changed;
  const index = indexOfId(world, tenant.key, id);
  return index === null ? none : authenticationAt(world, tenant.key, index);
}

export function setAuthentication(
  world: World,
  tenant: TenantState,
  id: string,
  authentication: Authentication,
): void {
  tenant.users.authentication[id] = authentication;
  markTouched(world, tenant, id);
}

/** True when the user can sign in with a phone number: such users are not synchronized (facts 5.1). */
export function signsInBySms(world: World, tenant: TenantState, id: string): boolean {
  return authenticationOf(world, tenant, id).phones.some((phone) => phone.smsSignInState === 'ready');
}

function markTouched(world: World, tenant: TenantState, id: string): void {
  world.serial += 1;
  tenant.users.touched[id] = { at: instant(simulatedNow(world)), change: world.serial };
}

function touch(world: World, tenant: TenantState, user: User): void {
  markTouched(world, tenant, user.id);
  indexOf(world, tenant).add(user);
}
