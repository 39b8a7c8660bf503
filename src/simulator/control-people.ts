import { z } from 'zod/v4';
import { specialId } from './address-index';
import { newId, instant, simulatedNow } from './clock';
import { findGroup } from './groups';
import { isGuid } from './hash';
import { indexOfId } from './ids';
import { people, roleName, roleTemplates, type RoleName } from './people';
import type { Runtime } from './runtime';
import { numberAt, phoneIds, sharedNumber } from './sign-in-population';
import { plainError, type HttpAnswer } from './http';
import {
  authenticationOf,
  deleteUser,
  findDeletedUser,
  findUser,
  findUserByName,
  listUsers,
  patchUser,
  restoreUser,
  setAuthentication,
} from './users';
import { tenantKeys, type TenantState, type User, type World } from './world';

/** `GET /_control/users?tenant=fab&search=ali&limit=20`: stored users, deleted ones too when `deleted=true`. */
export function searchUsers(world: World, query: URLSearchParams): HttpAnswer {
  const key = tenantKeys.find((each) => each === query.get('tenant'));
  if (!key) return plainError(400, `tenant must be one of ${tenantKeys.join(', ')}.`);
  const tenant = world.tenants[key];
  const search = (query.get('search') ?? '').toLowerCase();
  const limit = Math.min(Number(query.get('limit') ?? 50) || 50, 1000);
  const users: unknown[] = [];
  const source =
    query.get('deleted') === 'true'
      ? Object.keys(tenant.users.deleted).map((id) => findDeletedUser(world, tenant, id))
      : listUsers(world, tenant);
  let total = 0;
  for (const user of source) {
    if (!user || !fits(user, search)) continue;
    total += 1;
    if (users.length < limit)
      users.push({ ...user, authentication: authenticationOf(world, tenant, user.id) });
  }
  return { status: 200, body: { total, users } };
}

function fits(user: User, search: string): boolean {
  const texts = [user.id, user.displayName, user.userPrincipalName, user.mail ?? ''];
  return texts.some((text) => text.toLowerCase().includes(search));
}

const roleChange = z.strictObject({
  person: z.string().optional(),
  tenant: z.enum(tenantKeys).optional(),
  principalId: z.guid().optional(),
  role: z.string().optional(),
  roleTemplateId: z.string().optional(),
  action: z.enum(['grant', 'remove']),
  kind: z.enum(['assigned', 'activated', 'eligible']).default('assigned'),
  directoryScopeId: z.string().default('/'),
});

/** `POST /_control/roles {person | tenant+principalId, role, action, eligible?}`: what an administrator does in Entra. */
export function changeRole(runtime: Runtime, body: unknown): HttpAnswer {
  const asked = roleChange.parse(body);
  const { world } = runtime;
  const holder = holderOf(world, asked);
  const roleTemplateId = templateOf(asked.roleTemplateId ?? asked.role ?? '');
  if (!holder)
    return plainError(400, 'Name a person, or a tenant and the principalId of one of its users or groups.');
  if (!roleTemplateId) return plainError(400, 'role must be the name or template id of a built-in role.');
  const { tenant, principalId } = holder;
  const own = tenant.roles.filter((grant) => grant.principalId === principalId);
  tenant.roles = tenant.roles.filter(
    (grant) =>
      grant.principalId !== principalId ||
      grant.roleTemplateId !== roleTemplateId ||
      (asked.action === 'grant' && grant.kind !== asked.kind),
  );
  if (asked.action === 'grant') {
    tenant.roles.push({
      id: newId(world),
      principalId,
      roleTemplateId,
      directoryScopeId: asked.directoryScopeId,
      kind: asked.kind,
      startDateTime: instant(simulatedNow(world)),
      endDateTime: null,
    });
  }
  runtime.changed();
  const now = tenant.roles.filter((grant) => grant.principalId === principalId);
  return { status: 200, body: { before: own.length, roles: now } };
}

function holderOf(
  world: World,
  asked: {
    person?: string | undefined;
    tenant?: TenantState['key'] | undefined;
    principalId?: string | undefined;
  },
): { tenant: TenantState; principalId: string } | null {
  const person = people.find(({ key }) => key === asked.person);
  if (person)
    return { tenant: world.tenants[person.tenant], principalId: specialId(world, person.tenant, person.key) };
  if (!asked.tenant || !asked.principalId) return null;
  const tenant = world.tenants[asked.tenant];
  const known = findUser(world, tenant, asked.principalId) ?? findGroup(tenant, asked.principalId);
  return known ? { tenant, principalId: known.id } : null;
}

function templateOf(text: string): string | null {
  if (isGuid(text)) return roleName(text) ? text.toLowerCase() : null;
  return text in roleTemplates ? roleTemplates[text as RoleName] : null;
}

/** `POST /_control/users {tenant, id, changes, phones?, deleted?}`: a change made by hand, outside the bot. */
export function changeUser(runtime: Runtime, body: unknown): HttpAnswer {
  const asked = z
    .strictObject({
      tenant: z.enum(tenantKeys),
      id: z.string(),
      changes: z.record(z.string(), z.json()).default({}),
      smsSignInState: z
        .enum(['notEnabled', 'notAllowedByPolicy', 'phoneNumberNotUnique', 'ready'])
        .optional(),
      deleted: z.boolean().optional(),
    })
    .parse(body);
  const { world } = runtime;
  const tenant = world.tenants[asked.tenant];
  const id = (findUserByName(world, tenant, asked.id)?.id ?? asked.id).toLowerCase();
  if (asked.deleted === false) restoreUser(world, tenant, id);
  const user = findUser(world, tenant, id);
  if (!user) return plainError(404, 'There is no such user.');
  const unknown = Object.keys(asked.changes).find((name) => name === 'id' || !(name in user));
  if (unknown !== undefined) return plainError(400, `A user has no property '${unknown}' to change.`);
  if (Object.keys(asked.changes).length) patchUser(world, tenant, id, asked.changes as Partial<User>);
  if (asked.smsSignInState) setSmsState(world, tenant, id, asked.smsSignInState);
  const after = findUser(world, tenant, id);
  if (asked.deleted) deleteUser(world, tenant, id);
  runtime.changed();
  return { status: 200, body: { user: after } };
}

function setSmsState(
  world: World,
  tenant: TenantState,
  id: string,
  state: 'notEnabled' | 'notAllowedByPolicy' | 'phoneNumberNotUnique' | 'ready',
): void {
  const authentication = authenticationOf(world, tenant, id);
  const others = authentication.phones.filter(({ phoneType }) => phoneType !== 'mobile');
  const own = authentication.phones.find(({ phoneType }) => phoneType === 'mobile') ?? {
    id: phoneIds.mobile,
    phoneNumber: numberAt(indexOfId(world, tenant.key, id) ?? world.userCount),
    phoneType: 'mobile' as const,
    createdDateTime: instant(simulatedNow(world)),
  };
  const mobile = state === 'phoneNumberNotUnique' ? { ...own, phoneNumber: sharedNumber(tenant.key) } : own;
  setAuthentication(world, tenant, id, {
    ...authentication,
    phones: [{ ...mobile, smsSignInState: state }, ...others],
  });
}
