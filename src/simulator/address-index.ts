import { idAt, type Seed } from './ids';
import { userAt } from './population';
import { specialUsers } from './special-users';
import type { TenantState, User, UserOverlay } from './world';

/** Where special, created and changed users are found by address or home. May name users that changed since. */
export interface AddressIndex {
  readonly byAddress: ReadonlyMap<string, Set<string>>;
  /** Key: `{home tenant id}/{home user id}`. */
  readonly byHome: ReadonlyMap<string, Set<string>>;
  add(user: User): void;
}

const indexes = new WeakMap<UserOverlay, AddressIndex>();

/** Mail and proxy addresses, lower case, each once. */
export function addressesOf(user: User): string[] {
  const proxies = user.proxyAddresses.map((address) => address.replace(/^smtp:/i, '').toLowerCase());
  return [...new Set(user.mail ? [user.mail.toLowerCase(), ...proxies] : proxies)];
}

/** The index of a tenant: derived from the overlay once, then kept by `users.ts`. */
export function indexOf(world: Seed, tenant: TenantState): AddressIndex {
  const known = indexes.get(tenant.users);
  if (known) return known;
  const made = emptyIndex();
  specialUsers[tenant.key].forEach((_, index) => made.add(userAt(world, tenant.key, index)));
  for (const [id, change] of Object.entries(tenant.users.changed)) made.add({ ...blank, ...change, id });
  for (const user of Object.values(tenant.users.created)) made.add(user);
  indexes.set(tenant.users, made);
  return made;
}

const blank = {
  userPrincipalName: '',
  mail: null,
  proxyAddresses: [] as string[],
  home: null,
} as unknown as User;

function emptyIndex(): AddressIndex {
  const byAddress = new Map<string, Set<string>>();
  const byHome = new Map<string, Set<string>>();
  const put = (map: Map<string, Set<string>>, key: string, id: string) => {
    const ids = map.get(key);
    if (ids) ids.add(id);
    else map.set(key, new Set([id]));
  };
  return {
    byAddress,
    byHome,
    add(user) {
      for (const address of addressesOf(user)) put(byAddress, address, user.id);
      put(byAddress, user.userPrincipalName.toLowerCase(), user.id);
      if (user.home?.userId) put(byHome, `${user.home.tenantId}/${user.home.userId}`, user.id);
    },
  };
}

/** Object id of a special user. */
export function specialId(world: Seed, tenant: TenantState['key'], key: string): string {
  const index = specialUsers[tenant].findIndex((user) => user.key === key);
  if (index < 0) throw new Error(`no special user ${key} in ${tenant}`);
  return idAt(world, tenant, index);
}
