import { z } from 'zod/v4';
import type { GraphRead, GraphWrite } from './client';
import { at } from './path';

/** The whole schema as Graph sent it: PUT replaces everything, so nothing may be lost on the way (facts 4.9). */
export const synchronizationSchemaSchema = z.record(z.string(), z.unknown());

export type SynchronizationSchema = z.output<typeof synchronizationSchemaSchema>;

type Node = Record<string, unknown>;

export async function findSchema(
  graph: GraphRead,
  servicePrincipalId: string,
  jobId: string,
): Promise<SynchronizationSchema | undefined> {
  return graph.find(at`/servicePrincipals/${servicePrincipalId}/synchronization/jobs/${jobId}/schema`, {
    doing: 'reading the attribute mappings',
    permissions: [
      'Synchronization.Read.All',
      'Synchronization.ReadWrite.All',
      'Application.ReadWrite.OwnedBy',
    ],
    schema: synchronizationSchemaSchema,
  });
}

/** Replaces the schema; every user is looked at again in the next cycle. */
export async function replaceSchema(
  write: GraphWrite,
  servicePrincipalId: string,
  jobId: string,
  schema: SynchronizationSchema,
): Promise<readonly string[]> {
  const sent = await write.send('schema.replace', {
    parameters: { servicePrincipalId, jobId },
    body: withoutAnnotations(schema),
    doing: 'saving the attribute mappings',
  });
  return sent.requestIds;
}

/** The rule that synchronizes users; provision on demand names it (facts 4.7). `null` when there is none. */
export function userRuleId(schema: SynchronizationSchema): string | null {
  const rules = nodes(schema['synchronizationRules']);
  const named = rules.find((rule) => rule['name'] === 'USER_INBOUND_USER');
  const supporting = rules.find((rule) =>
    nodes(rule['metadata']).some((entry) => entry['key'] === 'supportsProvisionOnDemand'),
  );
  const id = (named ?? supporting ?? rules.find((rule) => userMappings(rule).length > 0))?.['id'];
  return typeof id === 'string' && id !== '' ? id : null;
}

/** The constant that is mapped to `userType` for new users: `Member` or `Guest`; `null` when it is no constant. */
export function mappedUserType(schema: SynchronizationSchema): string | null {
  const source = userTypeMappings(schema)[0]?.['source'];
  if (!isNode(source) || String(source['type']).toLowerCase() !== 'constant') return null;
  const word = source['name'] ?? source['expression'];
  return typeof word === 'string' ? word.replaceAll('"', '') : null;
}

/** A copy with the constant of `userType` changed and everything else kept, `flowType` too. */
export function withUserType(
  schema: SynchronizationSchema,
  userType: 'Member' | 'Guest',
): SynchronizationSchema {
  const copy = structuredClone(schema);
  for (const mapping of userTypeMappings(copy)) {
    mapping['source'] = {
      ...(isNode(mapping['source']) ? mapping['source'] : {}),
      type: 'Constant',
      name: userType,
      expression: `"${userType}"`,
      parameters: [],
    };
  }
  return copy;
}

function userTypeMappings(schema: SynchronizationSchema): Node[] {
  return nodes(schema['synchronizationRules'])
    .flatMap(userMappings)
    .flatMap((mapping) => nodes(mapping['attributeMappings']))
    .filter((mapping) => mapping['targetAttributeName'] === 'userType');
}

function userMappings(rule: Node): Node[] {
  return nodes(rule['objectMappings']).filter((mapping) => mapping['targetObjectName'] === 'User');
}

function nodes(value: unknown): Node[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withoutAnnotations(schema: SynchronizationSchema): SynchronizationSchema {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => !key.startsWith('@odata.')));
}
