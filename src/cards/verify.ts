import type { Link } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import { type Button, commandButton, showButton } from './buttons';
import { fit, type Frame, render, type View } from './render';
import { name, sentence, text, TITLE_LIMIT, type Leaf } from './text';
import { when } from './when';
import { andMore, linkName, linkTitle, shortId } from './words';

export interface VerifyView {
  readonly link: Link;
  /** What was compared: "Jo Doe". */
  readonly subject: string;
  /** True when everything that is mapped is equal. */
  readonly isEqual: boolean;
  /** A plan read back: `source` of a row is what it wanted, `target` what was found. */
  readonly isReadBack?: boolean;
  /** "Found in both tenants; 14 of 14 attributes are equal." */
  readonly verdict: string;
  readonly remedy: string | null;
  /** Identity on each side; null where the user does not exist. */
  readonly source: {
    readonly userPrincipalName: string;
    readonly objectId: string;
    readonly userType: string;
  } | null;
  readonly target: {
    readonly userPrincipalName: string;
    readonly objectId: string;
    readonly userType: string;
  } | null;
  readonly rows: readonly {
    readonly attribute: string;
    readonly source: string;
    readonly target: string;
    readonly isEqual: boolean;
    /** Where it comes from: "direct", "direct from mobile", an expression. */
    readonly mapping: string;
    /** Why it differs, one clause; empty when it does not. */
    readonly why?: string;
  }[];
  /** How the user signs in at home, and what plans changed about it; one line each, numbers masked. */
  readonly signIn?: readonly string[];
  /** Synchronizes this user now, for those who may. */
  readonly tryCommand?: string | null;
  /** ISO 8601. */
  readonly readAt: string;
  readonly timeZone?: string;
}

/** One user in both tenants, attribute by attribute, or a plan field by field; what differs comes first. */
export function verifyCard(view: VerifyView): AdaptiveCard {
  const rows = [...view.rows].sort((one, other) => Number(one.isEqual) - Number(other.isEqual));
  const isMapped = view.isReadBack !== true;
  const frame: Frame = {
    kind: text`Verify, ${linkTitle(view.link)}`,
    title: view.subject,
    state: view.isEqual ? 'Equal' : 'Differs',
    style: view.isEqual ? 'good' : 'warning',
    sentence: sentence(view.verdict),
    meaning: view.remedy === null ? [] : [sentence(view.remedy)],
    footer: [
      text`read ${when(view.readAt, view.timeZone)}`,
      text`✗ marks what differs`,
      isMapped ? text`only mapped attributes are compared` : '',
    ],
  };
  const buttons = (limit: number) => [
    ...(view.tryCommand ? [commandButton('Try user now', view.tryCommand)] : []),
    ...restButton(rows.slice(limit, 3 * limit), view.link),
    commandButton('Show status', `status ${linkName(view.link)}`),
  ];
  return fit((limit) => {
    const facts: View = {
      ...(isMapped ? columns.user : columns.plan),
      sides: isMapped ? sidesOf(view) : [],
      rows: rows.slice(0, limit).map((row) => rowOf(row, view.link)),
      signIn: (view.signIn ?? []).map((line) => ({ line: sentence(line) })),
      signInTitle: text`Signing in at ${view.link.source.displayName} (source)`,
      more: andMore(rows.length - limit, 'row'),
    };
    return render('verify', frame, facts, { buttons: buttons(limit) });
  });
}

const columns = {
  user: { first: 'Attribute', second: 'Source', third: 'Target' },
  plan: { first: 'Setting', second: 'Wanted', third: 'Found now' },
};

function sidesOf(view: VerifyView): View[] {
  const { source, target } = view.link;
  return [
    { side: text`${source.displayName} (source)`, identity: identityOf(view.source) },
    { side: text`${target.displayName} (target)`, identity: identityOf(view.target) },
  ];
}

function rowOf(row: VerifyView['rows'][number], link: Link): View {
  return {
    attribute: text`${row.isEqual ? '' : text`✗ `}${name(row.attribute, TITLE_LIMIT)}`,
    mapping: name(row.mapping, TITLE_LIMIT),
    why: row.isEqual ? '' : sentence(row.why ?? ''),
    source: valueOf(row.source, link),
    target: valueOf(row.target, link),
  };
}

/** The rows that the table left out, behind a button. */
function restButton(rows: VerifyView['rows'], link: Link): Button[] {
  if (rows.length === 0) return [];
  const lines = rows.map((row) => ({
    type: 'TextBlock',
    text: text`**${name(row.attribute, TITLE_LIMIT)}**: ${valueOf(row.source, link)} → ${valueOf(row.target, link)}`
      .markdown,
    spacing: 'Small',
    wrap: true,
  }));
  return [showButton(`Show ${rows.length} more`, lines)];
}

/** In full: two ids that begin alike must not look equal. */
function valueOf(value: string, { source, target }: Link): Leaf {
  if (value === '') return text`not set`;
  return [source, target].find(({ tenantId }) => tenantId === value)?.displayName ?? value;
}

function identityOf(identity: VerifyView['source']): Leaf {
  if (identity === null) return text`not there`;
  return text`${identity.userPrincipalName}, ${identity.userType}, id ${shortId(identity.objectId)}`;
}
