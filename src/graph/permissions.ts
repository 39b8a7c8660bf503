import type { PackName } from '../config';

export interface Permission {
  readonly name: string;
  /** What it is for, for the administrator who consents. */
  readonly use: string;
}

/** What each app registration asks for (facts 1.2), the least that works. */
export const packs: Readonly<Record<PackName, readonly Permission[]>> = {
  read: [
    { name: 'Organization.Read.All', use: 'Read the tenant, its verified domains and licences.' },
    { name: 'CrossTenantInformation.ReadBasic.All', use: 'Look up the name of the other tenant.' },
    { name: 'Policy.Read.All', use: 'Read the cross-tenant access settings and the guest settings.' },
    { name: 'User.Read.All', use: 'Read users, to find who is in scope and who may approve.' },
    { name: 'GroupMember.Read.All', use: 'Read groups and their members, to count who is in scope.' },
    {
      name: 'RoleManagement.Read.Directory',
      use: 'Read who holds which administrator role, also eligible ones.',
    },
    { name: 'Application.Read.All', use: 'Find configurations and who is assigned to them.' },
    { name: 'Synchronization.Read.All', use: 'Read synchronization jobs and their mappings.' },
    { name: 'AuditLog.Read.All', use: 'Read the provisioning log: what happened to whom.' },
    {
      name: 'UserAuthMethod-Phone.Read.All',
      use: 'Find users with SMS sign-in, whom Entra does not synchronize.',
    },
    {
      name: 'Policy.Read.AuthenticationMethod',
      use: 'Read which groups may sign in by SMS, so that the cause is found.',
    },
  ],
  write: [
    {
      name: 'Policy.ReadWrite.CrossTenantAccess',
      use: 'Create partner entries, allow inbound synchronization and automatic redemption.',
    },
    {
      name: 'Application.ReadWrite.OwnedBy',
      use: 'Create the configuration application that holds the job.',
    },
    {
      name: 'Synchronization.ReadWrite.All',
      use: 'Create, start and pause the job, save its settings and mappings, provision one user.',
    },
    { name: 'AppRoleAssignment.ReadWrite.All', use: 'Assign users and groups to the configuration.' },
    { name: 'Application.Read.All', use: 'Required by Microsoft together with assigning users and groups.' },
  ],
  phone: [
    { name: 'UserAuthMethod-Phone.ReadWrite.All', use: 'Turn SMS sign-in off for a user, remove a phone.' },
    {
      name: 'UserAuthenticationMethod.Read.All',
      use: 'See which ways to sign in a user has left, so that nobody is locked out.',
    },
  ],
};

/** Names only, as the registration of a pack lists them. */
export function permissionNames(pack: PackName): readonly string[] {
  return packs[pack].map((permission) => permission.name);
}

/** The first pack that can do with any of these permissions; `read` when none lists them. */
export function packFor(anyOf: readonly string[]): PackName {
  const order: readonly PackName[] = ['read', 'write', 'phone'];
  return order.find((pack) => packs[pack].some(({ name }) => anyOf.includes(name))) ?? 'read';
}
