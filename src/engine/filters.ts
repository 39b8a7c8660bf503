import type { SynchronizationSchema } from '../graph/synchronization-schema';
import type { FilterClause } from '../plan/subject';
import { graphNameOf } from './attribute-names';
import type { Member } from './members';
import { isNode, nodesOf, textIn, userMappingOf } from './schema-nodes';

/** One scoping filter: all its clauses must hold; a user passes when one filter does (facts 4.9). */
export interface ScopingFilter {
  readonly name: string;
  readonly clauses: readonly FilterClause[];
}

interface Operator {
  readonly words: (attribute: string, values: string) => string;
  /** Left out: not worked out here (patterns typed by people are never run). */
  readonly holds?: (value: unknown, values: readonly string[]) => boolean;
  readonly takesValue: boolean;
}

const isSet = (value: unknown) => value !== null && value !== undefined && value !== '';
const printed = (value: unknown) =>
  typeof value === 'boolean' ? (value ? 'True' : 'False') : isSet(value) ? String(value) : '';

/** Operators of scoping filters by the name that Graph shows; comparing is case-sensitive, as the service's is. */
const operators: Readonly<Record<string, Operator>> = {
  EQUALS: {
    words: (attribute, values) => `${attribute} is ${values}`,
    holds: (value, [wanted]) => printed(value) === wanted,
    takesValue: true,
  },
  'NOT EQUALS': {
    words: (attribute, values) => `${attribute} is not ${values}`,
    holds: (value, [wanted]) => printed(value) !== wanted,
    takesValue: true,
  },
  INCLUDES: {
    words: (attribute, values) => `${attribute} contains ${values}`,
    holds: (value, [wanted]) => isSet(value) && printed(value).includes(wanted ?? ''),
    takesValue: true,
  },
  'IS NULL': {
    words: (attribute) => `${attribute} is empty`,
    holds: (value) => !isSet(value),
    takesValue: false,
  },
  'IS NOT NULL': {
    words: (attribute) => `${attribute} is not empty`,
    holds: (value) => isSet(value),
    takesValue: false,
  },
  'IS TRUE': {
    words: (attribute) => `${attribute} is true`,
    holds: (value) => value === true,
    takesValue: false,
  },
  'IS FALSE': {
    words: (attribute) => `${attribute} is false`,
    holds: (value) => value === false,
    takesValue: false,
  },
  'REGEX MATCH': {
    words: (attribute, values) => `${attribute} fits the pattern ${values}`,
    takesValue: true,
  },
  'NOT REGEX MATCH': {
    words: (attribute, values) => `${attribute} does not fit the pattern ${values}`,
    takesValue: true,
  },
};

/** Attributes that the service takes in no scoping filter (facts 4.9). */
export const neverInFilters: readonly string[] = [
  ...['appRoleAssignments', 'userType', 'manager', 'createdDateTime', 'employeeHireDate'],
  ...['employeeLeaveDateTime', 'alternativeSecurityIds'],
];

/** Operators that `scope set` writes: those whose result can be shown before. */
export const writableOperators: readonly string[] = Object.keys(operators).filter(
  (name) => operators[name]?.holds !== undefined,
);

export function operatorNamed(name: string): (Operator & { readonly name: string }) | undefined {
  const spelled = name.replaceAll('_', ' ').toUpperCase();
  const found = operators[spelled];
  return found && { ...found, name: spelled };
}

/** The filters of the mapping for users; those without clauses say nothing and are left out. */
export function filtersOf(schema: SynchronizationSchema): readonly ScopingFilter[] {
  const scope = userMappingOf(schema)?.['scope'];
  if (!isNode(scope)) return [];
  return nodesOf(scope['groups'])
    .map((group) => ({
      name: textIn(group, 'name') ?? '',
      clauses: nodesOf(group['clauses']).map((clause) => ({
        attribute: textIn(clause, 'sourceOperandName') ?? '',
        operator: textIn(clause, 'operatorName') ?? '',
        values: valuesOf(clause['targetOperand']),
      })),
    }))
    .filter(({ clauses }) => clauses.length > 0);
}

function valuesOf(operand: unknown): string[] {
  const values = isNode(operand) ? operand['values'] : undefined;
  return Array.isArray(values) ? values.filter((value) => typeof value === 'string') : [];
}

/** Graph's names of what the filters look at; those that Graph does not show are left out. */
export function attributesOfFilters(filters: readonly ScopingFilter[]): readonly string[] {
  return filters.flatMap(({ clauses }) => clauses.flatMap(({ attribute }) => graphNameOf(attribute) ?? []));
}

/** Whether a user passes; `null` when that hangs on an attribute or operator that is not worked out here. */
export function passes(filters: readonly ScopingFilter[], member: Member): boolean | null {
  if (filters.length === 0) return true;
  const results = filters.map(({ clauses }) => all(clauses.map((clause) => holds(clause, member))));
  if (results.includes(true)) return true;
  return results.includes(null) ? null : false;
}

function all(results: readonly (boolean | null)[]): boolean | null {
  if (results.includes(false)) return false;
  return results.includes(null) ? null : true;
}

function holds({ attribute, operator, values }: FilterClause, member: Member): boolean | null {
  const name = graphNameOf(attribute);
  const test = operatorNamed(operator)?.holds;
  if (!name || !test) return null;
  const value = member.values[name];
  return test(Array.isArray(value) ? value[0] : value, values);
}

/** "department is “Sales” and city is not empty". */
export function clausesInWords(clauses: readonly FilterClause[]): string {
  return clauses
    .map(({ attribute, operator, values }) => {
      const shown = values.map((value) => `“${value}”`).join(', ');
      return operatorNamed(operator)?.words(attribute, shown) ?? `${attribute} ${operator} ${shown}`.trim();
    })
    .join(' and ');
}

/** "department is “Sales”, or city is “Rome”"; "no filter" when there is none. */
export function filtersInWords(filters: readonly ScopingFilter[]): string {
  return filters.length === 0
    ? 'no filter'
    : filters.map(({ clauses }) => clausesInWords(clauses)).join(', or ');
}

/** Whether the only filter is made of exactly these clauses. */
export function isOnlyFilter(filters: readonly ScopingFilter[], wanted: readonly FilterClause[]): boolean {
  if (wanted.length === 0) return filters.length === 0;
  const text = (clauses: readonly FilterClause[]) =>
    JSON.stringify(
      clauses.map(({ attribute, operator, values }) => [
        attribute,
        operatorNamed(operator)?.name ?? operator,
        values,
      ]),
    );
  return filters.length === 1 && text(filters[0]?.clauses ?? []) === text(wanted);
}

/** A copy of the schema with these clauses as the only filter for users, or with none; all else stays (facts 4.9). */
export function withFilter(
  schema: SynchronizationSchema,
  clauses: readonly FilterClause[],
): SynchronizationSchema {
  const copy = structuredClone(schema);
  const mapping = userMappingOf(copy);
  if (!mapping) return copy;
  const group = {
    name: clausesInWords(clauses).slice(0, 120),
    clauses: clauses.map(({ attribute, operator, values }) => ({
      sourceOperandName: attribute,
      operatorName: operator,
      targetOperand: { values: [...values] },
    })),
  };
  const scope = isNode(mapping['scope']) ? mapping['scope'] : {};
  mapping['scope'] = { ...scope, groups: clauses.length > 0 ? [group] : [] };
  return copy;
}
