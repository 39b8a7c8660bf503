import type { TenantConfig } from '../../src/config';
import type { Directory, DirectoryPerson } from '../../src/approvals/directory';
import type { Person } from '../../src/plan/types';

export interface FakePerson {
  readonly person: Person;
  roles: string[];
  eligible: string[];
  groups: string[];
  isExternal: boolean;
  accountEnabled: boolean | null;
}

/** A directory of two tenants in memory, with everything that is asked of it counted. */
export class FakeDirectory implements Directory {
  readonly people = new Map<string, FakePerson>();
  isDown = false;
  asked = 0;

  add(tenantId: string, name: string, changes: Partial<FakePerson> = {}): Person {
    const person = { tenantId, objectId: `${name}-id`, displayName: name };
    this.people.set(`${tenantId}/${name}-id`, {
      person,
      roles: [],
      eligible: [],
      groups: [],
      isExternal: false,
      accountEnabled: true,
      ...changes,
    });
    return person;
  }

  of(person: Person): FakePerson {
    const found = this.people.get(`${person.tenantId}/${person.objectId}`);
    if (!found) throw new Error(`nobody is ${person.displayName}`);
    return found;
  }

  async readPerson(tenantId: string, objectId: string): Promise<DirectoryPerson | undefined> {
    const found = this.look(tenantId, objectId);
    if (!found) return undefined;
    const { isExternal, accountEnabled } = found;
    return {
      objectId,
      displayName: found.person.displayName,
      userPrincipalName: null,
      isExternal,
      accountEnabled,
    };
  }

  async listActiveRoleTemplateIds(tenantId: string, objectId: string) {
    return this.look(tenantId, objectId)?.roles ?? [];
  }

  async listEligibleRoleTemplateIds(tenantId: string, objectId: string) {
    return this.look(tenantId, objectId)?.eligible ?? [];
  }

  async isMemberOfGroup(tenantId: string, objectId: string, groupId: string) {
    return this.look(tenantId, objectId)?.groups.includes(groupId) ?? false;
  }

  async listRoleHolders(tenantId: string, roleTemplateIds: readonly string[]) {
    return this.all(tenantId)
      .filter((one) => one.roles.some((role) => roleTemplateIds.includes(role)))
      .map(({ person, roles }) => ({ ...person, roleTemplateIds: roles }));
  }

  async listGroupPeople(tenantId: string, groupId: string) {
    return this.all(tenantId)
      .filter((one) => one.groups.includes(groupId))
      .map(({ person }) => ({ ...person, roleTemplateIds: [] }));
  }

  private all(tenantId: string): FakePerson[] {
    this.count();
    return [...this.people.values()].filter(
      (one) => one.person.tenantId === tenantId && !one.isExternal && one.accountEnabled === true,
    );
  }

  private look(tenantId: string, objectId: string): FakePerson | undefined {
    this.count();
    return this.people.get(`${tenantId}/${objectId}`);
  }

  private count(): void {
    this.asked += 1;
    if (this.isDown) throw new Error('the directory does not answer');
  }
}

export function tenantConfig(tenantId: string, groups: TenantConfig['groups'] = {}): TenantConfig {
  return {
    tenantId,
    key: tenantId,
    displayName: `Tenant ${tenantId}`,
    cloud: 'public',
    allowed: true,
    groups,
  } as TenantConfig;
}
