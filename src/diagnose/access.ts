import type { DefaultPolicy, Partner } from '../graph/cross-tenant-access-policy';

/** Who may invite guests, in words; synchronization stops where nobody may (facts 5.5). */
const inviters: Readonly<Record<string, string>> = {
  none: 'nobody',
  adminsandguestinviters: 'administrators and guest inviters',
  adminsguestinvitersandallmembers: 'all members',
  everyone: 'everyone, guests too',
};

/** @param setting `allowInvitesFrom` of the authorization policy; a value that is new to us stays as it is */
export function inviterWords(setting: string | null): string {
  return setting === null ? 'not set' : (inviters[setting.toLowerCase()] ?? setting);
}

type B2bSetting = Partner['b2bCollaborationInbound'];
type Targets = NonNullable<B2bSetting>['usersAndGroups'] | undefined;

/** `open` for everyone, `closed` for everyone, `partial`: depends on who it is. */
export type Access = 'open' | 'closed' | 'partial';

/** What holds for the partner and where it comes from: `null` in the partner inherits the default (facts 3.2). */
export interface Effective<T> {
  readonly byDefault: T;
  readonly byPartner: T | null;
  readonly effective: T;
  readonly origin: 'partner' | 'default';
}

export function effectiveOf<T>(byDefault: T, byPartner: T | null | undefined): Effective<T> {
  const own = byPartner ?? null;
  return own === null
    ? { byDefault, byPartner: null, effective: byDefault, origin: 'default' }
    : { byDefault, byPartner: own, effective: own, origin: 'partner' };
}

/** Whether B2B collaboration lets these users through; synchronization is built on it (facts 3.3). */
export function accessOf(setting: B2bSetting): Access {
  const parts = [
    partOf(setting?.usersAndGroups, 'AllUsers'),
    partOf(setting?.applications, 'AllApplications'),
  ];
  if (parts.includes('closed')) return 'closed';
  return parts.includes('partial') ? 'partial' : 'open';
}

export const accessWords: Readonly<Record<Access, string>> = {
  open: 'allowed',
  closed: 'blocked',
  partial: 'allowed for some only',
};

/** B2B collaboration in the direction that synchronization uses on this side. */
export function b2bOf(
  direction: 'inbound' | 'outbound',
  defaults: DefaultPolicy,
  partner: Partner | undefined,
): Effective<Access> {
  const member = direction === 'inbound' ? 'b2bCollaborationInbound' : 'b2bCollaborationOutbound';
  const own = partner?.[member];
  return effectiveOf(accessOf(defaults[member]), own ? accessOf(own) : null);
}

/** B2B direct connect; blocked in the default of the service (facts 3.3). */
export function directOf(
  direction: 'inbound' | 'outbound',
  defaults: DefaultPolicy,
  partner: Partner | undefined,
): Effective<Access> {
  const member = direction === 'inbound' ? 'b2bDirectConnectInbound' : 'b2bDirectConnectOutbound';
  const own = partner?.[member];
  return effectiveOf(accessOf(defaults[member]), own ? accessOf(own) : null);
}

function partOf(targets: Targets, everything: string): Access {
  if (!targets?.accessType) return 'open';
  const isBlocked = targets.accessType.toLowerCase() === 'blocked';
  const isEverything = targets.targets.some(
    ({ target }) => target?.toLowerCase() === everything.toLowerCase(),
  );
  if (isEverything) return isBlocked ? 'closed' : 'open';
  return targets.targets.length === 0 && isBlocked ? 'open' : 'partial';
}
