import type { Link } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import { commandButton } from './buttons';
import { fit, render } from './render';
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
    /** Where it comes from: "direct", "constant", "expression". */
    readonly mapping: string;
  }[];
  /** ISO 8601. */
  readonly readAt: string;
  readonly timeZone?: string;
}

/** One user in both tenants, attribute by attribute; what differs comes first. */
export function verifyCard(view: VerifyView): AdaptiveCard {
  const rows = [...view.rows].sort((one, other) => Number(one.isEqual) - Number(other.isEqual));
  return fit((limit) =>
    render(
      'verify',
      {
        kind: text`Verify, ${linkTitle(view.link)}`,
        title: view.subject,
        state: view.isEqual ? 'Equal' : 'Differs',
        style: view.isEqual ? 'good' : 'warning',
        sentence: sentence(view.verdict),
        meaning: view.remedy === null ? [] : [sentence(view.remedy)],
        footer: [
          text`read ${when(view.readAt, view.timeZone)}`,
          view.isReadBack ? '' : text`✗ marks what differs; only mapped attributes are compared`,
        ],
      },
      {
        ...(view.isReadBack
          ? readBackNames
          : {
              sourceName: text`${view.link.source.displayName} (source)`,
              targetName: text`${view.link.target.displayName} (target)`,
              source: identityOf(view.source),
              target: identityOf(view.target),
            }),
        rows: rows.slice(0, limit).map((row) => ({
          attribute: text`${row.isEqual ? '' : text`✗ `}${name(row.attribute, TITLE_LIMIT)}`,
          mapping: row.mapping === `[${row.attribute}]` ? '' : row.mapping,
          source: row.source === '' ? text`not set` : row.source,
          target: row.target === '' ? text`not set` : row.target,
        })),
        more: andMore(rows.length - limit, 'attribute'),
      },
      { buttons: [commandButton('Show status', `status ${linkName(view.link)}`)] },
    ),
  );
}

const readBackNames = {
  sourceName: text`Wanted`,
  targetName: text`Found now`,
  source: text`what the plan says`,
  target: text`what the tenants say`,
};

function identityOf(identity: VerifyView['source']): Leaf {
  if (identity === null) return text`not there`;
  return text`${identity.userPrincipalName}, ${identity.userType}, id ${shortId(identity.objectId)}`;
}
