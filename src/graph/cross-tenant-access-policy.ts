import { z } from 'zod/v4';
import { BotError } from '../errors';
import type { GraphRead, GraphWrite } from './client';
import { bare, flag, listOf, maybe, text } from './parse';
import { at } from './path';

const targets = z.object({
  accessType: text,
  targets: listOf(z.object({ target: text, targetType: text })),
});
const b2bSetting = maybe(z.object({ usersAndGroups: maybe(targets), applications: maybe(targets) }));
const trust = maybe(
  z.object({
    isMfaAccepted: flag,
    isCompliantDeviceAccepted: flag,
    isHybridAzureADJoinedDeviceAccepted: flag,
  }),
);
const consent = maybe(z.object({ inboundAllowed: flag, outboundAllowed: flag }));

const settings = {
  inboundTrust: trust,
  b2bCollaborationInbound: b2bSetting,
  b2bCollaborationOutbound: b2bSetting,
  b2bDirectConnectInbound: b2bSetting,
  b2bDirectConnectOutbound: b2bSetting,
  automaticUserConsentSettings: consent,
};

/** `null` = inherits the default; for automatic consent the inherited value is always false (facts 3.2). */
export const partnerSchema = z.object({
  tenantId: z.string(),
  isServiceProvider: flag,
  isInMultiTenantOrganization: flag,
  ...settings,
});
export type Partner = z.output<typeof partnerSchema>;

export const defaultPolicySchema = bare(z.object({ isServiceDefault: flag, ...settings }));
export type DefaultPolicy = z.output<typeof defaultPolicySchema>;

export const policySchema = bare(
  z.object({ id: text, displayName: text, allowedCloudEndpoints: listOf(z.string()) }),
);

export const identitySynchronizationSchema = bare(
  z.object({
    tenantId: text,
    displayName: text,
    userSyncInbound: maybe(z.object({ isSyncAllowed: flag })),
  }),
);
export type IdentitySynchronization = z.output<typeof identitySynchronizationSchema>;

const reads = ['Policy.Read.All', 'Policy.ReadWrite.CrossTenantAccess'];
const root = '/policies/crossTenantAccessPolicy';

export async function readDefaultPolicy(graph: GraphRead): Promise<DefaultPolicy> {
  return graph.get(`${root}/default`, {
    doing: 'reading the default cross-tenant access settings',
    permissions: reads,
    schema: defaultPolicySchema,
  });
}

export async function listPartners(graph: GraphRead): Promise<readonly Partner[]> {
  const { items } = await graph.list(`${root}/partners`, {
    doing: 'reading the partner entries',
    permissions: reads,
    schema: partnerSchema,
    limit: 5000,
  });
  return items;
}

/** The partner entry for another tenant; its key is that tenant's id (facts 3.1). */
export async function findPartner(graph: GraphRead, partnerTenantId: string): Promise<Partner | undefined> {
  return graph.find(at`/policies/crossTenantAccessPolicy/partners/${partnerTenantId}`, {
    doing: 'reading the partner entry',
    permissions: reads,
    schema: bare(partnerSchema),
  });
}

/** The inbound sync policy: a contained object with its own address, not part of the partner (facts 3.1). */
export async function findIdentitySynchronization(
  graph: GraphRead,
  partnerTenantId: string,
): Promise<IdentitySynchronization | undefined> {
  return graph.find(
    at`/policies/crossTenantAccessPolicy/partners/${partnerTenantId}/identitySynchronization`,
    {
      doing: 'reading the inbound synchronization setting',
      permissions: reads,
      schema: identitySynchronizationSchema,
    },
  );
}

/** Creates the partner entry; one that exists already (409) is taken as done. Returns Graph's request ids. */
export async function createPartner(write: GraphWrite, partnerTenantId: string): Promise<readonly string[]> {
  try {
    const sent = await write.send('partners.create', {
      parameters: {},
      body: { tenantId: partnerTenantId },
      doing: 'creating the partner entry',
    });
    return sent.requestIds;
  } catch (error) {
    if (error instanceof BotError && error.code === 'conflict') return idsOf(error);
    throw error;
  }
}

