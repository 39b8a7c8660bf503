import type { SynchronizationSchema } from '../graph/synchronization-schema';

export { graphNameOf } from '../engine/attribute-names';

/** One line of the user mapping: where a target attribute gets its value. */
export interface AttributeMapping {
  readonly target: string;
  /** The engine's name of the source attribute; `null` for constants and functions. */
  readonly source: string | null;
  /** As an administrator reads it: `[department]`, `"Member"`, `Join(…)`. */
  readonly expression: string;
  /** `Always`, `ObjectAddOnly`… */
  readonly flowType: string;
}

type Node = Readonly<Record<string, unknown>>;

/** The attribute mappings for users, in the order of the schema (facts 4.9). */
export function userMappingsOf(schema: SynchronizationSchema): readonly AttributeMapping[] {
  return nodes(schema['synchronizationRules'])
    .flatMap((rule) => nodes(rule['objectMappings']))
    .filter((mapping) => mapping['targetObjectName'] === 'User')
    .flatMap((mapping) => nodes(mapping['attributeMappings']))
    .flatMap(toMapping);
}

function toMapping(node: Node): AttributeMapping[] {
  const target = node['targetAttributeName'];
  const source = isNode(node['source']) ? node['source'] : {};
  if (typeof target !== 'string') return [];
  const type = String(source['type'] ?? '').toLowerCase();
  const name = typeof source['name'] === 'string' ? source['name'] : null;
  const expression = typeof source['expression'] === 'string' ? source['expression'] : (name ?? '');
  return [
    {
      target,
      source: type === 'attribute' ? name : null,
      expression,
      flowType: typeof node['flowType'] === 'string' ? node['flowType'] : 'Always',
    },
  ];
}

function nodes(value: unknown): Node[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
