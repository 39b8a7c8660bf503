import type { Check, Finding, Fix } from '../types';
import type { Look } from '../look';

/** The partner entries and the three switches (facts 3): each on its own line, as they are set on their own. */
export const switchChecks: readonly Check[] = [
  {
    name: 'partner-target',
    side: 'target',
    title: 'Partner entry for the source',
    run: async (look) => [partnerFinding(look, 'target', (await look.partner('target')) !== undefined)],
  },
  {
    name: 'inbound-sync',
    side: 'target',
    title: 'Inbound synchronization of users',
    run: async (look) => {
      const found = await look.identitySynchronization();
      return [switchFinding(look, 'target', found?.userSyncInbound?.isSyncAllowed, 'allowed')];
    },
  },
  {
    name: 'redemption-inbound',
    side: 'target',
    title: 'Automatic redemption, inbound',
    run: async (look) => {
      const consent = (await look.partner('target'))?.automaticUserConsentSettings;
      return [switchFinding(look, 'target', consent?.inboundAllowed, 'on')];
    },
  },
  {
    name: 'partner-source',
    side: 'source',
    title: 'Partner entry for the target',
    run: async (look) => [partnerFinding(look, 'source', (await look.partner('source')) !== undefined)],
  },
  {
    name: 'redemption-outbound',
    side: 'source',
    title: 'Automatic redemption, outbound',
    run: async (look) => {
      const consent = (await look.partner('source'))?.automaticUserConsentSettings;
      return [switchFinding(look, 'source', consent?.outboundAllowed, 'on')];
    },
  },
];

function partnerFinding(look: Look, side: 'source' | 'target', exists: boolean): Finding {
  return exists
    ? { verdict: 'pass', current: 'exists', needed: 'exists' }
    : { verdict: 'stop', current: 'missing', needed: 'exists', fix: setupFix(look, side) };
}

/** Inherited means off for automatic redemption, and a missing sync policy means not allowed (facts 3.2, 3.4). */
function switchFinding(
  look: Look,
  side: 'source' | 'target',
  value: boolean | null | undefined,
  needed: 'on' | 'allowed',
): Finding {
  if (value === true) return { verdict: 'pass', current: needed, needed };
  const off = needed === 'on' ? 'off' : 'not allowed';
  const current = value === null || value === undefined ? `${off} (not set)` : off;
  return { verdict: 'stop', current, needed, fix: setupFix(look, side) };
}

function setupFix(look: Look, side: 'source' | 'target'): Fix {
  const { source, target } = look.link;
  return {
    role: `Security Administrator of ${look.tenant(side).displayName}`,
    remedy: `Run setup ${source.key}>${target.key}: it plans this change.`,
  };
}
