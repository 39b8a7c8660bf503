import { BotError } from '../errors';
import type { Tenant } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';

export type PackState = 'granted' | 'missing' | 'unknown';

export interface TenantsView {
  readonly tenants: readonly {
    readonly tenant: Tenant;
    /** The tenant of the person who asks. */
    readonly isOwn: boolean;
    readonly packs: readonly { readonly name: string; readonly state: PackState }[];
  }[];
}

export function tenantsCard(view: TenantsView): AdaptiveCard {
  throw new BotError('internal', 'drawing a card', 'Try again in a minute.');
}
