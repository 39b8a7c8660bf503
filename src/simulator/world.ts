import type { SyncState } from './sync/state';

/** Everything here is plain JSON: the world is saved and restored as it is. Instants are ISO 8601 UTC. */

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type JsonObject = { [name: string]: Json };

export type TenantKey = 'con' | 'fab' | 'win';
export const tenantKeys: readonly TenantKey[] = ['con', 'fab', 'win'];

export interface ObjectIdentity {
  signInType: string;
  issuer: string;
  issuerAssignedId: string;
}

/** A user as the directory keeps it; `home` is ours (Graph does not show it). */
export interface User {
  id: string;
  displayName: string;
  givenName: string | null;
  surname: string | null;
  userPrincipalName: string;
  mail: string | null;
  mailNickname: string;
  otherMails: string[];
  proxyAddresses: string[];
  userType: 'Member' | 'Guest';
  accountEnabled: boolean;
  creationType: 'Invitation' | null;
  externalUserState: 'Accepted' | 'PendingAcceptance' | null;
  externalUserStateChangeDateTime: string | null;
  createdDateTime: string;
  department: string | null;
  jobTitle: string | null;
  companyName: string | null;
  employeeId: string | null;
  usageLocation: string | null;
  country: string | null;
  state: string | null;
  city: string | null;
  streetAddress: string | null;
  postalCode: string | null;
  officeLocation: string | null;
  mobilePhone: string | null;
  businessPhones: string[];
  preferredLanguage: string | null;
  showInAddressList: boolean | null;
  /** Without the SMS identity: it follows from the phone methods and is added when the user is shown. */
  identities: ObjectIdentity[];
  onPremisesSyncEnabled: boolean | null;
  onPremisesImmutableId: string | null;
  assignedLicenses: { skuId: string; disabledPlans: string[] }[];
  managerId: string | null;
  /** For external users: who this is at home (what alternativeSecurityIds stands for); null for internal. */
  home: { tenantId: string; userId: string | null } | null;
}

export type SmsSignInState =
  'notSupported' | 'notAllowedByPolicy' | 'notEnabled' | 'phoneNumberNotUnique' | 'ready' | 'notConfigured';

export interface PhoneMethod {
  /** One of the three fixed ids (facts 5.2). */
  id: string;
  phoneNumber: string;
  phoneType: 'mobile' | 'alternateMobile' | 'office';
  smsSignInState: SmsSignInState;
  createdDateTime: string;
}

/** How a user signs in: a pure function of the seed as long as nobody changes it. */
export interface Authentication {
  phones: PhoneMethod[];
  authenticator: boolean;
  fido2: boolean;
  /** The user's default second factor; a phone that is the default cannot be deleted. */
  preferred: 'push' | 'oath' | 'voiceMobile' | 'voiceAlternateMobile' | 'voiceOffice' | 'sms' | 'none';
}

/** What differs from the generated users. Size follows the number of changes, not of users. */
export interface UserOverlay {
  /** Changed properties of generated users, by id. */
  changed: Record<string, Partial<User>>;
  /** Users that no generator makes (synced, invited), by id. */
  created: Record<string, User>;
  /** Soft-deleted, by id: instant of deletion. Kept 30 days. */
  deleted: Record<string, string>;
  /** Deleted for good, generated users only. */
  purged: Record<string, true>;
  authentication: Record<string, Authentication>;
  /** The last change by id: its instant, and its number in the order of all changes (for delta queries). */
  touched: Record<string, { at: string; change: number }>;
}

export interface Group {
  id: string;
  displayName: string;
  description: string | null;
  mail: string | null;
  mailEnabled: boolean;
  mailNickname: string;
  securityEnabled: boolean;
  isAssignableToRole: boolean | null;
  groupTypes: string[];
  membershipRule: string | null;
  createdDateTime: string;
  /** Direct members: users and groups. */
  memberIds: string[];
  /** Dynamic group: every enabled internal member of this department is a direct member too. */
  dynamicDepartment: string | null;
}

export interface Contact {
  id: string;
  displayName: string;
  givenName: string | null;
  surname: string | null;
  mail: string;
  companyName: string | null;
  proxyAddresses: string[];
}

export interface RoleGrant {
  id: string;
  /** A user or a role-assignable group. */
  principalId: string;
  roleTemplateId: string;
  directoryScopeId: string;
  kind: 'assigned' | 'activated' | 'eligible';
  startDateTime: string;
  endDateTime: string | null;
}

export interface AutomaticUserConsent {
  inboundAllowed: boolean | null;
  outboundAllowed: boolean | null;
}

export interface IdentitySynchronization {
  displayName: string | null;
  userSyncInbound: { isSyncAllowed: boolean } | null;
  groupSyncInbound: { isSyncAllowed: boolean } | null;
}

/** A partner entry. `null` of a block means: inherit the default (facts 3.2). */
export interface Partner {
  tenantId: string;
  isServiceProvider: boolean | null;
  isInMultiTenantOrganization: boolean;
  inboundTrust: JsonObject | null;
  b2bCollaborationInbound: JsonObject | null;
  b2bCollaborationOutbound: JsonObject | null;
  b2bDirectConnectInbound: JsonObject | null;
  b2bDirectConnectOutbound: JsonObject | null;
  tenantRestrictions: JsonObject | null;
  automaticUserConsentSettings: AutomaticUserConsent;
  /** Its own resource in Graph; null when it was never PUT. */
  identitySynchronization: IdentitySynchronization | null;
}

export interface Policies {
  crossTenantAccess: { displayName: string; description: string | null; allowedCloudEndpoints: string[] };
  /** The default configuration; null = as the service ships it. */
  default: JsonObject | null;
  partners: Record<string, Partner>;
  partnerTemplate: JsonObject | null;
  identityTemplate: JsonObject | null;
  authorization: JsonObject & { allowInvitesFrom: string };
  sms: JsonObject;
}

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
  version: 1;
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
