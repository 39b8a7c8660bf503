import { Refusal } from '../refusal';
import { isSourceAttribute, isTargetAttribute } from './attributes';
import { userRule } from './default-schema';
import { attributesIn, parseExpression } from './expression';
import { mappingSchema, type AttributeMapping, type MappingSchema, type ObjectMapping } from './schema-types';
import { isKnownOperator } from './scope';

const invalid = (message: string) => new Refusal(400, 'schemaInvalid', message);

/** Attributes that no scoping filter may use (facts 4.9). */
const neverScoped = ['appRoleAssignments', 'userType', 'manager', 'createdDateTime', 'employeeHireDate'];
const neverSource = ['userType', 'SamAccountName'];
const neverTarget = ['otherMails', 'proxyAddresses'];

/**
 * A schema that replaces the present one; refuses (400 `schemaInvalid`) what facts 4.9 rules out: other rules, a
 * changed or added matching attribute, unknown attributes, functions and operators.
 */
export function checkSchema(body: unknown, present: MappingSchema): MappingSchema {
  const parsed = mappingSchema.safeParse(body);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw invalid(`The schema is not valid at '${issue?.path.join('.') ?? ''}': ${issue?.message ?? ''}`);
  }
  const schema = parsed.data;
  for (const { id, name } of schema.synchronizationRules) {
    const known = present.synchronizationRules.find((rule) => rule.id === id && rule.name === name);
    if (!known) throw invalid(`The synchronization rule '${name}' (${id}) is not known.`);
  }
  const directories = schema.directories.map(({ name }) => name);
  for (const { sourceDirectoryName, targetDirectoryName } of schema.synchronizationRules) {
    for (const name of [sourceDirectoryName, targetDirectoryName]) {
      if (!directories.includes(name)) throw invalid(`The directory '${name}' is not described.`);
    }
  }
  const found = userRule(schema);
  if (!found) throw invalid('The mapping of users is missing.');
  checkMatching(found.mapping);
  checkTargets(found.mapping);
  found.mapping.attributeMappings.forEach(checkSource);
  checkScope(found.mapping);
  return schema;
}

function checkMatching({ attributeMappings }: ObjectMapping): void {
  const matching = attributeMappings.filter(({ matchingPriority }) => matchingPriority > 0);
  const [only] = matching;
  const fixed =
    matching.length === 1 &&
    only?.targetAttributeName === 'alternativeSecurityIds' &&
    only.matchingPriority === 1 &&
    only.source.expression === 'AltSecIdFromNetId([netId])';
  if (!fixed) throw invalid('The matching attribute alternativeSecurityIds cannot be changed or added to.');
}

function checkTargets({ attributeMappings }: ObjectMapping): void {
  const seen = new Set<string>();
  for (const { targetAttributeName: name } of attributeMappings) {
    if (neverTarget.includes(name) || !isTargetAttribute(name)) {
      throw invalid(`The target attribute '${name}' cannot be mapped.`);
    }
    if (seen.has(name)) throw invalid(`The target attribute '${name}' is mapped more than once.`);
    seen.add(name);
  }
}

function checkSource({ source, targetAttributeName }: AttributeMapping): void {
  const refuse = () => invalid(`The source of '${targetAttributeName}' is not valid.`);
  if (source.type === 'Constant') {
    if (!source.name && !source.expression) throw refuse();
    return;
  }
  const text = source.expression ?? (source.type === 'Attribute' && source.name ? `[${source.name}]` : '');
  const node = parseExpression(text);
  if (!node || (source.type === 'Attribute') !== (node.kind === 'attribute')) throw refuse();
  const unknown = attributesIn(node).some((name) => neverSource.includes(name) || !isSourceAttribute(name));
  if (unknown) throw refuse();
}

function checkScope({ scope }: ObjectMapping): void {
  for (const group of scope?.groups ?? []) {
    for (const clause of group.clauses) {
      const { sourceOperandName: name } = clause;
      if (neverScoped.includes(name) || !isSourceAttribute(name)) {
        throw invalid(`The attribute '${name}' cannot be used in a scoping filter.`);
      }
      if (!isKnownOperator(clause)) throw invalid(`The operator '${clause.operatorName}' is not known.`);
    }
  }
}
