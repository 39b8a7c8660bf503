import { z } from 'zod/v4';
import { specialId } from './address-index';
import { simulatedNow } from './clock';
import { plainError, type HttpAnswer } from './http';
import { people } from './people';
import { Refusal } from './refusal';
import type { Call } from './route';
import type { Runtime } from './runtime';
import { findUser, findUserByName } from './users';
import { tenantKeys, type TenantState, type User, type World } from './world';

const outsideBody = z.strictObject({
  tenant: z.enum(tenantKeys),
  actor: z.string().min(1),
  change: z.strictObject({
    method: z.enum(['POST', 'PATCH', 'PUT', 'DELETE']),
    path: z.string().regex(/^\/(v1\.0|beta)\//),
    body: z.json().optional(),
  }),
});

/**
 * `POST /_control/outside {tenant, actor, change: {method, path, body?}}`: what a person does in the portal. `actor` is
 * a person's key, an object id or a userPrincipalName; `change` is any Graph write that is simulated. The same rules
 * refuse it, the directory audit names the person, and `/_control/writes` does not tell it. Roles are not looked at.
 * @returns 200 `{status, body}` of the change, also when it was refused
 */
export async function changeOutside(runtime: Runtime, body: unknown): Promise<HttpAnswer> {
  const { tenant: key, actor: name, change } = outsideBody.parse(body);
  const { world } = runtime;
  const tenant = world.tenants[key];
  const actor = actorNamed(world, tenant, name);
  if (!actor) return plainError(400, `There is no '${name}' in this tenant.`);
  const found = runtime.router.find(change.method, change.path);
  if (!found?.route.isWrite)
    return plainError(400, `${change.method} ${change.path} is no write that is known.`);
  const call: Call = {
    ...{ world, tenant, clientId: portal, actorId: actor.id, method: change.method, path: change.path },
    ...{ origin: runtime.origin, version: change.path.startsWith('/beta/') ? 'beta' : 'v1.0' },
    ...{ parameters: found.parameters, query: new Map<string, string>(), headers: {}, body: change.body },
    ...{ now: simulatedNow(world), requestId: 'outside', rules: { options: [] } },
  };
  try {
    const answer = await found.route.run(call);
    runtime.changed();
    return { status: 200, body: { status: answer.status, body: answer.body ?? null } };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { status, code, message } = error;
    return { status: 200, body: { status, body: { error: { code, message } } } };
  }
}

/** Application id of the Azure portal. */
const portal = 'c44b4083-3bb0-49c1-b47d-974e53cbdf3c';

function actorNamed(world: World, tenant: TenantState, name: string): User | null {
  const person = people.find((each) => each.key === name && each.tenant === tenant.key);
  if (person) return findUser(world, tenant, specialId(world, tenant.key, person.key));
  return findUser(world, tenant, name.toLowerCase()) ?? findUserByName(world, tenant, name);
}
