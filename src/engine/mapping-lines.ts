import type { SynchronizationSchema } from '../graph/synchronization-schema';
import type { MappingSubject } from '../plan/subject';
import { templateLine } from './template';
import { isNode, nodesOf, textIn, userMappingOf, type SchemaNode } from './schema-nodes';

/** One attribute mapping for users. */
export interface MappingLine {
  readonly target: string;
  readonly type: 'Attribute' | 'Constant' | 'Function' | 'unknown';
  /** As the engine writes it: `[department]`, `"Member"`, `Join(…)`. */
  readonly expression: string;
  /** `Always`, `ObjectAddOnly` (only when the user is created)… */
  readonly flowType: string;
  /** By it users of both sides are matched: never to be touched (facts 4.9). */
  readonly isMatching: boolean;
  readonly defaultValue: string | null;
}

/** The attribute mappings for users, in the order of the schema (facts 4.9). */
export function mappingLinesOf(schema: SynchronizationSchema): readonly MappingLine[] {
  return nodesOf(userMappingOf(schema)?.['attributeMappings']).flatMap(lineOf);
}

function lineOf(node: SchemaNode): MappingLine[] {
  const target = textIn(node, 'targetAttributeName');
  if (target === null) return [];
  const source = isNode(node['source']) ? node['source'] : {};
  const type = typeOf(textIn(source, 'type'));
  return [
    {
      target,
      type,
      expression: expressionOf(source, type),
      flowType: textIn(node, 'flowType') ?? 'Always',
      isMatching: Number(node['matchingPriority'] ?? 0) > 0,
      defaultValue: textIn(node, 'defaultValue'),
    },
  ];
}

function typeOf(word: string | null): MappingLine['type'] {
  const known = (['Attribute', 'Constant', 'Function'] as const).find(
    (type) => type.toLowerCase() === word?.toLowerCase(),
  );
  return known ?? 'unknown';
}

function expressionOf(source: SchemaNode, type: MappingLine['type']): string {
  const name = textIn(source, 'name') ?? '';
  const written = textIn(source, 'expression');
  if (written) return written;
  return type === 'Attribute' ? `[${name}]` : type === 'Constant' ? `"${name}"` : name;
}

/**
 * A copy of the schema in which one attribute gets its value elsewhere, or is not mapped any more; everything else
 * stays byte for byte. Keeps when it is applied, or takes it from the template for a new line. How the parameters of a
 * function are spelled out is not documented, so the expression alone is sent.
 */
export function withMapping(
  schema: SynchronizationSchema,
  attribute: string,
  source: MappingSubject['source'],
): SynchronizationSchema {
  const copy = structuredClone(schema);
  const mapping = userMappingOf(copy);
  if (!mapping) return copy;
  const lines = nodesOf(mapping['attributeMappings']);
  const own = lines.find((line) => line['targetAttributeName'] === attribute);
  if (!source) {
    mapping['attributeMappings'] = lines.filter((line) => line !== own);
    return copy;
  }
  const changed = { ...(isNode(own?.['source']) ? own['source'] : {}), ...sourceNode(source) };
  if (own) own['source'] = changed;
  else mapping['attributeMappings'] = [...lines, newLine(attribute, changed)];
  return copy;
}

function newLine(attribute: string, source: SchemaNode): SchemaNode {
  return {
    targetAttributeName: attribute,
    flowType: templateLine(attribute)?.flowType ?? 'Always',
    flowBehavior: 'FlowWhenChanged',
    matchingPriority: 0,
    defaultValue: null,
    exportMissingReferences: false,
    source,
  };
}

function sourceNode({ type, expression }: NonNullable<MappingSubject['source']>): SchemaNode {
  const bare = expression.replace(/^["[]|["\]]$/g, '');
  const name = type === 'Function' ? (expression.split('(')[0] ?? '').trim() : bare;
  return { type, name, expression, parameters: [] };
}
