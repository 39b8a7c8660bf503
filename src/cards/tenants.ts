import type { Tenant } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import { fit, render } from './render';
import { joined, text, type Leaf } from './text';
import { commandButton } from './buttons';
import { andMore, counted } from './words';

export type PackState = 'granted' | 'missing' | 'unknown';

export interface TenantsView {
  readonly tenants: readonly {
    readonly tenant: Tenant;
    /** The tenant of the person who asks. */
    readonly isOwn: boolean;
    readonly packs: readonly { readonly name: string; readonly state: PackState }[];
  }[];
}

const stateWords: Readonly<Record<PackState, string>> = { granted: '✓', missing: '✗', unknown: '?' };

/** The tenants that this bot may serve, with the consent each has given. */
export function tenantsCard(view: TenantsView): AdaptiveCard {
  const open = view.tenants.filter(
    (row) => row.packs.length === 0 || row.packs.some((pack) => pack.state === 'missing'),
  );
  return fit((limit) =>
    render(
      'tenants',
      {
        kind: 'Tenants',
        title: counted(view.tenants.length, 'tenant'),
        state: open.length === 0 ? 'All connected' : text`${open.length} not fully connected`,
        style: open.length === 0 ? 'good' : 'warning',
        sentence: text`A tenant is connected when its administrators have consented to at least **Read**.`,
        footer: [text`✓ granted`, text`✗ missing`, text`? could not be tested`],
      },
      {
        tenants: view.tenants.slice(0, limit).map((row) => ({
          name: row.isOwn ? text`${row.tenant.displayName} (yours)` : row.tenant.displayName,
          key: row.tenant.key,
          packs: row.packs.length > 0 ? joined(row.packs.map(packText), ' · ') : text`not connected`,
        })),
        more: andMore(view.tenants.length - limit, 'tenant'),
      },
      {
        buttons: open
          .slice(0, BUTTONS)
          .map(({ tenant }) => commandButton(`Connect ${tenant.displayName}`, `connect ${tenant.key}`)),
      },
    ),
  );
}

function packText(pack: { readonly name: string; readonly state: PackState }): Leaf {
  return text`${stateWords[pack.state]} ${pack.name}`;
}

const BUTTONS = 4;
