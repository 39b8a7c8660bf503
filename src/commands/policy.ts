import { policyCard, type PolicySwitch, type PolicyValue } from '../cards/policy';
import { readEffectivePolicy, type PolicyRow } from '../diagnose/effective-policy';
import type { Link } from '../plan/types';
import type { CommandContext } from './context';
import type { CommandDefinition } from './definition';
import { runnable } from './help-views';
import { lookAt } from './look-at';
import { others, switches, type ShownSetting } from './policy-settings';
import { mayOperateLink } from './standing';
import { linkName } from './tenant-names';

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
    const { link, graph } = context;
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
      fixes: fixesFor(context, link, rows, source !== undefined && target !== undefined),
      raw:
        options['raw'] === 'true'
          ? [
              ...rawOf('target', 'identitySynchronization', sync),
              ...rawOf('target', 'partner', target),
              ...rawOf('source', 'partner', source),
              ...rawOf('target', 'default', await look.defaults('target')),
              ...rawOf('source', 'default', await look.defaults('source')),
            ]
          : [],
      readAt: graph.now().toISOString(),
    });
  },
};

/** A missing entry is made by `setup`; a switch that is off is planned alone. */
function fixesFor(
  context: CommandContext,
  link: Link,
  rows: readonly PolicyRow[],
  hasEntries: boolean,
): readonly string[] {
  const { standing, commands } = context;
  if (!standing || !mayOperateLink(standing, link)) return [];
  const name = linkName(link);
  const isOff = (setting: string, wanted: string) =>
    rows.some((row) => row.setting.startsWith(setting) && row.effective !== wanted);
  const fixes = [
    ...(isOff('Inbound synchronization', 'allowed') ? [`allow ${name} on`] : []),
    ...(isOff('Automatic redemption', 'on') ? [`redeem ${name} on`] : []),
  ];
  return runnable(hasEntries || fixes.length === 0 ? fixes : [`setup ${name}`], commands);
}

function toSwitch(
  { title, meaning, source, target, needed }: ShownSetting,
  rows: readonly PolicyRow[],
): PolicySwitch {
  const value = (side: PolicyRow['side'], setting: string | null): PolicyValue | null => {
    const row = rows.find((one) => one.side === side && one.setting === setting);
    if (!row) return null;
    const isBlocking = needed === null ? row.effective === 'nobody' : row.effective !== needed;
    const isField = row.origin !== 'tenant';
    return {
      value: row.effective,
      origin: originOf(row),
      byDefault: isField ? row.byDefault : null,
      byPartner: isField ? row.byPartner : null,
      isBlocking,
    };
  };
  return { title, meaning, source: value('source', source), target: value('target', target) };
}

function originOf({ origin, byPartner }: PolicyRow): PolicyValue['origin'] {
  if (origin === 'partner') return 'partner';
  if (origin === 'tenant') return 'tenant setting';
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