/**
 * Sets one side of automatic redemption. Graph may replace the whole block, so both members are sent: the wanted
 * one and the other as read just now (facts 3.2).
 */
export async function setAutomaticConsent(
  write: GraphWrite,
  partnerTenantId: string,
  wanted: { readonly inboundAllowed?: boolean; readonly outboundAllowed?: boolean },
): Promise<readonly string[]> {
  const partner = await findPartner(write, partnerTenantId);
  const now = partner?.automaticUserConsentSettings;
  const sent = await write.send('partners.update', {
    parameters: { partnerTenantId },
    body: {
      automaticUserConsentSettings: {
        inboundAllowed: wanted.inboundAllowed ?? now?.inboundAllowed ?? null,
        outboundAllowed: wanted.outboundAllowed ?? now?.outboundAllowed ?? null,
      },
    },
    doing: 'setting automatic redemption',
  });
  return sent.requestIds;
}

/** The claims that a tenant takes over from another one; all three are sent, for they are one block (facts 3.2). */
export interface InboundTrust {
  readonly isMfaAccepted: boolean;
  readonly isCompliantDeviceAccepted: boolean;
  readonly isHybridAzureADJoinedDeviceAccepted: boolean;
}

/** Sets the whole block of trust in the partner entry; `null` leaves it to the default again. */
export async function setInboundTrust(
  write: GraphWrite,
  partnerTenantId: string,
  inboundTrust: InboundTrust | null,
): Promise<readonly string[]> {
  const sent = await write.send('partners.update', {
    parameters: { partnerTenantId },
    body: { inboundTrust },
    doing: 'setting which claims are trusted',
  });
  return sent.requestIds;
}

/** Changes the members sent of the default policy, and nothing else (facts 3.1). */
export async function updateDefaultPolicy(
  write: GraphWrite,
  changed: Readonly<Record<string, unknown>>,
): Promise<readonly string[]> {
  const sent = await write.send('default.update', {
    parameters: {},
    body: changed,
    doing: 'changing the default cross-tenant access settings',
  });
  return sent.requestIds;
}

/**
 * Allows (or stops) inbound user synchronization: GET, then PUT or PATCH, because PUT is no upsert. When the two
 * disagree with what was read (409 on PUT, `Directory_ObjectNotFound` on PATCH) the other one is sent once (facts 3.4).
 */
export async function setInboundSync(
  write: GraphWrite,
  partnerTenantId: string,
  wanted: { readonly displayName: string; readonly isSyncAllowed: boolean },
): Promise<readonly string[]> {
  const existing = await findIdentitySynchronization(write, partnerTenantId);
  const first = existing ? 'identitySynchronization.update' : 'identitySynchronization.create';
  const second = existing ? 'identitySynchronization.create' : 'identitySynchronization.update';
  const call = {
    parameters: { partnerTenantId },
    body: {
      ...(existing?.displayName ? {} : { displayName: wanted.displayName }),
      userSyncInbound: { isSyncAllowed: wanted.isSyncAllowed },
    },
    doing: 'setting inbound synchronization',
  };
  try {
    return (await write.send(first, call)).requestIds;
  } catch (error) {
    if (!(error instanceof BotError) || !meansTheOtherVerb(error)) throw error;
    const sent = await write.send(second, call);
    return [...idsOf(error), ...sent.requestIds];
  }
}

function meansTheOtherVerb(error: BotError): boolean {
  return (
    error.code === 'conflict' ||
    error.code === 'not-found' ||
    error.graphCode === 'Directory_ObjectNotFound' ||
    error.graphCode === 'Request_MultipleObjectsWithSameKeyValue'
  );
}

function idsOf(error: BotError): readonly string[] {
  return error.requestId ? [error.requestId] : [];
}
