import type { Contact, Group, RoleGrant, UserOverlay } from './directory-types';
import type { Json } from './json';
import type { Policies } from './policy-types';
import type { SyncState } from './sync/state';

/** Everything here is plain JSON: the world is saved and restored as it is. Instants are ISO 8601 UTC. */

export type { Json, JsonObject } from './json';
export type * from './directory-types';
export type * from './policy-types';

export type TenantKey = 'con' | 'fab' | 'win';
export const tenantKeys: readonly TenantKey[] = ['con', 'fab', 'win'];

export interface AppRole {
  id: string;
  displayName: string;
  description: string;
  isEnabled: boolean;
  value: string | null;
  allowedMemberTypes: string[];
}

export interface ServicePrincipal {
  id: string;
  appId: string;
  /** Object id of the application in this tenant; null for applications of others. */
  applicationId: string | null;
  applicationTemplateId: string | null;
  displayName: string;
  homepage: string | null;
  tags: string[];
  notes: string | null;
  appRoleAssignmentRequired: boolean;
  accountEnabled: boolean;
  appRoles: AppRole[];
  createdDateTime: string;
}

export interface SubscribedSku {
  skuId: string;
  skuPartNumber: string;
  enabledUnits: number;
  consumedUnits: number;
  capabilityStatus: 'Enabled' | 'Suspended' | 'Warning';
  servicePlans: { servicePlanId: string; servicePlanName: string }[];
}

export interface AuditChange {
  displayName: string;
  oldValue: string | null;
  newValue: string | null;
}

export interface DirectoryAudit {
  id: string;
  activityDateTime: string;
  category: string;
  activityDisplayName: string;
  operationType: string;
  loggedByService: string;
  result: 'success' | 'failure';
  resultReason: string;
  correlationId: string;
  initiatedByApp: string | null;
  initiatedByUser: string | null;
  targets: { id: string; displayName: string; type: string }[];
  details: { key: string; value: string }[];
  /** What changed on the first target; values are JSON texts. Missing = nothing told. */
  modified?: AuditChange[];
}

export interface TenantState {
  key: TenantKey;
  tenantId: string;
  displayName: string;
  defaultDomain: string;
  initialDomain: string;
  verifiedDomains: string[];
  countryLetterCode: string;
  skus: SubscribedSku[];
  users: UserOverlay;
  groups: Record<string, Group>;
  contacts: Record<string, Contact>;
  roles: RoleGrant[];
  policies: Policies;
  servicePrincipals: Record<string, ServicePrincipal>;
  /** What was consented: permission names by client id. */
  consents: Record<string, string[]>;
  /** Most objects that the directory takes; missing = far more than there are. */
  directoryQuota?: number;
  /** Oldest first, 30 days. */
  audits: DirectoryAudit[];
  /** Everything of the synchronization engine in this (source) tenant. */
  sync: SyncState;
}

/** An app registration known to the sign-in service. */
export interface RegisteredApplication {
  clientId: string;
  displayName: string;
  permissions: string[];
}

/** One mutating call, as `/_control/writes` tells it. */
export interface WriteEntry {
  time: string;
  tenant: TenantKey;
  operation: string;
  method: string;
  path: string;
  body: Json;
  status: number;
  clientRequestId: string | null;
  requestId: string;
  /** The call changed the world. */
  effect: boolean;
  /** The connection was cut: the caller saw no answer, whether or not there was an effect. */
  dropped: boolean;
}

export interface World {
  version: 2;
  seed: string;
  /** Generated users per tenant, cast included. */
  userCount: number;
  clock: SimulatedClock;
  /** Feeds `newId`. */
  serial: number;
  tenants: Record<TenantKey, TenantState>;
  applications: RegisteredApplication[];
  writes: WriteEntry[];
  /** Service principals and others that are not readable yet: real epoch ms by object id. */
  hiddenUntil: Record<string, number>;
}

/** Simulated now = simulatedMs + (real now - realMs) × speed. */
export interface SimulatedClock {
  simulatedMs: number;
  realMs: number;
  speed: number;
}
