import { specialId } from './address-index';
import { namedGuid } from './hash';
import { idAt, type Seed } from './ids';
import { contactsOf, groupsOfTenant } from './new-groups';
import { servicePrincipalsOf } from './new-service-principals';
import { people, roleTemplates, type RoleName } from './people';
import { systemPolicies } from './policies';
import { cleanUsers } from './population';
import { specialUsers } from './special-users';
import { newSyncState } from './sync/state';
import { tenantFacts } from './tenant-facts';
import {
  tenantKeys,
  type RoleGrant,
  type SubscribedSku,
  type TenantKey,
  type TenantState,
  type World,
} from './world';

export interface WorldOptions {
  readonly seed: string;
  /** Users per tenant; raised to what the fixed users need. */
  readonly users: number;
  /** Simulated seconds per second. */
  readonly speed: number;
  /** Simulated start, epoch ms; now when left out. */
  readonly startMs?: number;
}

/** The tenants as they are before anybody did anything. */
export function newWorld(options: WorldOptions): World {
  const least = Math.max(...tenantKeys.map((key) => specialUsers[key].length)) + cleanUsers;
  const startMs = options.startMs ?? Date.now();
  const seed: Seed = { seed: options.seed, userCount: Math.max(options.users, least) };
  const tenants = Object.fromEntries(tenantKeys.map((key) => [key, newTenant(seed, key, startMs)]));
  return {
    version: 2,
    ...seed,
    clock: { simulatedMs: startMs, realMs: Date.now(), speed: options.speed },
    serial: 0,
    tenants: tenants as Record<TenantKey, TenantState>,
    applications: [],
    writes: [],
    hiddenUntil: {},
  };
}

function newTenant(seed: Seed, key: TenantKey, startMs: number): TenantState {
  const facts = tenantFacts(seed.seed, key);
  const deletedAt = new Date(startMs - 6 * 86_400_000).toISOString().slice(0, 19) + 'Z';
  const groups = groupsOfTenant(seed, key);
  return {
    key,
    tenantId: facts.tenantId,
    displayName: facts.displayName,
    defaultDomain: facts.defaultDomain,
    initialDomain: facts.initialDomain,
    verifiedDomains: [facts.defaultDomain, facts.initialDomain],
    countryLetterCode: facts.countryLetterCode,
    skus: skusOf(seed, key, facts.skuId),
    users: {
      changed: {},
      created: {},
      deleted: { [specialId(seed, key, 'former')]: deletedAt },
      purged: {},
      authentication: {},
      touched: {},
    },
    groups: Object.fromEntries(groups.map((group) => [group.id, group])),
    contacts: Object.fromEntries(contactsOf(seed, key).map((contact) => [contact.id, contact])),
    roles: rolesOf(seed, key),
    policies: systemPolicies(seed.seed, key),
    servicePrincipals: Object.fromEntries(servicePrincipalsOf(seed, key).map((each) => [each.id, each])),
    consents: {},
    audits: [],
    sync: newSyncState(),
  };
}

function rolesOf(seed: Seed, key: TenantKey): RoleGrant[] {
  const grants: RoleGrant[] = [];
  const grant = (principalId: string, role: RoleName, kind: RoleGrant['kind'], directoryScopeId = '/') =>
    grants.push({
      id: namedGuid(seed.seed, key, 'role', principalId, role, kind),
      principalId,
      roleTemplateId: roleTemplates[role],
      directoryScopeId,
      kind,
      startDateTime: '2024-03-04T08:00:00Z',
      endDateTime: null,
    });
  for (const person of people.filter(({ tenant }) => tenant === key)) {
    const id = specialId(seed, key, person.key);
    for (const role of person.roles) grant(id, role, 'assigned');
    for (const role of person.eligibleRoles) grant(id, role, 'eligible');
  }
  grant(specialId(seed, key, 'breakglass'), 'Global Administrator', 'assigned');
  if (key === 'con') {
    grant(namedGuid(seed.seed, key, 'group', 'Security Admins'), 'Security Administrator', 'assigned');
    const unit = `/administrativeUnits/${namedGuid(seed.seed, key, 'unit', 'Frontline')}`;
    grant(idAt(seed, key, specialUsers[key].length), 'Authentication Administrator', 'assigned', unit);
  }
  return grants;
}

const plans = {
  AAD_PREMIUM: '41781fb2-bc02-4b7c-bd55-b576c07bb09d',
  AAD_PREMIUM_P2: 'eec0eb4f-6444-4f95-aba0-50c24d67f998',
  MFA_PREMIUM: '8a256a2b-b617-496d-b51b-e76466e88db0',
  EXCHANGE_S_ENTERPRISE: 'efb87545-963c-4e0d-99df-69c6916d9eb0',
} as const;

function skusOf(seed: Seed, key: TenantKey, skuId: string): SubscribedSku[] {
  const sku = (id: string, part: string, units: number, names: (keyof typeof plans)[]): SubscribedSku => ({
    skuId: id,
    skuPartNumber: part,
    enabledUnits: units,
    consumedUnits: Math.min(units, seed.userCount),
    capabilityStatus: 'Enabled',
    servicePlans: names.map((name) => ({ servicePlanId: plans[name], servicePlanName: name })),
  });
  const units = Math.ceil((seed.userCount * 1.1) / 10) * 10;
  const e3 = sku(skuId, 'SPE_E3', units, ['AAD_PREMIUM', 'MFA_PREMIUM', 'EXCHANGE_S_ENTERPRISE']);
  if (key !== 'con') return [e3];
  const p2 = sku('84a661c4-e949-4bd2-a560-ed7766fcaf2b', 'AAD_PREMIUM_P2', 25, [
    'AAD_PREMIUM',
    'AAD_PREMIUM_P2',
  ]);
  return [e3, p2];
}
