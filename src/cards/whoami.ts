import type { Person, Tenant } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import { render } from './render';
import { joined, sentence, text } from './text';
import { counted, listed, suggestionButtons } from './words';

export interface WhoamiView {
  readonly person: Person;
  readonly userPrincipalName: string | null;
  readonly tenant: Tenant;
  /** Display names of active roles in the tenant; null when they could not be read, with the reason. */
  readonly roles: readonly string[] | null;
  readonly eligibleRoles: readonly string[];
  /** Why roles are unknown ("Read consent is missing in Alpha"), and what to do. */
  readonly unreadable: { readonly reason: string; readonly remedy: string } | null;
  /** One row per tenant or link. */
  readonly authority: readonly {
    /** "Beta" or "Alpha → Beta". */
    readonly scope: string;
    /** "read", "ask for changes", "approve for Beta"; empty = nothing. */
    readonly may: readonly string[];
    /** Who else could, when the person may not: "Security Administrator of Beta"; null when nothing is missing. */
    readonly missing: string | null;
  }[];
  readonly suggestions: readonly string[];
}

/** Who the bot takes the person for, and what that allows in each tenant and link. */
export function whoamiCard(view: WhoamiView): AdaptiveCard {
  const eligible = view.eligibleRoles.length > 0;
  return render(
    'whoami',
    {
      kind: 'Who am I',
      title: view.person.displayName,
      state: view.roles === null ? 'Roles not readable' : counted(view.roles.length, 'active role'),
      style: view.unreadable ? 'warning' : 'emphasis',
      sentence: sentenceOf(view),
      meaning: eligible
        ? [
            text`${listed(view.eligibleRoles)}: you may activate this, but it does not count until you do. Activate it in Entra, then ask again.`,
          ]
        : [],
      footer: [text`object id ${view.person.objectId}`, text`tenant id ${view.tenant.tenantId}`],
    },
    {
      signIn: view.userPrincipalName ?? '',
      tenant: view.tenant.displayName,
      roles:
        view.roles === null
          ? text`not readable`
          : view.roles.length > 0
            ? joined([...view.roles], ', ')
            : text`none`,
      eligible: eligible ? joined([...view.eligibleRoles], ', ') : '',
      authority: view.authority.map((row) => ({
        scope: row.scope,
        may: row.may.length > 0 ? joined([...row.may], ', ') : text`nothing yet`,
        missing: row.missing === null ? '' : text`Needs: ${sentence(row.missing)}`,
      })),
    },
    { buttons: suggestionButtons(view.suggestions) },
  );
}

function sentenceOf(view: WhoamiView) {
  if (view.unreadable) return text`${sentence(view.unreadable.reason)} ${sentence(view.unreadable.remedy)}`;
  if (view.roles?.length === 0)
    return text`You hold no administrator role in ${view.tenant.displayName} right now.`;
  return text`This is what your active roles in ${view.tenant.displayName} let you do here.`;
}
