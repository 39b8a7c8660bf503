import type { DefaultPolicy, Partner } from '../graph/cross-tenant-access-policy';
import type { JsonValue } from '../plan/types';
import { trustMembers } from './inbound-trust';

/** One field of the default policy that may be changed, by the name that people type. */
export interface DefaultField {
  readonly name: string;
  /** "Trust MFA of other tenants". */
  readonly title: string;
  /** The block of the policy that a partner entry has or inherits as a whole (facts 3.2). */
  readonly block: Block;
  /** Each value that may be set, or why not. */
  readonly values: Readonly<Record<string, { readonly meaning: string } | { readonly refused: string }>>;
  /** As `values` names it; `null` when it is set for some users or applications only. */
  current(policy: DefaultPolicy): string | null;
  /** The block as it shall be sent, all else in it kept. */
  changed(policy: DefaultPolicy, value: string): JsonValue;
}

export type Block =
  | 'inboundTrust'
  | 'b2bCollaborationInbound'
  | 'b2bCollaborationOutbound'
  | 'b2bDirectConnectInbound'
  | 'b2bDirectConnectOutbound';

export const defaultFields: readonly DefaultField[] = [
  trustField('trust-mfa', 'Trust MFA of other tenants', 'mfa', {
    meaning: 'MFA done in any other tenant counts here, unless its partner entry says otherwise.',
  }),
  trustField('trust-device', 'Trust compliant devices of other tenants', 'device', {
    refused:
      'any tenant in the world could call its devices compliant, by rules that you never see. Trust it for one partner: trust source>target on device.',
  }),
  trustField('trust-hybrid', 'Trust hybrid joined devices of other tenants', 'hybrid', {
    refused:
      'any tenant in the world could vouch for its devices. Trust it for one partner: trust source>target on hybrid.',
  }),
  accessField('b2b-inbound', 'B2B collaboration, inbound', 'b2bCollaborationInbound', {
    allowed: {
      meaning: 'People of every other tenant can be invited here, unless its entry says otherwise.',
    },
    blocked: {
      meaning:
        'Nobody of a tenant that follows the default can be invited or sign in here as a guest. Synchronization is built on this: from those tenants it stops.',
    },
  }),
  accessField('b2b-outbound', 'B2B collaboration, outbound', 'b2bCollaborationOutbound', {
    allowed: {
      meaning: 'Users here can accept invitations of every other tenant, unless its entry says otherwise.',
    },
    blocked: {
      meaning:
        'Users here can no longer enter a tenant that follows the default as guests. Synchronization to those tenants stops.',
    },
  }),
  accessField('direct-inbound', 'B2B direct connect, inbound', 'b2bDirectConnectInbound', {
    allowed: {
      refused:
        'shared channels here would be open to every tenant in the world. Allow it in the partner entry of one tenant, in the Entra admin center.',
    },
    blocked: { meaning: 'Shared channels here are closed to every tenant whose entry does not allow them.' },
  }),
  accessField('direct-outbound', 'B2B direct connect, outbound', 'b2bDirectConnectOutbound', {
    allowed: {
      refused:
        'users here could enter shared channels of every tenant in the world. Allow it in the partner entry of one tenant, in the Entra admin center.',
    },
    blocked: {
      meaning: 'Users here can no longer enter shared channels of tenants that follow the default.',
    },
  }),
];

/** Fields that exist, or that people look for, and are not changed here, with the reason. */
export const refusedFields: Readonly<Record<string, string>> = {
  redemption:
    'In the default it is read-only and always off: automatic redemption exists per partner only. Use redeem source>target on.',
  sync: 'There is no default for synchronization: it is allowed per partner only. Use allow source>target on.',
  'tenant-restrictions':
    'A mistake there locks your own users out of other tenants at once. Change it in the Entra admin center.',
  'identity-providers':
    'It decides how every guest signs in, and a wrong order locks them out. Change it in the Entra admin center.',
  clouds:
    'Access to another cloud is no field of the default. Change it in the Entra admin center, in both clouds.',
};

/** Partner entries that leave the block to the default: they change with it. */
export function inheriting(partners: readonly Partner[], block: Block): readonly Partner[] {
  return partners.filter((partner) => partner[block] === null || partner[block] === undefined);
}

function trustField(
  name: string,
  title: string,
  claim: keyof typeof trustMembers,
  on: { readonly meaning: string } | { readonly refused: string },
): DefaultField {
  const member = trustMembers[claim];
  return {
    name,
    title,
    block: 'inboundTrust',
    values: {
      on,
      off: {
        meaning:
          'Users of tenants that follow the default must prove it here itself, where Conditional Access asks for it.',
      },
    },
    current: (policy) => (policy.inboundTrust?.[member] === true ? 'on' : 'off'),
    changed: (policy, value) => ({ ...plain(policy.inboundTrust), [member]: value === 'on' }),
  };
}

function accessField(
  name: string,
  title: string,
  block: Exclude<Block, 'inboundTrust'>,
  values: DefaultField['values'],
): DefaultField {
  return {
    name,
    title,
    block,
    values,
    current(policy) {
      const parts = [policy[block]?.usersAndGroups, policy[block]?.applications];
      const types = parts.map((part) => (isForAll(part) ? (part?.accessType ?? null) : null));
      return types[0] === types[1] ? (types[0] ?? null) : null;
    },
    changed: (_policy, value) => ({
      usersAndGroups: { accessType: value, targets: [{ target: 'AllUsers', targetType: 'user' }] },
      applications: {
        accessType: value,
        targets: [{ target: 'AllApplications', targetType: 'application' }],
      },
    }),
  };
}

type Targets = NonNullable<Partner['b2bCollaborationInbound']>['usersAndGroups'] | undefined;

function isForAll(part: Targets): boolean {
  const [only] = part?.targets ?? [];
  return part?.targets.length === 1 && ['AllUsers', 'AllApplications'].includes(only?.target ?? '');
}

function plain(value: unknown): { [key: string]: JsonValue } {
  return JSON.parse(JSON.stringify(value ?? {})) as { [key: string]: JsonValue };
}
