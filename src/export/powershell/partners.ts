import type { JsonValue } from '../../plan/types';
import { outdated } from './outdated';
import { address, literal, shown, table, type Value } from './quote';
import type { ChangeScene, Line, WriteRow } from './script';

/** The key of a partner entry is the partner's tenant id (facts 3.1). */
export const partnerKey = '-CrossTenantAccessPolicyConfigurationPartnerTenantId';

export const createPartner: WriteRow = {
  lines: ({ change, value }) => [
    {
      about: change.title,
      command: `New-MgPolicyCrossTenantAccessPolicyPartner -BodyParameter ${table({ tenantId: shown(value('partnerTenantId')) })}`,
    },
  ],
  outdated: [outdated.newPartner],
};

/** Automatic redemption, or the block of trust, whichever the change carries. */
export const updatePartner: WriteRow = {
  lines(scene) {
    const { parameters } = scene.change;
    return 'inboundTrust' in parameters
      ? [trustLine(scene, parameters['inboundTrust'] ?? null)]
      : consentLines(scene);
  },
  outdated: [outdated.defaultAccess],
};

/** Both members are sent, for Graph may replace the whole block (facts 3.2). */
function consentLines({ change, value }: ChangeScene): readonly Line[] {
  const wanted = change.parameters;
  const member = (name: 'inboundAllowed' | 'outboundAllowed', now: string) =>
    name in wanted ? literal(wanted[name] ?? null) : `[bool]$now.${now}`;
  const block = table({
    inboundAllowed: member('inboundAllowed', 'InboundAllowed'),
    outboundAllowed: member('outboundAllowed', 'OutboundAllowed'),
  });
  const partner = shown(value('partnerTenantId'));
  return [
    {
      about: 'The other direction stays as it is, so it is read first',
      command: `$now = (Get-MgPolicyCrossTenantAccessPolicyPartner ${partnerKey} ${partner}).AutomaticUserConsentSettings`,
    },
    {
      about: change.title,
      command: `Update-MgPolicyCrossTenantAccessPolicyPartner ${partnerKey} ${partner} -BodyParameter ${table({ automaticUserConsentSettings: block })}`,
    },
  ];
}

/** `null` gives the block back to the default; the cmdlet cannot send it, the raw request can. */
function trustLine({ change, value }: ChangeScene, trust: JsonValue): Line {
  const partner = value('partnerTenantId');
  if (trust === null) return { about: change.title, command: patch(partner, '', '{"inboundTrust":null}') };
  return {
    about: change.title,
    command: `Update-MgPolicyCrossTenantAccessPolicyPartner ${partnerKey} ${shown(partner)} -BodyParameter ${literal({ inboundTrust: trust })}`,
  };
}

/** Only the block that changes is sent; all of it, for it is one (facts 3.2). */
export const updateDefault: WriteRow = {
  lines: ({ change, value }) => {
    const block = value('block');
    const body =
      'literal' in block
        ? literal({ [block.literal]: change.parameters['value'] ?? null })
        : `@{${shown(block)}=${literal(change.parameters['value'] ?? null)}}`;
    return [
      {
        about: change.title,
        command: `Update-MgPolicyCrossTenantAccessPolicyDefault -BodyParameter ${body}`,
      },
    ];
  },
  outdated: [outdated.defaultAccess],
};

function syncBody({ change, link }: ChangeScene, withName: boolean): JsonValue {
  const isSyncAllowed = change.parameters['isSyncAllowed'] ?? null;
  const switched: JsonValue = { userSyncInbound: { isSyncAllowed } };
  return withName ? { displayName: link.source.displayName, ...switched } : switched;
}

/** PUT is no upsert: it creates only (facts 3.4). */
export const createIdentitySynchronization: WriteRow = {
  lines: (scene) => [
    {
      about: scene.change.title,
      command: `Set-MgPolicyCrossTenantAccessPolicyPartnerIdentitySynchronization ${partnerKey} ${shown(scene.value('partnerTenantId'))} -BodyParameter ${literal(syncBody(scene, true))}`,
    },
  ],
  outdated: [outdated.partnerProvisioning],
};

export const updateIdentitySynchronization: WriteRow = {
  lines: (scene) => [
    {
      about: `${scene.change.title} (it exists, so PATCH: the cmdlet Set-… sends PUT, which only creates)`,
      command: patch(
        scene.value('partnerTenantId'),
        '/identitySynchronization',
        JSON.stringify(syncBody(scene, false)),
      ),
    },
  ],
  outdated: [outdated.partnerProvisioning],
};

function patch(partner: Value, below: string, body: string): string {
  const uri = address('v1.0/policies/crossTenantAccessPolicy/partners/', partner, below);
  return `Invoke-MgGraphRequest -Method PATCH -Uri ${uri} -ContentType 'application/json' -Body ${literal(body)}`;
}
