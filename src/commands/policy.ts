import { policyCard, type PolicySwitch, type PolicyValue } from '../cards/policy';
import { readEffectivePolicy, type PolicyRow } from '../diagnose/effective-policy';
import type { CommandDefinition } from './definition';
import { lookAt } from './look-at';

export const policy: CommandDefinition = {
  name: 'policy',
  aliases: ['show'],
  group: 'Look',
  summary: 'Effective access settings of both tenants and their origin',
  details:
    'Synchronization, automatic redemption and trust are separate switches. A partner entry that says nothing inherits the default; automatic redemption is off unless the entry turns it on. With --raw you see Graph’s own fields.',
  arguments: [{ name: 'link', kind: 'link' }],
  options: [{ name: 'raw', summary: 'Show Graph’s own fields and values too', value: { type: 'flag' } }],
  tier: 'R',
  who: 'viewer',
  examples: ({ source, target }) => [`policy ${source}>${target}`, `policy ${source}>${target} --raw`],
  async run(context, { options }) {
    const { link, now } = context;
    if (!link) throw new Error('policy shows a link');
    const look = lookAt(context, link);
    const rows = await readEffectivePolicy(look);
    const [source, target, sync] = await Promise.all([
      look.partner('source'),
      look.partner('target'),
      look.identitySynchronization(),
    ]);
    return policyCard({
      link,
      switches: switches.map((each) => toSwitch(each, rows)),
      others: others.map((each) => toSwitch(each, rows)),
      sourceHasPartner: source !== undefined,
      targetHasPartner: target !== undefined,
      raw:
        options['raw'] === 'true'
          ? [
              ...rawOf('target', 'identitySynchronization', sync),
              ...rawOf('target', 'partner', target),
              ...rawOf('source', 'partner', source),
            ]
          : [],
      readAt: now.toISOString(),
    });
  },
};

interface Shown {
  readonly title: string;
  readonly meaning: string;
  readonly source: string | null;
  readonly target: string | null;
  /** The effective value without which synchronization does not work; null = none is needed. */
  readonly needed: string | null;
}

const switches: readonly Shown[] = [
  {
    title: 'Identity synchronization',
    meaning: 'The target lets users of the source be created there.',
    source: null,
    target: 'Inbound synchronization of users',
    needed: 'allowed',
  },
  {
    title: 'Automatic redemption',
    meaning: 'No consent prompt; on in both tenants, or synchronization fails.',
    source: 'Automatic redemption, outbound',
    target: 'Automatic redemption, inbound',
    needed: 'on',
  },
  {
    title: 'Inbound trust: MFA',
    meaning:
      'The target accepts multifactor authentication done in the source. Not needed for synchronization.',
    source: null,
    target: 'Trust MFA of the other tenant',
    needed: null,
  },
];

const others: readonly Shown[] = [
  {
    title: 'B2B collaboration',
    meaning: 'Synchronization is built on it: blocked here means nobody is created.',
    source: 'B2B collaboration, outbound',
    target: 'B2B collaboration, inbound',
    needed: 'allowed',
  },
  {
    title: 'Inbound trust: compliant devices',
    meaning: 'The target accepts device compliance of the source.',
    source: null,
    target: 'Trust compliant devices',
    needed: null,
  },
  {
    title: 'Inbound trust: hybrid joined devices',
    meaning: 'The target accepts hybrid joined devices of the source.',
    source: null,
    target: 'Trust hybrid joined devices',
    needed: null,
  },
  {
    title: 'Who may invite guests',
    meaning: '“none” in the target also stops synchronization.',
    source: null,
    target: 'Who may invite guests',
    needed: null,
  },
];

function toSwitch(
  { title, meaning, source, target, needed }: Shown,
  rows: readonly PolicyRow[],
): PolicySwitch {
  const value = (side: PolicyRow['side'], setting: string | null): PolicyValue | null => {
    const row = rows.find((one) => one.side === side && one.setting === setting);
    if (!row) return null;
    const isBlocking = needed === null ? row.effective === 'none' : row.effective !== needed;
    return { value: row.effective, origin: originOf(row), isBlocking };
  };
  return { title, meaning, source: value('source', source), target: value('target', target) };
}

function originOf({ origin, byPartner }: PolicyRow): PolicyValue['origin'] {
  if (origin === 'partner') return 'partner';
  if (origin === 'tenant') return 'default';
  return byPartner === 'inherits' ? 'inherited' : 'default';
}

function rawOf(side: PolicyRow['side'], name: string, found: object | undefined) {
  if (!found) return [{ side, path: name, value: 'absent' }];
  return Object.entries(found).map(([field, value]) => ({
    side,
    path: `${name}.${field}`,
    value: JSON.stringify(value) ?? 'null',
  }));
}
