import { BotError } from '../errors';
import type { Person, Tenant } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';

export interface WhoamiView {
  readonly person: Person;
  readonly userPrincipalName: string | null;
  readonly tenant: Tenant;
  /** Display names of active roles in the tenant; null when they could not be read, with the reason. */
  readonly roles: readonly string[] | null;
  readonly eligibleRoles: readonly string[];
  /** Why roles are unknown ("Read consent is missing in Contoso"), and what to do. */
  readonly unreadable: { readonly reason: string; readonly remedy: string } | null;
  /** One row per tenant or link. */
  readonly authority: readonly {
    /** "Fabrikam" or "Contoso → Fabrikam". */
    readonly scope: string;
    /** "read", "ask for changes", "approve for Fabrikam"; empty = nothing. */
    readonly may: readonly string[];
    /** Who else could, when the person may not: "Security Administrator of Fabrikam"; null when nothing is missing. */
    readonly missing: string | null;
  }[];
  readonly suggestions: readonly string[];
}

export function whoamiCard(view: WhoamiView): AdaptiveCard {
  throw new BotError('internal', 'drawing a card', 'Try again in a minute.');
}
