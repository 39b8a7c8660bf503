import { requesting, viewing, type Entitlement, type GroupName } from '../approvals/authority';
import type { TenantConfig } from '../config';
import { BotError } from '../errors';
import type { GraphRead } from '../graph/client';
import { isMemberOfGroup, listActiveRoles, listEligibleRoles, readPerson } from '../graph/directory';
import type { Link, Person, Tenant } from '../plan/types';

/** What the directory says about somebody now. */
export interface Known {
  readonly outcome: 'known';
  readonly person: Person;
  readonly userPrincipalName: string | null;
  /** Role template ids held now in the person's own tenant. */
  readonly roles: readonly string[];
  /** Role template ids that could be activated: to tell, never to let. */
  readonly eligibleRoles: readonly string[];
  /** Configured groups the person is in: the tenant they count for, and as what. */
  readonly groups: readonly { readonly tenantId: string; readonly name: GroupName }[];
}

export type Standing =
  | Known
  /** A guest, disabled, or not in the directory: all refused alike (I13). */
  | { readonly outcome: 'refused' }
  /** Read consent is missing, so nothing can be known. */
  | { readonly outcome: 'unread'; readonly error: BotError };

/** Age up to which a standing may be used for reads (I11 asks for live data at decisions). */
const standingAgeMs = 60_000;
const mostRemembered = 2_000;

/** Reads who somebody is and which roles they hold; remembers it for a minute for reads. */
export class Standings {
  private readonly remembered = new Map<string, { readonly standing: Standing; readonly at: number }>();

  constructor(
    private readonly tenants: readonly TenantConfig[],
    private readonly read: (tenantId: string) => GraphRead,
    private readonly clock: () => number = Date.now,
  ) {}

  /** `live`: not from memory, for everything that drafts a change. @throws BotError when the directory cannot be asked */
  async of(person: Person, live: boolean): Promise<Standing> {
    const key = `${person.tenantId} ${person.objectId}`.toLowerCase();
    const known = this.remembered.get(key);
    const isFresh = known !== undefined && this.clock() - known.at < standingAgeMs;
    if (known && isFresh && (!live || known.standing.outcome === 'refused')) return known.standing;
    const standing = await this.look(person);
    this.remembered.delete(key);
    if (standing.outcome !== 'unread') this.remembered.set(key, { standing, at: this.clock() });
    if (this.remembered.size > mostRemembered) {
      const oldest = this.remembered.keys().next().value;
      if (oldest !== undefined) this.remembered.delete(oldest);
    }
    return standing;
  }

  /** After consent everything may look different. */
  forget(): void {
    this.remembered.clear();
  }

  private async look(person: Person): Promise<Standing> {
    const graph = this.read(person.tenantId);
    try {
      const found = await readPerson(graph, person.objectId);
      if (!found || found.isExternal || found.accountEnabled !== true) return { outcome: 'refused' };
      const [roles, eligibleRoles, groups] = await Promise.all([
        listActiveRoles(graph, person.objectId),
        eligibleOrNone(graph, person.objectId),
        this.groupsOf(graph, person),
      ]);
      return {
        outcome: 'known',
        person: { ...person, displayName: found.displayName ?? person.displayName },
        userPrincipalName: found.userPrincipalName,
        roles,
        eligibleRoles: eligibleRoles.filter((role) => !roles.includes(role)),
        groups,
      };
    } catch (error) {
      const isConsent =
        error instanceof BotError &&
        (error.code === 'consent-missing' || error.code === 'permission-missing');
      if (isConsent) return { outcome: 'unread', error };
      throw error;
    }
  }

  /** Groups of any tenant's settings that live in the person's own tenant (product, Authority). */
  private async groupsOf(graph: GraphRead, person: Person): Promise<Known['groups']> {
    const found: { tenantId: string; name: GroupName }[] = [];
    for (const tenant of this.tenants) {
      for (const name of ['viewers', 'operators', 'approvers'] as const) {
        const group = tenant.groups[name];
        if (group?.tenantId.toLowerCase() !== person.tenantId.toLowerCase()) continue;
        if (await isMemberOfGroup(graph, person.objectId, group.groupId)) {
          found.push({ tenantId: tenant.tenantId, name });
        }
      }
    }
    return found;
  }
}

/** May see the tenant. */
export function mayView(standing: Known, tenant: Tenant): boolean {
  return isEntitled(standing, tenant, viewing);
}

/** May ask for changes in the tenant. */
export function mayOperate(standing: Known, tenant: Tenant): boolean {
  return isEntitled(standing, tenant, requesting);
}

/** May stop all writes in the tenant: whoever may ask for changes there, or approve them. */
export function mayStop(standing: Known, tenant: Tenant): boolean {
  return isEntitled(standing, tenant, { ...requesting, groups: ['operators', 'approvers'] });
}

export function mayViewAny(standing: Known, tenants: readonly Tenant[]): boolean {
  return tenants.some((tenant) => mayView(standing, tenant));
}

/** A link is seen or changed by people of either side (decisions, Who may). */
export function mayOperateLink(standing: Known, link: Link): boolean {
  return mayOperate(standing, link.source) || mayOperate(standing, link.target);
}

export function mayViewLink(standing: Known, link: Link): boolean {
  return mayView(standing, link.source) || mayView(standing, link.target);
}

/** The rules themselves are those of authority (decisions, Who may); here they meet what was read a minute ago. */
function isEntitled({ person, roles, groups }: Known, tenant: Tenant, by: Entitlement): boolean {
  const isOwn = person.tenantId.toLowerCase() === tenant.tenantId.toLowerCase();
  return (
    (isOwn && roles.some((role) => by.roles.includes(role))) ||
    groups.some(({ tenantId, name }) => tenantId === tenant.tenantId && by.groups.includes(name))
  );
}

/** Only for telling people what to activate, so a refusal to read it is no reason to stop. */
async function eligibleOrNone(graph: GraphRead, objectId: string): Promise<readonly string[]> {
  try {
    return await listEligibleRoles(graph, objectId);
  } catch (error) {
    if (error instanceof BotError) return [];
    throw error;
  }
}
