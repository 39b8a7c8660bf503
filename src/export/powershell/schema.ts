import type { JsonValue } from '../../plan/types';
import { literal, quoted } from './quote';
import type { ChangeScene, WriteRow } from './script';
import { below } from './synchronization';

const userMapping = `$schema.synchronizationRules.objectMappings | Where-Object targetObjectName -eq 'User'`;

/** The whole schema is read, one part of it changed, and all of it put back (facts 4.9). */
export const replaceSchema: WriteRow = {
  lines: (scene) => {
    const uri = below(scene.value('servicePrincipalId'), 'jobs/', scene.value('jobId'), '/schema');
    return [
      {
        about: 'All mappings as they are now',
        command: `$schema = Invoke-MgGraphRequest -Method GET -Uri ${uri}`,
      },
      { about: scene.change.title, command: `${userMapping} | ForEach-Object { ${edit(scene)} }` },
      {
        about: 'Put all of it back',
        command: `Invoke-MgGraphRequest -Method PUT -Uri ${uri} -ContentType 'application/json' -Body ($schema | ConvertTo-Json -Depth 30)`,
      },
    ];
  },
};

/** What is done to the mapping of users, which is `$_`. */
function edit({ change: { parameters } }: ChangeScene): string {
  if ('filter' in parameters) return `$_.scope.groups = ${filterGroups(parameters['filter'] ?? [])}`;
  if ('attribute' in parameters) return attributeEdit(parameters);
  const userType = String(parameters['userType'] ?? 'Member');
  return setSource('userType', sourceOf('Constant', `"${userType}"`));
}

function attributeEdit(parameters: ChangeScene['change']['parameters']): string {
  const [attribute, type] = [String(parameters['attribute']), parameters['sourceType']];
  if (type === null || type === undefined) {
    const others = `@($_.attributeMappings | Where-Object targetAttributeName -ne ${quoted(attribute)})`;
    return `$_.attributeMappings = ${others}`;
  }
  const source = sourceOf(String(type), String(parameters['expression']));
  const isThere = `$_.attributeMappings.targetAttributeName -contains ${quoted(attribute)}`;
  const added = literal({
    ...{ targetAttributeName: attribute, flowType: 'Always', flowBehavior: 'FlowWhenChanged' },
    ...{ matchingPriority: 0, source },
  });
  return `if (${isThere}) { ${setSource(attribute, source)} } else { $_.attributeMappings += ${added} }`;
}

function setSource(attribute: string, source: JsonValue): string {
  return `$_.attributeMappings | Where-Object targetAttributeName -eq ${quoted(attribute)} | ForEach-Object { $_.source = ${literal(source)} }`;
}

function sourceOf(type: string, expression: string): JsonValue {
  const name =
    type === 'Function' ? (expression.split('(')[0] ?? '') : expression.replace(/^["[]|["\]]$/g, '');
  return { type, name, expression, parameters: [] };
}

function filterGroups(clauses: JsonValue): string {
  const list = Array.isArray(clauses) ? clauses : [];
  if (list.length === 0) return '@()';
  const group = {
    name: 'Filter',
    clauses: list.flatMap((clause) => {
      if (typeof clause !== 'object' || clause === null || Array.isArray(clause)) return [];
      const { attribute = null, operator = null, values = [] } = clause;
      return [{ sourceOperandName: attribute, operatorName: operator, targetOperand: { values } }];
    }),
  };
  return `@(${literal(group)})`;
}
