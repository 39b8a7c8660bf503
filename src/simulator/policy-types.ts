import type { JsonObject } from './json';

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
