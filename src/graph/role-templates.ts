/** Directory roles by template id (facts 2.2); for built-in roles it is also the role definition id. */
export const roleTemplates = {
  globalAdministrator: '62e90394-69f5-4237-9190-012177145e10',
  securityAdministrator: '194ae4cb-b126-40b2-bd5b-6091b380977d',
  hybridIdentityAdministrator: '8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2',
  cloudApplicationAdministrator: '158c047a-c907-4556-b7ef-446551a6b5f7',
  applicationAdministrator: '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3',
  identityGovernanceAdministrator: '45d8d3c5-c802-45c6-b32a-1d70b5e1e86e',
  authenticationAdministrator: 'c4e39bd9-1100-46d3-8c65-fb160da0071f',
  privilegedAuthenticationAdministrator: '7be44c8a-adaf-4e2a-84d6-ab2649e08a13',
  globalReader: 'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
  reportsReader: '4a5d8f65-41da-4de4-8968-e035b65339cf',
  privilegedRoleAdministrator: 'e8611ab8-c189-46e8-94e1-60213ab1f814',
  securityReader: '5d6b6bb7-de71-4623-b4af-96380a352509',
  securityOperator: '5f2222b1-57c3-48ba-8ad5-d4759f1fde6f',
  userAdministrator: 'fe930be7-5e62-47db-91af-98c3a49a38b1',
  teamsAdministrator: '69091246-20e8-4a56-aa4d-066075b2a7a8',
  directoryReaders: '88d8e3e3-8f55-4a1e-953a-9b9898b8876b',
  authenticationPolicyAdministrator: '0526716b-113d-4c15-b2c8-68e3c22b9f80',
} as const;

export type RoleKey = keyof typeof roleTemplates;

const names: Readonly<Record<RoleKey, string>> = {
  globalAdministrator: 'Global Administrator',
  securityAdministrator: 'Security Administrator',
  hybridIdentityAdministrator: 'Hybrid Identity Administrator',
  cloudApplicationAdministrator: 'Cloud Application Administrator',
  applicationAdministrator: 'Application Administrator',
  identityGovernanceAdministrator: 'Identity Governance Administrator',
  authenticationAdministrator: 'Authentication Administrator',
  privilegedAuthenticationAdministrator: 'Privileged Authentication Administrator',
  globalReader: 'Global Reader',
  reportsReader: 'Reports Reader',
  privilegedRoleAdministrator: 'Privileged Role Administrator',
  securityReader: 'Security Reader',
  securityOperator: 'Security Operator',
  userAdministrator: 'User Administrator',
  teamsAdministrator: 'Teams Administrator',
  directoryReaders: 'Directory Readers',
  authenticationPolicyAdministrator: 'Authentication Policy Administrator',
};

const nameById = new Map<string, string>(
  (Object.keys(names) as RoleKey[]).map((key) => [roleTemplates[key], names[key]]),
);

/** "Security Administrator" for its template id; the id itself for a role we do not know. */
export function roleName(templateId: string): string {
  return nameById.get(templateId) ?? templateId;
}

const r = roleTemplates;

/** Which roles suffice for which kind of write (facts 2.3); Global Administrator always does. */
export const rolesFor = {
  crossTenantAccess: [r.securityAdministrator, r.globalAdministrator],
  synchronization: [
    r.hybridIdentityAdministrator,
    r.applicationAdministrator,
    r.cloudApplicationAdministrator,
    r.globalAdministrator,
  ],
  assignments: [r.applicationAdministrator, r.cloudApplicationAdministrator, r.globalAdministrator],
  consent: [r.privilegedRoleAdministrator, r.globalAdministrator],
  phoneMethods: [
    r.authenticationAdministrator,
    r.privilegedAuthenticationAdministrator,
    r.globalAdministrator,
  ],
  /** For users who hold an administrator role themselves. */
  phoneMethodsOfAdministrators: [r.privilegedAuthenticationAdministrator, r.globalAdministrator],
  deletionGuard: [r.applicationAdministrator, r.globalAdministrator],
} as const satisfies Record<string, readonly string[]>;

/** Any role of a write row of facts 2.3: such a person may request plans. */
export const operatorRoleTemplateIds: readonly string[] = [
  ...new Set([
    ...rolesFor.crossTenantAccess,
    ...rolesFor.synchronization,
    ...rolesFor.assignments,
    ...rolesFor.phoneMethods,
  ]),
];

/** Roles that may look (facts 2.3, reading logs) but not change. */
export const readerRoleTemplateIds: readonly string[] = [
  r.globalReader,
  r.securityReader,
  r.securityOperator,
  r.reportsReader,
];
