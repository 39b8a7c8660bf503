import { z } from 'zod/v4';
import type { GraphRead } from './client';
import { flag, listOf, text } from './parse';
import { at, quoted } from './path';

/** Application template of cross-tenant synchronization (facts 4.1). */
export const crossTenantSyncTemplateId = '518e5f48-1fc8-4c48-9387-9fdf28b0dfe7';

const appRole = z.object({ id: z.string(), displayName: text, value: text, isEnabled: flag });

/** A service principal, also from old answers that say `objectId`. */
export const servicePrincipalSchema = z
  .object({
    id: text,
    objectId: text,
    appId: text,
    displayName: text,
    applicationTemplateId: text,
    appRoles: listOf(appRole),
    tags: listOf(z.string()),
  })
  .transform(({ objectId, id, ...rest }) => ({ ...rest, id: id ?? objectId }));

export interface ServicePrincipal {
  readonly id: string;
  readonly appId: string | null;
  readonly displayName: string | null;
  readonly applicationTemplateId: string | null;
  /** Role that assignments name: `msiam_access`, its id differs per tenant (facts 4.1). */
  readonly appRoleId: string | null;
}

export type ServicePrincipalAnswer = z.output<typeof servicePrincipalSchema>;

const reads = [
  'Application.Read.All',
  'Application.ReadWrite.OwnedBy',
  'Application.ReadWrite.All',
  'Directory.Read.All',
];
const fields = 'id,appId,displayName,applicationTemplateId,appRoles,tags';

/** What we use of an answer; `undefined` when it has no id at all. */
export function toServicePrincipal(answer: ServicePrincipalAnswer): ServicePrincipal | undefined {
  if (!answer.id) return undefined;
  const usable = answer.appRoles.filter((role) => role.isEnabled !== false);
  const role = usable.find(({ displayName }) => displayName === 'msiam_access') ?? usable[0];
  return {
    id: answer.id,
    appId: answer.appId,
    displayName: answer.displayName,
    applicationTemplateId: answer.applicationTemplateId,
    appRoleId: role?.id ?? null,
  };
}

export async function findServicePrincipal(
  graph: GraphRead,
  servicePrincipalId: string,
): Promise<ServicePrincipal | undefined> {
  const found = await graph.find(at`/servicePrincipals/${servicePrincipalId}`, {
    doing: 'reading the configuration application',
    permissions: reads,
    query: { $select: fields },
    schema: servicePrincipalSchema,
  });
  return found && toServicePrincipal(found);
}

/**
 * All configuration applications of cross-tenant sync in this tenant. A server-side filter on the template id is not
 * documented, so with `displayName` the documented filter is used, else all pages are read and kept by template (facts 4.1).
 */
export async function listConfigurations(
  graph: GraphRead,
  displayName?: string,
): Promise<readonly ServicePrincipal[]> {
  const pages = graph.pages('/servicePrincipals', {
    doing: 'looking for configuration applications',
    permissions: reads,
    query: {
      $select: fields,
      $top: '999',
      ...(displayName === undefined ? {} : { $filter: `displayName eq ${quoted(displayName)}` }),
    },
    schema: servicePrincipalSchema,
  });
  const found: ServicePrincipal[] = [];
  for await (const page of pages) {
    found.push(
      ...page
        .flatMap((answer) => toServicePrincipal(answer) ?? [])
        .filter((application) => application.applicationTemplateId === crossTenantSyncTemplateId),
    );
  }
  return found;
}
