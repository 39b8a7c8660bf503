/** The part of a directory user that decides whether a person may act. */
export interface DirectoryPerson {
  readonly objectId: string;
  readonly displayName: string | null;
  readonly userPrincipalName: string | null;
  /** Guests, and members that came by invitation or synchronization (decisions, Who may). */
  readonly isExternal: boolean;
  /** `null` when it could not be read: counts as disabled. */
  readonly accountEnabled: boolean | null;
}

export interface RoleHolder {
  readonly objectId: string;
  readonly displayName: string;
  readonly roleTemplateIds: readonly string[];
}

/** Live reads of who somebody is and what they hold now; the composition root adapts the Graph layer to it. */
export interface Directory {
  readPerson(tenantId: string, objectId: string): Promise<DirectoryPerson | undefined>;
  listActiveRoleTemplateIds(tenantId: string, objectId: string): Promise<readonly string[]>;
  listEligibleRoleTemplateIds(tenantId: string, objectId: string): Promise<readonly string[]>;
  isMemberOfGroup(tenantId: string, objectId: string, groupId: string): Promise<boolean>;
  /** Internal, enabled people who hold any of the roles. */
  listRoleHolders(tenantId: string, roleTemplateIds: readonly string[]): Promise<readonly RoleHolder[]>;
  /** Internal, enabled people of a group. */
  listGroupPeople(tenantId: string, groupId: string): Promise<readonly RoleHolder[]>;
}
