import { errorCard } from '../cards/error';
import type { GroupSearch } from '../graph/groups';
import type { UserSearch } from '../graph/users';
import type { Tenant } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import type { TenantNames } from './tenant-names';
import { linkName } from './tenant-names';
import { userArgument } from './user-argument';
import { listed } from './words';

/** A tenant that the settings do not name; the nearest keys first, else all of them. */
export function unknownTenant(
  { typed, nearest }: { readonly typed: string; readonly nearest: readonly Tenant[] },
  tenants: TenantNames,
  verb: string,
): AdaptiveCard {
  const near = nearest.length > 0 ? nearest : tenants.all;
  const keys = listed(
    near.map(({ key }) => key),
    'or',
  );
  return notFound(
    `looking for the tenant “${short(typed)}”`,
    `Name it as ${keys}.`,
    near.slice(0, 3).map(({ key }) => `${verb} ${key}`),
  );
}

export function unknownLink(
  { typed, nearest }: { readonly typed: string; readonly nearest: readonly Tenant[] },
  tenants: TenantNames,
): AdaptiveCard {
  const keys = tenants.all.map(({ key }) => key);
  const meant = nearest[0] ? ` Did you mean ${nearest[0].key}?` : '';
  const pair = tenants.pairs()[0];
  const example = pair ? `, for example ${linkName(pair)}` : '';
  return notFound(
    `looking for the tenant “${short(typed)}” of the link`,
    `Write the link with ${listed(keys, 'and')}${example}.${meant}`,
    ['links'],
  );
}

/** No such user, or several with that mail address: never guessed. */
export function unknownUser(
  typed: string,
  found: Exclude<UserSearch, { outcome: 'found' }>,
  tenant: Tenant,
  command: (user: string) => string,
): AdaptiveCard {
  const users = (found.outcome === 'several' ? found.users : found.nearest).slice(0, 5);
  const names = users.flatMap(({ userPrincipalName }) => userPrincipalName ?? []);
  const commands = users.map((user) => command(userArgument(user)));
  const doing = `looking for the user “${short(typed)}” in ${tenant.displayName}`;
  if (found.outcome === 'several') {
    return notFound(doing, `Say which one, by sign-in name: ${listed(names, 'or')}.`, commands);
  }
  const remedy =
    names.length > 0
      ? `Check the name; did you mean ${listed(names, 'or')}?`
      : 'Check the sign-in name or mail address.';
  return notFound(doing, remedy, commands);
}

export function unknownGroup(
  typed: string,
  found: Exclude<GroupSearch, { outcome: 'found' }>,
  tenant: Tenant,
): AdaptiveCard {
  const groups = found.outcome === 'several' ? found.groups : found.nearest;
  const names = groups.flatMap(({ displayName }) => displayName ?? []).slice(0, 5);
  const doing = `looking for the group “${short(typed)}” in ${tenant.displayName}`;
  if (found.outcome === 'several') {
    const ids = groups.slice(0, 5).map(({ id }) => `group:${id}`);
    return notFound(doing, `Say which one, by object id: ${listed(ids, 'or')}.`, []);
  }
  const remedy =
    names.length > 0
      ? `Check the name; did you mean ${listed(
          names.map((name) => `“${name}”`),
          'or',
        )}?`
      : 'Check the name of the group.';
  return notFound(doing, remedy, []);
}

export function unknownPlan(planId: string): AdaptiveCard {
  return notFound(`looking for the plan ${planId}`, 'Check the number: pending and history list the plans.', [
    'pending',
    'history',
  ]);
}

export function notFound(doing: string, remedy: string, suggestions: readonly string[]): AdaptiveCard {
  return errorCard({
    code: 'not-found',
    doing,
    remedy,
    retryCommand: null,
    suggestions: suggestions.slice(0, 5),
  });
}

/** What was named is there, or well written, but cannot be used for this. */
export function badInput(doing: string, remedy: string, suggestions: readonly string[]): AdaptiveCard {
  return errorCard({
    code: 'bad-input',
    doing,
    remedy,
    retryCommand: null,
    suggestions: suggestions.slice(0, 5),
  });
}

function short(text: string): string {
  return text.length > 64 ? `${text.slice(0, 64)}…` : text;
}
