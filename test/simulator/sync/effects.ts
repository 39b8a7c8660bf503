import type { User } from '../../../src/simulator/world';
import { logRows, type Linked } from './linked';

/** What one act and the time after it changed in the target and in the provisioning log: nothing else changed. */
export interface Effects {
  /** userPrincipalNames of new users. */
  readonly created: string[];
  readonly deleted: string[];
  readonly restored: string[];
  /** Names of the changed properties by userPrincipalName of before. */
  readonly changed: Record<string, string[]>;
  /** `{source name}: {action} {status}[ {error or skip code}]`, in order of name. */
  readonly rows: string[];
}

interface Picture {
  readonly live: Map<string, User>;
  readonly deleted: Map<string, User>;
  readonly rows: Awaited<ReturnType<typeof logRows>>;
}

async function take(linked: Linked): Promise<Picture> {
  const byId = (users: User[]) => new Map(users.map((user) => [user.id, user]));
  const { control } = linked.simulator;
  return {
    live: byId(await control.users('fab')),
    deleted: byId(await control.users('fab', '', true)),
    rows: await logRows(linked),
  };
}

/** Acts, lets `duration` of simulated time pass and compares everything before with everything after. */
export async function effectsOf(
  linked: Linked,
  act: () => Promise<unknown>,
  duration: string | null = 'PT40M',
): Promise<Effects> {
  const before = await take(linked);
  await act();
  if (duration) await linked.simulator.control.advance(duration);
  const after = await take(linked);
  const names = (users: Iterable<User>) =>
    [...users].map(({ userPrincipalName }) => userPrincipalName).sort();
  const seen = new Set(before.rows.map(({ id }) => id));
  return {
    created: names(
      [...after.live.values()].filter(({ id }) => !before.live.has(id) && !before.deleted.has(id)),
    ),
    deleted: names([...before.live.values()].filter(({ id }) => after.deleted.has(id))),
    restored: names([...after.live.values()].filter(({ id }) => before.deleted.has(id))),
    changed: changes(before, after),
    rows: after.rows
      .filter(({ id }) => !seen.has(id))
      .map(rowText)
      .sort(),
  };
}

function changes(before: Picture, after: Picture): Record<string, string[]> {
  const changed: Record<string, string[]> = {};
  for (const [id, user] of after.live) {
    const old = before.live.get(id);
    if (!old) continue;
    const names = (Object.keys(user) as (keyof User)[]).filter(
      (name) => JSON.stringify(user[name]) !== JSON.stringify(old[name]),
    );
    if (names.length) changed[old.userPrincipalName] = names.sort();
  }
  return changed;
}

function rowText(row: Picture['rows'][number]): string {
  const { status, errorInformation } = row.provisioningStatusInfo;
  const code = errorInformation ? ` ${errorInformation.errorCode}` : '';
  return `${row.sourceIdentity.displayName}: ${row.provisioningAction} ${status}${code}`;
}

/** The same as `effectsOf` when nothing at all happens. */
export const nothing: Effects = { created: [], deleted: [], restored: [], changed: {}, rows: [] };
