import { z } from 'zod/v4';
import { durationMs, instant, setClock, simulatedNow } from './clock';
import { changeRole, changeUser, searchUsers } from './control-people';
import { faultSchema } from './faults';
import { changeOutside } from './outside';
import { people, roleName } from './people';
import { grantsOf } from './groups';
import { specialId } from './address-index';
import type { Runtime } from './runtime';
import { isJson, plainError, type HttpAnswer, type HttpRequest } from './http';
import { changeTenant } from './control-tenants';
import { changeSyncOptions, quarantineJob } from './sync/control';
import { advance } from './sync/engine';
import { findUser } from './users';
import { tenantKeys, type TenantState, type World } from './world';

type Act = (runtime: Runtime, body: unknown, query: URLSearchParams) => HttpAnswer | Promise<HttpAnswer>;

const actions: Record<string, Act> = {
  'GET /_control/world': ({ world }) => ok(describeWorld(world)),
  'GET /_control/writes': ({ world }) => ok({ writes: world.writes }),
  'GET /_control/requests': (runtime) => ok(describeRequests(runtime)),
  'GET /_control/users': ({ world }, _, query) => searchUsers(world, query),
  'GET /_control/clock': ({ world }) => ok(describeClock(world)),
  'POST /_control/clock': advanceClock,
  'GET /_control/faults': ({ faults }) => ok({ faults: faults.list() }),
  'POST /_control/faults': addFaults,
  'DELETE /_control/faults': ({ faults }) => {
    faults.clear();
    return ok({ faults: [] });
  },
  'POST /_control/applications': registerApplications,
  'GET /_control/applications': ({ world }) => ok({ applications: world.applications }),
  'POST /_control/consent': grantConsent,
  'POST /_control/roles': changeRole,
  'POST /_control/users': changeUser,
  'POST /_control/outside': changeOutside,
  'POST /_control/quarantine': quarantineJob,
  'POST /_control/tenants': changeTenant,
  'POST /_control/reset': reset,
  'POST /_control/sync': ({ world }, body) => ok(changeSyncOptions(world, body)),
};

/** Method and path of every control call. */
export const controlCalls: readonly string[] = Object.keys(actions);

const ok = (body: unknown): HttpAnswer => ({ status: 200, body });

/** The control API: what tests and people do to the tenants besides Graph. */
export async function control(runtime: Runtime, request: HttpRequest): Promise<HttpAnswer> {
  const act = actions[`${request.method} ${request.path}`];
  if (!act) return plainError(404, `There is no ${request.method} ${request.path}.`);
  if (request.method !== 'GET' && request.text && !isJson(request)) {
    return plainError(415, 'Content-Type application/json is needed.');
  }
  if (request.method === 'POST' && !isJson(request)) {
    return plainError(415, 'Content-Type application/json is needed.');
  }
  runtime.catchUp();
  const body = readJson(request.text);
  if (body === undefined) return plainError(400, 'The body is not JSON.');
  try {
    return await act(runtime, body, new URLSearchParams(request.search));
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    return plainError(400, z.prettifyError(error));
  }
}

function readJson(text: string): unknown {
  try {
    return text ? (JSON.parse(text) as unknown) : null;
  } catch {
    return undefined;
  }
}

function describeWorld(world: World) {
  const tenants = tenantKeys.map((key) => {
    const { tenantId, displayName, defaultDomain, initialDomain } = world.tenants[key];
    return { key, tenantId, displayName, defaultDomain, initialDomain };
  });
  return {
    seed: world.seed,
    users: world.userCount,
    now: instant(simulatedNow(world)),
    tenants,
    people: people.map(({ key, tenant, home }) => describePerson(world, key, world.tenants[tenant], home)),
  };
}

