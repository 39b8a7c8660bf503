import type { TenantConfig } from '../config';
import { operatorRoleTemplateIds, readerRoleTemplateIds, roleTemplates } from '../graph/role-templates';
import { log } from '../log';
import type { Person, PlanContent, PlannedStep } from '../plan/types';
import type { Directory, DirectoryPerson } from './directory';
import type { Denial } from './outcome';

/** Whether somebody may do something, and through what. */
export type Authority =
  /** A role template id, several with `+`, or `group:<id>`. */
  { readonly isAllowed: true; readonly basis: string } | { readonly isAllowed: false; readonly why: Denial };

export interface AuthorityPorts {
  readonly tenants: readonly TenantConfig[];
  readonly directory: Directory;
}

export type GroupName = keyof TenantConfig['groups'];

/** Through which roles, held in the tenant, and which of its groups something is allowed. */
export interface Entitlement {
  readonly roles: readonly string[];
  readonly groups: readonly GroupName[];
}

/** Asking for changes: any role of a write row of facts 2.3 (decisions, Who may). */
export const requesting: Entitlement = { roles: operatorRoleTemplateIds, groups: ['operators'] };

/** Looking: whoever may change or read there, and whoever gives consent sees what it opened. */
export const viewing: Entitlement = {
  roles: [...operatorRoleTemplateIds, ...readerRoleTemplateIds, roleTemplates.privilegedRoleAdministrator],
  groups: ['viewers', 'operators', 'approvers', 'auditors'],
};

/** Reading who did what, and taking it along; never changing anything by it (decisions, Who may). */
export const auditing: Entitlement = {
  roles: [roleTemplates.globalReader, roleTemplates.securityReader],
  groups: ['auditors'],
};

/** May decide for a changed tenant: a role for every step there, or its approvers group (decisions, Who may). */
export async function mayApprove(
  ports: AuthorityPorts,
  person: Person,
  tenantId: string,
  content: PlanContent,
): Promise<Authority> {
  return mayDecideFor(ports, person, tenantId, content, ['approvers']);
}

/** The authority of a voice that no role gave (I39). */
export const breakGlassBasis = 'break-glass';

/** May break the glass for their own tenant: named in its settings, and an internal, enabled person there now (I39). */
export async function mayBreakGlass(
  ports: AuthorityPorts,
  person: Person,
  content: PlanContent,
): Promise<Authority> {
  const home = ports.tenants.find((tenant) => tenant.tenantId === person.tenantId);
  const isNamed = home?.breakGlass?.includes(person.objectId) === true;
  const allowed = await judge(ports, person, [], [], () => (isNamed ? breakGlassBasis : null));
  return unlessAffected(allowed, person, content);
}

/** May confirm a T1 plan of their own: the same roles as an approver, or a group that may change the tenant. */
export async function mayConfirm(
  ports: AuthorityPorts,
  person: Person,
  tenantId: string,
  content: PlanContent,
): Promise<Authority> {
  return mayDecideFor(ports, person, tenantId, content, ['operators', 'approvers']);
}

/** Nobody decides for a tenant that the plan does not change, whatever they hold there. */
async function mayDecideFor(
  ports: AuthorityPorts,
  person: Person,
  tenantId: string,
  content: PlanContent,
  groups: readonly GroupName[],
): Promise<Authority> {
  const steps = stepsIn(content, tenantId);
  const counting = steps.length > 0 ? groups : [];
  const allowed = await judge(ports, person, [tenantId], counting, (roles) => coveringRoles(roles, steps));
  return unlessAffected(allowed, person, content);
}

/** May ask for changes to a link: any role that can write in either tenant, or the operators group. */
export async function mayRequest(
  ports: AuthorityPorts,
  person: Person,
  tenantIds: readonly string[],
): Promise<Authority> {
  return judge(ports, person, tenantIds, requesting.groups, (roles) => anyOf(roles, requesting.roles));
}

/** May see plans of a link: whoever may write or read there, or is in one of its groups. */
export async function mayView(
  ports: AuthorityPorts,
  person: Person,
  tenantIds: readonly string[],
): Promise<Authority> {
  return judge(ports, person, tenantIds, viewing.groups, (roles) => anyOf(roles, viewing.roles));
}

/**
 * May stop what they asked for: whoever the directory still knows as its own, with or without a role (I13). It only
 * stops things, so a directory that does not answer is no reason to let a plan run.
 */
export async function mayStop(ports: AuthorityPorts, person: Person): Promise<Authority> {
  const allowed = await judge(ports, person, [], [], () => 'requester');
  return !allowed.isAllowed && allowed.why === 'lookup-failed'
    ? { isAllowed: true, basis: 'requester' }
    : allowed;
}

