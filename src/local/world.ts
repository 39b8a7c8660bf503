import { createHash } from 'node:crypto';
import { z } from 'zod/v4';
import type { PersonId } from './protocol';

const worldAnswer = z.object({
  tenants: z.array(z.object({ key: z.string(), tenantId: z.string(), displayName: z.string() })),
  people: z.array(
    z.object({
      key: z.string(),
      displayName: z.string(),
      tenantKey: z.string(),
      tenantId: z.string(),
      aadObjectId: z.string(),
      userPrincipalName: z.string().nullable(),
      roles: z.array(z.string()),
      eligibleRoles: z.array(z.string()),
      userType: z.string().nullable(),
      homeTenantKey: z.string().optional(),
    }),
  ),
});

export interface WorldTenant {
  readonly key: string;
  readonly tenantId: string;
  readonly displayName: string;
}

/** Somebody at the screen, as Teams knows them in one tenant. */
export interface WorldPerson {
  readonly id: PersonId;
  readonly key: string;
  readonly displayName: string;
  readonly tenantKey: string;
  readonly tenantId: string;
  readonly aadObjectId: string;
  /** The MRI, `29:…`: the same for the same person and bot, also after a restart. */
  readonly teamsUserId: string;
  readonly userPrincipalName: string;
  readonly roles: readonly string[];
  readonly eligibleRoles: readonly string[];
  readonly isGuest: boolean;
  readonly homeTenantKey: string;
}

export interface World {
  readonly tenants: readonly WorldTenant[];
  readonly people: readonly WorldPerson[];
}

export const emptyWorld: World = { tenants: [], people: [] };

/** A short name for something, stable over restarts, in the alphabet of Teams ids. */
export function stableId(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('base64url').slice(0, 32);
}

/** Checks what the simulator says at `GET /_control/world`. Throws a ZodError when it says something else. */
export function parseWorld(answer: unknown): World {
  const { tenants, people } = worldAnswer.parse(answer);
  return {
    tenants: tenants.map(({ key, tenantId, displayName }) => ({ key, tenantId, displayName })),
    people: people.map(({ userType, homeTenantKey, ...person }) => ({
      ...person,
      id: `${person.tenantKey}:${person.key}`,
      teamsUserId: `29:1${stableId('person', person.tenantId, person.aadObjectId)}`,
      userPrincipalName: person.userPrincipalName ?? '',
      isGuest: userType === 'Guest' || (homeTenantKey ?? person.tenantKey) !== person.tenantKey,
      homeTenantKey: homeTenantKey ?? person.tenantKey,
    })),
  };
}

/** Reads people and tenants from the simulator; gives up after 5 s. */
export async function readWorld(simulatorUrl: string): Promise<World> {
  const answer = await fetch(new URL('/_control/world', simulatorUrl), { signal: AbortSignal.timeout(5000) });
  if (!answer.ok) throw new Error(`the simulator answered ${answer.status}`);
  return parseWorld(await answer.json());
}