function describePerson(
  world: World,
  key: string,
  tenant: TenantState,
  home: TenantState['key'] | undefined,
) {
  const user = findUser(world, tenant, specialId(world, tenant.key, key));
  const grants = user ? grantsOf(tenant, user) : [];
  const names = (eligible: boolean) => {
    const chosen = grants.filter((grant) => (grant.kind === 'eligible') === eligible);
    return [...new Set(chosen.map(({ roleTemplateId }) => roleName(roleTemplateId) ?? roleTemplateId))];
  };
  return {
    key,
    displayName: user?.displayName ?? key,
    tenantKey: tenant.key,
    tenantId: tenant.tenantId,
    aadObjectId: specialId(world, tenant.key, key),
    userPrincipalName: user?.userPrincipalName ?? null,
    jobTitle: user?.jobTitle ?? null,
    roles: names(false),
    eligibleRoles: names(true),
    userType: user?.userType ?? null,
    homeTenantKey: home ?? tenant.key,
  };
}

function describeRequests({ counts }: Runtime) {
  const requests: Record<string, Record<string, unknown>> = {};
  for (const [key, entry] of counts) {
    const [tenant = '', throttle = ''] = key.split('/');
    requests[tenant] = { ...requests[tenant], [throttle]: entry };
  }
  return { requests };
}

const describeClock = (world: World) => ({ now: instant(simulatedNow(world)), speed: world.clock.speed });

function advanceClock(runtime: Runtime, body: unknown): HttpAnswer {
  const { advance: text } = z.strictObject({ advance: z.string() }).parse(body);
  const ms = durationMs(text);
  if (ms === null || ms > 366 * 86_400_000) {
    return plainError(400, 'advance must be an ISO 8601 duration of at most a year, such as PT40M.');
  }
  const { world } = runtime;
  const target = simulatedNow(world) + ms;
  advance(world, target);
  setClock(world, target);
  runtime.changed();
  return ok(describeClock(world));
}

function addFaults(runtime: Runtime, body: unknown): HttpAnswer {
  const input = z
    .union([z.strictObject({ faults: z.array(faultSchema) }), z.array(faultSchema), faultSchema])
    .parse(body);
  const faults = Array.isArray(input) ? input : 'faults' in input ? input.faults : [input];
  return ok({ faults: runtime.faults.add(faults) });
}

const guidText = z.guid().transform((id) => id.toLowerCase());

function registerApplications(runtime: Runtime, body: unknown): HttpAnswer {
  const application = z.strictObject({
    clientId: guidText,
    displayName: z.string().min(1),
    permissions: z.array(z.string().min(1)),
  });
  const { applications } = z.strictObject({ applications: z.array(application) }).parse(body);
  const named = new Set(applications.map(({ clientId }) => clientId));
  const others = runtime.world.applications.filter(({ clientId }) => !named.has(clientId));
  runtime.world.applications = [...others, ...applications];
  runtime.changed();
  return ok({ applications: runtime.world.applications });
}

/** Sets what an administrator granted: for one client, or for every registered one (each within its registration). */
function grantConsent(runtime: Runtime, body: unknown): HttpAnswer {
  const {
    tenant: key,
    permissions,
    clientId,
  } = z
    .strictObject({
      tenant: z.enum(tenantKeys),
      permissions: z.union([z.literal('all'), z.array(z.string())]),
      clientId: guidText.optional(),
    })
    .parse(body);
  const { world } = runtime;
  const tenant = world.tenants[key];
  const granted = (registered: readonly string[]) =>
    permissions === 'all' ? [...registered] : [...permissions];
  const chosen = world.applications.filter((known) => clientId === undefined || known.clientId === clientId);
  if (!chosen.length)
    return plainError(400, 'Register the application by POST /_control/applications first.');
  for (const known of chosen) tenant.consents[known.clientId] = granted(known.permissions);
  runtime.changed();
  return ok({ tenant: key, consents: tenant.consents });
}

function reset(runtime: Runtime, body: unknown): HttpAnswer {
  const { seed } = z.strictObject({ seed: z.union([z.string(), z.number()]).optional() }).parse(body ?? {});
  runtime.reset(seed === undefined ? runtime.world.seed : String(seed));
  return ok(describeWorld(runtime.world));
}
