/** Permissions of one call: every group is needed, any one name of a group suffices (facts 1.2). */
export type PermissionNeeds = readonly (readonly string[])[];

export interface Operation {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path after the version, with `{names}` that the caller fills. */
  readonly path: string;
  /** `read` changes nothing although it is no GET; only `write` is refused while writes are off (I40). */
  readonly effect: 'read' | 'write';
  readonly needs: PermissionNeeds;
}

const partners = '/policies/crossTenantAccessPolicy/partners';
const synchronization = '/servicePrincipals/{servicePrincipalId}/synchronization';

const policy: PermissionNeeds = [['Policy.ReadWrite.CrossTenantAccess']];
const ownApplication: PermissionNeeds = [
  ['Application.ReadWrite.OwnedBy', 'Application.ReadWrite.All', 'Directory.ReadWrite.All'],
];
const engine: PermissionNeeds = [['Synchronization.ReadWrite.All', 'Application.ReadWrite.OwnedBy']];
const assign: PermissionNeeds = [
  ['AppRoleAssignment.ReadWrite.All'],
  ['Application.Read.All', 'Application.ReadWrite.All', 'Directory.Read.All'],
];

const phones: PermissionNeeds = [
  ['UserAuthMethod-Phone.ReadWrite.All', 'UserAuthenticationMethod.ReadWrite.All'],
];

/** Everything this program can ask Graph to do besides GET; the HTTP layer refuses the rest (I26, I40; facts 3, 4). */
export const operations = {
  'partners.create': { method: 'POST', path: partners, effect: 'write', needs: policy },
  'partners.update': {
    method: 'PATCH',
    path: `${partners}/{partnerTenantId}`,
    effect: 'write',
    needs: policy,
  },
  'default.update': {
    method: 'PATCH',
    path: '/policies/crossTenantAccessPolicy/default',
    effect: 'write',
    needs: policy,
  },
  'identitySynchronization.create': {
    method: 'PUT',
    path: `${partners}/{partnerTenantId}/identitySynchronization`,
    effect: 'write',
    needs: policy,
  },
  'identitySynchronization.update': {
    method: 'PATCH',
    path: `${partners}/{partnerTenantId}/identitySynchronization`,
    effect: 'write',
    needs: policy,
  },
  'applicationTemplates.instantiate': {
    method: 'POST',
    path: '/applicationTemplates/{applicationTemplateId}/instantiate',
    effect: 'write',
    needs: ownApplication,
  },
  'jobs.validateCredentials': {
    method: 'POST',
    path: `${synchronization}/jobs/validateCredentials`,
    effect: 'read',
    needs: engine,
  },
  'jobs.create': { method: 'POST', path: `${synchronization}/jobs`, effect: 'write', needs: engine },
  'jobs.start': {
    method: 'POST',
    path: `${synchronization}/jobs/{jobId}/start`,
    effect: 'write',
    needs: engine,
  },
  'jobs.pause': {
    method: 'POST',
    path: `${synchronization}/jobs/{jobId}/pause`,
    effect: 'write',
    needs: engine,
  },
  'jobs.restart': {
    method: 'POST',
    path: `${synchronization}/jobs/{jobId}/restart`,
    effect: 'write',
    needs: engine,
  },
  'jobs.provisionOnDemand': {
    method: 'POST',
    path: `${synchronization}/jobs/{jobId}/provisionOnDemand`,
    effect: 'write',
    needs: engine,
  },
  'secrets.replace': { method: 'PUT', path: `${synchronization}/secrets`, effect: 'write', needs: engine },
  'schema.replace': {
    method: 'PUT',
    path: `${synchronization}/jobs/{jobId}/schema`,
    effect: 'write',
    needs: engine,
  },
  'appRoleAssignedTo.create': {
    method: 'POST',
    path: '/servicePrincipals/{servicePrincipalId}/appRoleAssignedTo',
    effect: 'write',
    needs: assign,
  },
  'appRoleAssignedTo.delete': {
    method: 'DELETE',
    path: '/servicePrincipals/{servicePrincipalId}/appRoleAssignedTo/{appRoleAssignmentId}',
    effect: 'write',
    needs: assign,
  },
  'phoneMethods.disableSmsSignIn': {
    method: 'POST',
    path: '/users/{userId}/authentication/phoneMethods/{phoneMethodId}/disableSmsSignIn',
    effect: 'write',
    needs: phones,
  },
  'phoneMethods.enableSmsSignIn': {
    method: 'POST',
    path: '/users/{userId}/authentication/phoneMethods/{phoneMethodId}/enableSmsSignIn',
    effect: 'write',
    needs: phones,
  },
  'phoneMethods.create': {
    method: 'POST',
    path: '/users/{userId}/authentication/phoneMethods',
    effect: 'write',
    needs: phones,
  },
  'phoneMethods.delete': {
    method: 'DELETE',
    path: '/users/{userId}/authentication/phoneMethods/{phoneMethodId}',
    effect: 'write',
    needs: phones,
  },
} as const satisfies Record<string, Operation>;

export type OperationName = keyof typeof operations;

/** The named operation that a raw request is, by method and path without version; `undefined` = not ours. */
export function operationOf(method: string, path: string): OperationName | undefined {
  return (Object.keys(operations) as OperationName[]).find(
    (name) => operations[name].method === method && patternOf(operations[name].path).test(path),
  );
}

function patternOf(path: string): RegExp {
  const escaped = path.replace(/[.()$']/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+');
  return new RegExp(`^${escaped}$`);
}
