import { z } from 'zod/v4';

const text = z.string().nullish();

const source = z.looseObject({
  type: z.enum(['Attribute', 'Constant', 'Function']),
  name: text,
  expression: text,
});

const attributeMapping = z.looseObject({
  targetAttributeName: z.string().min(1),
  flowType: z
    .enum(['Always', 'ObjectAddOnly', 'MultiValueAddOnly', 'ValueAddOnly', 'AttributeAddOnly'])
    .default('Always'),
  flowBehavior: z.enum(['FlowWhenChanged', 'FlowAlways']).default('FlowWhenChanged'),
  matchingPriority: z.int().min(0).default(0),
  defaultValue: text,
  source,
});

const filterClause = z.looseObject({
  sourceOperandName: z.string().min(1),
  operatorName: z.string().min(1),
  targetOperand: z.looseObject({ values: z.array(z.string()).nullish() }).nullish(),
});

const filterGroup = z.looseObject({ name: text, clauses: z.array(filterClause).default([]) });

const scope = z.looseObject({ groups: z.array(filterGroup).nullish() });

const flowTypes = /^(None|Add|Update|Delete)(, ?(None|Add|Update|Delete))*$/;

const objectMapping = z.looseObject({
  name: text,
  enabled: z.boolean(),
  flowTypes: z.string().regex(flowTypes),
  sourceObjectName: z.string(),
  targetObjectName: z.string(),
  scope: scope.nullish(),
  attributeMappings: z.array(attributeMapping),
});

const rule = z.looseObject({
  id: z.string(),
  name: z.string(),
  sourceDirectoryName: z.string(),
  targetDirectoryName: z.string(),
  objectMappings: z.array(objectMapping),
});

/** The part of a synchronizationSchema that the engine reads (facts 4.9); the rest is kept as it came. */
export const mappingSchema = z.looseObject({
  synchronizationRules: z.array(rule).min(1),
  directories: z.array(z.looseObject({ name: z.string() })).min(1),
});

export type MappingSchema = z.output<typeof mappingSchema>;
export type SyncRule = z.output<typeof rule>;
export type ObjectMapping = z.output<typeof objectMapping>;
export type AttributeMapping = z.output<typeof attributeMapping>;
export type FilterGroup = z.output<typeof filterGroup>;
export type FilterClause = z.output<typeof filterClause>;