/** Everything that is asked in the same order, so that no rule can be left out: fail closed (I11, I12, I14). */
async function judge(
  ports: AuthorityPorts,
  person: Person,
  tenantIds: readonly string[],
  groups: readonly GroupName[],
  basisIn: (roles: readonly string[]) => string | null,
): Promise<Authority> {
  if (!ports.tenants.some((tenant) => tenant.tenantId === person.tenantId)) return denied('stranger'); // I13: no Graph call
  if (person.objectId === '') return denied('unknown-person');
  try {
    const refused = refusalOf(await ports.directory.readPerson(person.tenantId, person.objectId), person);
    if (refused) return denied(refused);
    const roles = tenantIds.includes(person.tenantId)
      ? await ports.directory.listActiveRoleTemplateIds(person.tenantId, person.objectId)
      : [];
    const basis = basisIn(roles) ?? (await groupBasis(ports, person, tenantIds, groups));
    if (basis) return { isAllowed: true, basis };
    return denied(await whyNot(ports, person, tenantIds, roles, basisIn));
  } catch (error) {
    log.warn('authority could not be read', {
      tenantId: person.tenantId,
      actorId: person.objectId,
      reason: String((error as { code?: unknown }).code),
    });
    return denied('lookup-failed');
  }
}

/** Said only to people whom the directory knows as its own: others learn nothing of what a plan names (I13). */
function unlessAffected(found: Authority, person: Person, content: PlanContent): Authority {
  const isKnown = found.isAllowed || found.why === 'no-role' || found.why === 'eligible-only';
  return isKnown && isAffected(person, content) ? denied('affected') : found;
}

function refusalOf(found: DirectoryPerson | undefined, person: Person): Denial | null {
  if (!found || found.objectId.toLowerCase() !== person.objectId.toLowerCase()) return 'unknown-person';
  if (found.isExternal) return 'guest';
  return found.accountEnabled === true ? null : 'disabled';
}

async function groupBasis(
  { tenants, directory }: AuthorityPorts,
  person: Person,
  tenantIds: readonly string[],
  names: readonly GroupName[],
): Promise<string | null> {
  for (const tenant of tenants.filter((one) => tenantIds.includes(one.tenantId))) {
    for (const name of names) {
      const group = tenant.groups[name];
      // The group may live in another tenant: an explicit delegation. A person is looked up at home only (I9).
      if (group?.tenantId !== person.tenantId || group.groupId === '') continue;
      if (await directory.isMemberOfGroup(group.tenantId, person.objectId, group.groupId)) {
        return `group:${group.groupId}`;
      }
    }
  }
  return null;
}

async function whyNot(
  { directory }: AuthorityPorts,
  person: Person,
  tenantIds: readonly string[],
  roles: readonly string[],
  basisIn: (roles: readonly string[]) => string | null,
): Promise<Denial> {
  if (!tenantIds.includes(person.tenantId)) return 'no-role';
  const eligible = await directory
    .listEligibleRoleTemplateIds(person.tenantId, person.objectId)
    .catch(() => []); // only to give a hint: the answer is no anyway
  return basisIn([...roles, ...eligible]) ? 'eligible-only' : 'no-role';
}

/** The roles through which every step can be done, joined by `+`; null when a step is not covered. */
export function coveringRoles(roles: readonly string[], steps: readonly PlannedStep[]): string | null {
  if (steps.length === 0) return null;
  if (roles.includes(roleTemplates.globalAdministrator)) return roleTemplates.globalAdministrator;
  const used = new Set<string>();
  for (const step of steps) {
    const role = step.roleTemplateIds.find((one) => roles.includes(one));
    if (role === undefined) return null;
    used.add(role);
  }
  return [...used].join('+');
}

export function stepsIn(content: PlanContent, tenantId: string): readonly PlannedStep[] {
  return content.steps.filter((step) => step.tenantId === tenantId);
}

/** Nobody decides on a plan that changes themselves; holds for people whom the plan names (decisions, Who may). */
export function isAffected(person: Person, content: PlanContent): boolean {
  if (person.tenantId !== content.sourceTenantId) return false;
  const me = person.objectId.toLowerCase();
  const { subject } = content;
  const named = subject?.type === 'undo' ? subject.parts.map((part) => part.subject) : [subject];
  if (named.some((one) => one?.type === 'user' && one.userId.toLowerCase() === me)) return true;
  return content.steps.some((step) =>
    step.changes.some((change) => String(change.parameters['principalId'] ?? '').toLowerCase() === me),
  );
}

function anyOf(roles: readonly string[], wanted: readonly string[]): string | null {
  return roles.find((role) => wanted.includes(role)) ?? null;
}

function denied(why: Denial): Authority {
  return { isAllowed: false, why };
}
