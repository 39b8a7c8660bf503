/** What a directory keeps: plain JSON, instants in ISO 8601 UTC. */

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
  /** Missing counts as true. Without one and without another method, SMS is the only way in. */
  password?: boolean;
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
  /** Every user whom it fits is a direct member too; `memberIds` then stands for rules that are not simulated. */
  membershipRule: string | null;
  createdDateTime: string;
  /** Direct members: users and groups. */
  memberIds: string[];
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
