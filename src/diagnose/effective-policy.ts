import type { DefaultPolicy, Partner } from '../graph/cross-tenant-access-policy';
import type { Side } from '../plan/types';
import { accessWords, b2bOf, directOf, effectiveOf, inviterWords, type Effective } from './access';
import type { Look } from './look';

/** One setting as it holds for the partner, and where it comes from. */
export interface PolicyRow {
  readonly side: Side;
  readonly setting: string;
  readonly byDefault: string;
  /** "inherits" when the partner entry says nothing; "no entry" when there is none. */
  readonly byPartner: string;
  readonly effective: string;
  readonly origin: 'default' | 'partner' | 'tenant';
}

/** The access settings of both tenants that decide about a link: default, partner and effective values (facts 3). */
export async function readEffectivePolicy(look: Look): Promise<readonly PolicyRow[]> {
  const [target, source] = await Promise.all([targetRows(look), sourceRows(look)]);
  return [...target, ...source];
}

async function targetRows(look: Look): Promise<readonly PolicyRow[]> {
  const [defaults, partner, sync, invitations] = await Promise.all([
    look.defaults('target'),
    look.partner('target'),
    look.identitySynchronization(),
    look.invitations('target'),
  ]);
  const side = 'target';
  const hasEntry = partner !== undefined;
  return [
    row(
      side,
      'Inbound synchronization of users',
      own(sync?.userSyncInbound?.isSyncAllowed),
      hasEntry,
      allowed,
    ),
    row(
      side,
      'Automatic redemption, inbound',
      own(partner?.automaticUserConsentSettings?.inboundAllowed),
      hasEntry,
    ),
    row(
      side,
      'B2B collaboration, inbound',
      b2bOf('inbound', defaults, partner),
      hasEntry,
      (access) => accessWords[access],
    ),
    row(
      side,
      'B2B direct connect, inbound',
      directOf('inbound', defaults, partner),
      hasEntry,
      (access) => accessWords[access],
    ),
    ...trustRows(defaults, partner),
    membershipRow(side, partner),
    {
      side,
      setting: 'Who may invite guests',
      byDefault: '–',
      byPartner: '–',
      effective: inviterWords(invitations.allowInvitesFrom),
      origin: 'tenant',
    },
  ];
}

const trusts = [
  ['Trust MFA of the other tenant', 'isMfaAccepted'],
  ['Trust compliant devices', 'isCompliantDeviceAccepted'],
  ['Trust hybrid joined devices', 'isHybridAzureADJoinedDeviceAccepted'],
] as const;

/** A partner entry with any trust setting replaces the default's whole block (facts 3.2). */
function trustRows(defaults: DefaultPolicy, partner: Partner | undefined): readonly PolicyRow[] {
  return trusts.map(([setting, member]) => {
    const byDefault = defaults.inboundTrust?.[member] ?? false;
    const byPartner = partner?.inboundTrust ? (partner.inboundTrust[member] ?? false) : null;
    return row('target', setting, effectiveOf<boolean | null>(byDefault, byPartner), partner !== undefined);
  });
}

async function sourceRows(look: Look): Promise<readonly PolicyRow[]> {
  const [defaults, partner] = await Promise.all([look.defaults('source'), look.partner('source')]);
  const side = 'source';
  const hasEntry = partner !== undefined;
  return [
    row(
      side,
      'Automatic redemption, outbound',
      own(partner?.automaticUserConsentSettings?.outboundAllowed),
      hasEntry,
    ),
    row(
      side,
      'B2B collaboration, outbound',
      b2bOf('outbound', defaults, partner),
      hasEntry,
      (access) => accessWords[access],
    ),
    row(
      side,
      'B2B direct connect, outbound',
      directOf('outbound', defaults, partner),
      hasEntry,
      (access) => accessWords[access],
    ),
    membershipRow(side, partner),
  ];
}

/** A multitenant organization writes partner entries of its own (facts 3.5). */
function membershipRow(side: Side, partner: Partner | undefined): PolicyRow {
  return {
    side,
    setting: 'Multitenant organization',
    byDefault: '–',
    byPartner: '–',
    effective: partner?.isInMultiTenantOrganization === true ? 'member' : 'no member',
    origin: 'tenant',
  };
}

/** Settings without a default of their own: off unless the partner entry says otherwise (facts 3.2, 3.4). */
function own(value: boolean | null | undefined): Effective<boolean | null> {
  return effectiveOf<boolean | null>(false, value);
}

function row<T>(
  side: Side,
  setting: string,
  found: Effective<T>,
  hasEntry: boolean,
  words: (value: T) => string = onOff,
): PolicyRow {
  return {
    side,
    setting,
    byDefault: words(found.byDefault),
    byPartner: found.byPartner === null ? (hasEntry ? 'inherits' : 'no entry') : words(found.byPartner),
    effective: words(found.effective),
    origin: found.origin,
  };
}

function onOff(value: unknown): string {
  return value === true ? 'on' : 'off';
}

function allowed(value: unknown): string {
  return value === true ? 'allowed' : 'not allowed';
}
