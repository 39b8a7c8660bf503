import type { Link, Side } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import { type Button, commandButton } from './buttons';
import { fit, render } from './render';
import { sentence, text, type Leaf, type Text } from './text';
import { when } from './when';
import { andMore, counted, linkName, linkTitle } from './words';

/** Where an effective value comes from. `inherited` = the partner entry leaves it to the default. */
export type PolicyOrigin = 'default' | 'partner' | 'inherited' | 'tenant setting' | 'not set';

export interface PolicyValue {
  readonly value: string;
  readonly origin: PolicyOrigin;
  /** "off"; null where there is no default to inherit. */
  readonly byDefault: string | null;
  /** "on", "inherits", "no entry"; null where partner entries have no such field. */
  readonly byPartner: string | null;
  /** True when cross-tenant synchronization needs another value here. */
  readonly isBlocking: boolean;
}

/** One row: the same switch on both sides; null where that side not used. */
export interface PolicySwitch {
  /** "Identity synchronization", "Automatic redemption", "Inbound trust". */
  readonly title: string;
  readonly meaning: string;
  readonly source: PolicyValue | null;
  readonly target: PolicyValue | null;
}

export interface PolicyView {
  readonly link: Link;
  /** The three switches that matter for synchronization, one row each. */
  readonly switches: readonly PolicySwitch[];
  /** Other effective settings worth seeing. */
  readonly others: readonly PolicySwitch[];
  readonly sourceHasPartner: boolean;
  readonly targetHasPartner: boolean;
  /** Commands that plan a switch which is in the way; empty for people who may not. */
  readonly fixes: readonly string[];
  /** With `--raw`: Graph's own field names and JSON values; empty otherwise. */
  readonly raw: readonly { readonly side: Side; readonly path: string; readonly value: string }[];
  /** ISO 8601. */
  readonly readAt: string;
  readonly timeZone?: string;
}

/** The access settings as they take effect, with where each value comes from, both tenants side by side. */
export function policyCard(view: PolicyView): AdaptiveCard {
  const all = [...view.switches, ...view.others];
  const blocking = all.flatMap((row) => [row.source, row.target]).filter((value) => value?.isBlocking).length;
  const raw = rawTables(view);
  return fit((limit) =>
    render(
      'policy',
      {
        kind: 'Policy',
        title: linkTitle(view.link),
        state: blocking > 0 ? text`${blocking} in the way` : 'Allows synchronization',
        style: blocking > 0 ? 'warning' : 'good',
        sentence: sentenceOf(view),
        meaning: view.switches.map((row) => text`**${row.title}**: ${sentence(row.meaning)}`),
        footer: [
          text`read ${when(view.readAt, view.timeZone)}`,
          text`entry = the partner entry for the other tenant`,
        ],
      },
      {
        source: view.link.source.displayName,
        target: view.link.target.displayName,
        switches: view.switches.map((row) => rowOf(row, view.link)),
        others: view.others.slice(0, limit).map((row) => rowOf(row, view.link)),
        raw: raw.map(({ object, fields }) => ({ object, fields: fields.slice(0, limit) })),
        more: andMore(
          [view.others, ...raw.map(({ fields }) => fields)]
            .map(({ length }) => Math.max(0, length - limit))
            .reduce((sum, left) => sum + left, 0),
          'setting',
        ),
      },
      { buttons: buttonsOf(view) },
    ),
  );
}

/** A table for each object of Graph: "target: partner" and its fields. */
function rawTables({ raw }: PolicyView) {
  const objects = new Map<string, { object: Text; fields: { path: Text; value: Leaf }[] }>();
  for (const { side, path, value } of raw) {
    const [name = path, ...rest] = path.split('.');
    const object = objects.get(`${side} ${name}`) ?? { object: text`${side}: ${name}`, fields: [] };
    object.fields.push({ path: rest.length > 0 ? text`${rest.join('.')}` : text`–`, value: sentence(value) });
    objects.set(`${side} ${name}`, object);
  }
  return [...objects.values()];
}

function sentenceOf(view: PolicyView): Leaf {
  const { source, target } = view.link;
  const missing = [
    ...(view.sourceHasPartner
      ? []
      : [text`${source.displayName} has no partner entry for ${target.displayName}`]),
    ...(view.targetHasPartner
      ? []
      : [text`${target.displayName} has no partner entry for ${source.displayName}`]),
  ];
  const [first, second] = missing;
  if (!first)
    return text`Both tenants have a partner entry for each other. ${counted(view.switches.length, 'switch', 'switches')} decide.`;
  return text`${first}${second ? text`, and ${second}` : ''}: the defaults apply there.`;
}

/** The switches in the way first; a full card offers three of them. */
function buttonsOf({ link, fixes }: PolicyView): Button[] {
  const name = linkName(link);
  return [
    ...fixes.slice(0, 3).map((command) => commandButton(`Plan ${command.split(' ')[0]}`, command)),
    commandButton('Check link', `check ${name}`),
    commandButton('Show differences', `diff ${name}`),
  ];
}

function rowOf(row: PolicySwitch, link: Link) {
  return {
    title: row.title,
    source: valueOf(row.source, link.source.displayName),
    sourceOrigin: originOf(row.source),
    target: valueOf(row.target, link.target.displayName),
    targetOrigin: originOf(row.target),
  };
}

/** "from the default; entry inherits"; empty where there is only one place to look. */
function originOf(value: PolicyValue | null): Leaf {
  if (value === null || value.byDefault === null) return '';
  const entry = value.byPartner === 'no entry' ? 'no entry' : text`entry ${value.byPartner ?? 'inherits'}`;
  return value.origin === 'partner'
    ? text`from the entry; default ${value.byDefault}`
    : text`from the default; ${entry}`;
}

/** "Beta: ✗ off"; empty where the side has no such switch. */
function valueOf(value: PolicyValue | null, tenantName: string): Leaf {
  if (value === null) return '';
  return text`${tenantName}: ${value.isBlocking ? text`✗ ` : ''}**${value.value}**`;
}
