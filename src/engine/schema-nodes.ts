import type { SynchronizationSchema } from '../graph/synchronization-schema';

/** Any object of a schema: fields that we do not know are kept and sent back (facts 4.9). */
export type SchemaNode = Record<string, unknown>;

/** The mapping that provisions users, inside `schema` itself: changing it changes the schema. */
export function userMappingOf(schema: SynchronizationSchema): SchemaNode | undefined {
  const rules = nodesOf(schema['synchronizationRules']);
  const ordered = rules.toSorted((a, b) => Number(isUserRule(b)) - Number(isUserRule(a)));
  return ordered
    .flatMap((rule) => nodesOf(rule['objectMappings']))
    .find((mapping) => mapping['targetObjectName'] === 'User' && mapping['sourceObjectName'] === 'User');
}

export function nodesOf(value: unknown): SchemaNode[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

export function isNode(value: unknown): value is SchemaNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function textIn(node: SchemaNode, field: string): string | null {
  const value = node[field];
  return typeof value === 'string' ? value : null;
}

function isUserRule(rule: SchemaNode): boolean {
  return rule['name'] === 'USER_INBOUND_USER';
}

/** Whether the engine deletes in the target when somebody leaves the scope: `Delete` of `flowTypes` (facts 4.9). */
export function deletesLeavers(schema: SynchronizationSchema): boolean {
  const flowTypes = textIn(userMappingOf(schema) ?? {}, 'flowTypes');
  return flowTypes === null || flowTypes.split(/, ?/).includes('Delete');
}
