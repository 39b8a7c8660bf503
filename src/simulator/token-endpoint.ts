import { isGuid } from './hash';
import type { Runtime } from './runtime';
import type { HttpAnswer, HttpRequest } from './http';
import { unsignedToken } from './token';
import { tenantKeys, type TenantState, type World } from './world';

/** The tenant that a GUID or one of its domains names; null when none does. */
export function tenantNamed(world: World, name: string): TenantState | null {
  const wanted = name.toLowerCase();
  const all = tenantKeys.map((key) => world.tenants[key]);
  return (
    all.find(({ tenantId, verifiedDomains }) => tenantId === wanted || verifiedDomains.includes(wanted)) ??
    null
  );
}

/** Permissions that a token of this client carries in this tenant: what was consented, within its registration. */
export function consentedRoles(world: World, tenant: TenantState, clientId: string): string[] {
  const registered = world.applications.find((application) => application.clientId === clientId);
  const granted = tenant.consents[clientId] ?? [];
  return granted.filter((permission) => registered?.permissions.includes(permission));
}

const refused = (error: string, description: string): HttpAnswer => ({
  status: 400,
  body: { error, error_description: description },
});

/** `POST /{tenant}/oauth2/v2.0/token`, client credentials (facts 1.1). Secrets are not checked: there are none. */
export function tokenAnswer(runtime: Runtime, tenantName: string, request: HttpRequest): HttpAnswer {
  if (request.method !== 'POST') return { status: 405, body: { error: 'invalid_request' } };
  if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '')) {
    return refused(
      'invalid_request',
      'AADSTS900144: The request body must be application/x-www-form-urlencoded.',
    );
  }
  const { world } = runtime;
  const form = new URLSearchParams(request.text);
  const clientId = (form.get('client_id') ?? '').toLowerCase();
  const tenant = tenantNamed(world, tenantName);
  if (!tenant) return refused('invalid_request', `AADSTS90002: Tenant '${tenantName}' not found.`);
  if (form.get('grant_type') !== 'client_credentials') {
    return refused('unsupported_grant_type', 'AADSTS70003: The app requested an unsupported grant type.');
  }
  if (!form.get('scope')?.endsWith('/.default')) {
    return refused('invalid_scope', 'AADSTS1002012: The scope of client credentials must end in /.default.');
  }
  if (!isGuid(clientId) || !world.applications.some((application) => application.clientId === clientId)) {
    return refused(
      'unauthorized_client',
      `AADSTS700016: Application '${clientId}' was not found. Make it known by POST /_control/applications.`,
    );
  }
  const roles = consentedRoles(world, tenant, clientId);
  const token = unsignedToken({ tid: tenant.tenantId, appid: clientId, roles }, runtime.origin);
  return {
    status: 200,
    body: { token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599, access_token: token },
  };
}
