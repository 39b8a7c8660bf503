import { z } from 'zod/v4';

const accessType = z.enum(['allowed', 'blocked']);

const target = z.strictObject({
  target: z.string().min(1),
  targetType: z.enum(['user', 'group', 'application']),
});

const targets = z.strictObject({ accessType, targets: z.array(target).min(1) });

const b2bSetting = z.strictObject({
  usersAndGroups: targets.nullish(),
  applications: targets.nullish(),
});

const trust = z.strictObject({
  isMfaAccepted: z.boolean().nullish(),
  isCompliantDeviceAccepted: z.boolean().nullish(),
  isHybridAzureADJoinedDeviceAccepted: z.boolean().nullish(),
});

/** Both members nullable: `null` inherits (facts 3.2). */
export const consentSettings = z.strictObject({
  inboundAllowed: z.boolean().nullable().optional(),
  outboundAllowed: z.boolean().nullable().optional(),
});

const blocks = {
  inboundTrust: trust.nullish(),
  b2bCollaborationInbound: b2bSetting.nullish(),
  b2bCollaborationOutbound: b2bSetting.nullish(),
  b2bDirectConnectInbound: b2bSetting.nullish(),
  b2bDirectConnectOutbound: b2bSetting.nullish(),
};

const tenantRestrictions = b2bSetting.extend({
  devices: z.strictObject({ mode: accessType.nullish(), rule: z.string().nullish() }).nullish(),
});

export const guid = z.guid().transform((id) => id.toLowerCase());

/** PATCH partner: no key, at least one member. */
export const partnerPatch = z
  .strictObject({
    ...blocks,
    tenantRestrictions: tenantRestrictions.nullish(),
    automaticUserConsentSettings: consentSettings.nullish(),
    isServiceProvider: z.boolean().nullish(),
  })
  .refine((body) => Object.keys(body).length > 0);

export const partnerPost = z.strictObject({
  tenantId: guid,
  ...blocks,
  tenantRestrictions: tenantRestrictions.nullish(),
  automaticUserConsentSettings: consentSettings.nullish(),
  isServiceProvider: z.boolean().nullish(),
});

const allowed = z.strictObject({ isSyncAllowed: z.boolean() });

/** v1.0 knows users only; groups are beta (facts 3.4). */
export const identitySync = z.strictObject({
  displayName: z.string().max(256).nullish(),
  userSyncInbound: allowed.nullish(),
});

export const identitySyncBeta = identitySync.extend({ groupSyncInbound: allowed.nullish() });

export const basePolicyPatch = z
  .strictObject({
    displayName: z.string().min(1).optional(),
    description: z.string().nullish(),
    allowedCloudEndpoints: z
      .array(z.enum(['microsoftonline.com', 'microsoftonline.us', 'partner.microsoftonline.cn']))
      .optional(),
  })
  .refine((body) => Object.keys(body).length > 0);

/** `automaticUserConsentSettings` is read-only here (facts 3.1): naming it is refused. */
export const defaultPatch = z
  .strictObject({
    ...blocks,
    tenantRestrictions: tenantRestrictions.nullish(),
    invitationRedemptionIdentityProviderConfiguration: z.record(z.string(), z.json()).nullish(),
  })
  .refine((body) => Object.keys(body).length > 0);

const applicationLevel = z
  .string()
  .regex(/^(none|newPartners|existingPartners|newPartners,\s?existingPartners)$/);

export const partnerTemplatePatch = z
  .strictObject({
    ...blocks,
    automaticUserConsentSettings: consentSettings.nullish(),
    templateApplicationLevel: applicationLevel.optional(),
  })
  .refine((body) => Object.keys(body).length > 0);

export const identityTemplatePatch = z
  .strictObject({
    userSyncInbound: allowed.optional(),
    templateApplicationLevel: applicationLevel.optional(),
  })
  .refine((body) => Object.keys(body).length > 0);

export const authorizationPatch = z
  .strictObject({
    displayName: z.string().optional(),
    description: z.string().optional(),
    allowInvitesFrom: z
      .enum(['none', 'adminsAndGuestInviters', 'adminsGuestInvitersAndAllMembers', 'everyone'])
      .optional(),
    allowedToUseSSPR: z.boolean().optional(),
    allowedToSignUpEmailBasedSubscriptions: z.boolean().optional(),
    allowEmailVerifiedUsersToJoinOrganization: z.boolean().optional(),
    blockMsolPowerShell: z.boolean().optional(),
    guestUserRoleId: guid.optional(),
    defaultUserRolePermissions: z.record(z.string(), z.json()).optional(),
  })
  .refine((body) => Object.keys(body).length > 0);

export const smsPatch = z
  .strictObject({
    '@odata.type': z.literal('#microsoft.graph.smsAuthenticationMethodConfiguration').optional(),
    state: z.enum(['enabled', 'disabled']).optional(),
    includeTargets: z
      .array(
        z.strictObject({
          targetType: z.enum(['user', 'group']),
          id: z.string().min(1),
          isRegistrationRequired: z.boolean().optional(),
          isUsableForSignIn: z.boolean().optional(),
        }),
      )
      .optional(),
    excludeTargets: z
      .array(z.strictObject({ targetType: z.enum(['user', 'group']), id: z.string().min(1) }))
      .optional(),
  })
  .refine((body) => Object.keys(body).some((name) => name !== '@odata.type'));
