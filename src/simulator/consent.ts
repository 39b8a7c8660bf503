import { appendAudit } from './audits';
import { activeRoleTemplates } from './groups';
import { people, roleTemplates, type Person } from './people';
import { specialId } from './address-index';
import { escapeHtml, page } from './page';
import type { Runtime } from './runtime';
import { isLoopbackHost, type HttpAnswer, type HttpRequest } from './http';
import { tenantNamed } from './token-endpoint';
import { findUser } from './users';
import type { RegisteredApplication, TenantState, World } from './world';

interface Asked {
  readonly tenant: TenantState;
  readonly application: RegisteredApplication;
  readonly state: string;
  readonly redirect: URL;
}

/** `GET|POST /{tenant}/adminconsent` (facts 1.1): shows what is asked, takes who signs in, redirects back. */
export function consentPage(runtime: Runtime, tenantName: string, request: HttpRequest): HttpAnswer {
  const form = request.method === 'POST' ? new URLSearchParams(request.text) : null;
  if (request.method !== 'GET' && !form) return problem(405, 'This page is opened or sent, nothing else.');
  if (form && !sameOrigin(request)) return problem(403, 'The form did not come from this page.');
  const asked = readAsked(runtime.world, tenantName, new URLSearchParams(request.search));
  if (typeof asked === 'string') return problem(400, asked);
  return form ? decide(runtime, asked, form) : html(200, consentForm(runtime.world, asked));
}

function readAsked(world: World, tenantName: string, query: URLSearchParams): Asked | string {
  const clientId = (query.get('client_id') ?? '').toLowerCase();
  const tenant = tenantNamed(world, tenantName);
  if (!tenant) return `There is no tenant '${tenantName}' here.`;
  const application = world.applications.find((known) => known.clientId === clientId);
  if (!application) return 'AADSTS700016: No application with this client_id is registered.';
  const redirect = loopbackUrl(query.get('redirect_uri') ?? '');
  if (!redirect) return 'AADSTS50011: The redirect_uri must be an http address on loopback.';
  return { tenant, application, state: query.get('state') ?? '', redirect };
}

function loopbackUrl(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const plain = url.protocol === 'http:' && !url.username && !url.password;
  return plain && isLoopbackHost(url.host) ? url : null;
}

function sameOrigin({ headers }: HttpRequest): boolean {
  const { origin } = headers;
  if (!/^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? '')) return false;
  return origin === undefined || origin === `http://${headers.host}`;
}

/** Who can sign in: the people whose account is in this tenant. */
function candidates(tenant: TenantState): readonly Person[] {
  return people.filter((person) => person.tenant === tenant.key);
}

/** Application permissions are granted by these two roles only (facts 1.1). */
function mayConsent(world: World, tenant: TenantState, person: Person): boolean {
  const user = findUser(world, tenant, specialId(world, tenant.key, person.key));
  const roles = user?.accountEnabled ? activeRoleTemplates(tenant, user) : [];
  return (
    roles.includes(roleTemplates['Privileged Role Administrator']) ||
    roles.includes(roleTemplates['Global Administrator'])
  );
}

function decide(runtime: Runtime, asked: Asked, form: URLSearchParams): HttpAnswer {
  const { tenant, application, redirect, state } = asked;
  const signedIn = candidates(tenant).find(({ key }) => key === form.get('person'));
  const breakGlass = form.get('person') === 'breakglass';
  if (!signedIn && !breakGlass) return problem(400, 'Choose who signs in.');
  if (form.get('decision') !== 'accept')
    return back(redirect, state, 'access_denied', 'The consent was cancelled.');
  if (signedIn && !mayConsent(runtime.world, tenant, signedIn)) {
    const why = 'AADSTS90094: The admin does not have permissions to grant consent.';
    return back(redirect, state, 'permission_denied', why);
  }
  tenant.consents[application.clientId] = [...application.permissions];
  appendAudit(runtime.world, tenant, {
    category: 'ApplicationManagement',
    activityDisplayName: 'Consent to application',
    operationType: 'Assign',
    loggedByService: 'Core Directory',
    initiatedByUser: specialId(runtime.world, tenant.key, signedIn?.key ?? 'breakglass'),
    targets: [{ id: application.clientId, displayName: application.displayName, type: 'ServicePrincipal' }],
  });
  runtime.changed();
  redirect.searchParams.set('tenant', tenant.tenantId);
  redirect.searchParams.set('state', state);
  redirect.searchParams.set('admin_consent', 'True');
  return { status: 303, headers: { Location: redirect.href }, body: undefined };
}

function back(redirect: URL, state: string, error: string, description: string): HttpAnswer {
  redirect.searchParams.set('error', error);
  redirect.searchParams.set('error_description', description);
  redirect.searchParams.set('state', state);
  return { status: 303, headers: { Location: redirect.href }, body: undefined };
}

function consentForm(world: World, { tenant, application }: Asked): string {
  const choices = candidates(tenant)
    .map((person) => {
      const may = mayConsent(world, tenant, person);
      const note = may ? 'can grant this' : 'lacks the role for this';
      return `<label class="person"><input type="radio" name="person" value="${person.key}" required>
        <span><b>${escapeHtml(`${person.given} ${person.surname}`)}</b>
        <small>${escapeHtml(`${person.key}@${tenant.defaultDomain}`)} · ${note}</small></span></label>`;
    })
    .join('\n');
  const emergency = `<label class="person"><input type="radio" name="person" value="breakglass" required>
    <span><b>Emergency access</b> <small>Global Administrator of ${escapeHtml(tenant.displayName)}</small></span></label>`;
  const permissions = application.permissions
    .map((name) => `<li><code>${escapeHtml(name)}</code></li>`)
    .join('\n');
  return `<p class="tenant">${escapeHtml(tenant.displayName)} · ${escapeHtml(tenant.defaultDomain)}</p>
    <h1>Permissions requested</h1>
    <p><b>${escapeHtml(application.displayName)}</b> asks for these application permissions on Microsoft Graph, for the
    whole organisation:</p>
    <ul class="permissions">${permissions}</ul>
    <form method="post">
      <fieldset><legend>Who signs in?</legend>${choices}${emergency}</fieldset>
      <p class="note">Accepting lets the application act with these permissions without a signed-in user. This is a
      simulated sign-in: no password is asked.</p>
      <div class="actions">
        <button name="decision" value="accept" class="primary">Accept</button>
        <button name="decision" value="cancel" formnovalidate>Cancel</button>
      </div>
    </form>`;
}

const html = (status: number, content: string): HttpAnswer => ({
  status,
  headers: {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy':
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; " +
      "form-action 'self' http://127.0.0.1:* http://localhost:*",
    'Referrer-Policy': 'no-referrer',
  },
  body: page('Permissions requested', content),
});

const problem = (status: number, message: string): HttpAnswer =>
  html(status, `<h1>This cannot go on</h1><p role="alert">${escapeHtml(message)}</p>`);
