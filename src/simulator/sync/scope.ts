import type { User } from '../world';
import { alternativeSecurityIds, printed, readAttribute } from './attributes';
import type { FilterClause } from './schema-types';
import { isAssigned } from './assigned';
import type { Scene } from './scene';
import type { Scoping } from './state';

/** The filter that ships with the template: external users and users with SMS sign-in fail it (facts 5.1). */
export const externalUsersFilter = "Filter external users.alternativeSecurityIds EQUALS 'None'";

type Test = (value: string | null, wanted: readonly string[]) => boolean;

const pattern = (source: string) => {
  try {
    return new RegExp(`^(?:${source})$`);
  } catch {
    return null;
  }
};

const operators: Record<string, Test> = {
  EQUALS: (value, [wanted]) => value === wanted,
  'NOT EQUALS': (value, [wanted]) => value !== wanted,
  IN: (value, wanted) => value !== null && wanted.includes(value),
  'NOT IN': (value, wanted) => value === null || !wanted.includes(value),
  INCLUDES: (value, [wanted]) => value !== null && value.includes(wanted ?? ''),
  'IS NULL': (value) => value === null,
  'IS NOT NULL': (value) => value !== null,
  'IS TRUE': (value) => value === 'True',
  'IS FALSE': (value) => value === 'False',
  'REGEX MATCH': (value, [wanted]) => pattern(wanted ?? '')?.test(value ?? '') === true,
  'NOT REGEX MATCH': (value, [wanted]) => pattern(wanted ?? '')?.test(value ?? '') === false,
};

const operatorName = (clause: FilterClause) => clause.operatorName.replaceAll('_', ' ').toUpperCase();

export const isKnownOperator = (clause: FilterClause) => operatorName(clause) in operators;

function clauseText(title: string, clause: FilterClause): string {
  const values = (clause.targetOperand?.values ?? []).map((value) => `'${value}'`).join(', ');
  return `${title}.${clause.sourceOperandName} ${operatorName(clause)} ${values}`.trim();
}

/** Clauses of one filter must all hold; one filter that holds is enough. */
function ownFilters(scene: Scene, user: User, isSoftDeleted: boolean) {
  const clauses: Record<string, boolean> = {};
  const groups = (scene.mapping.scope?.groups ?? []).filter((group) => group.clauses.length);
  let passed = groups.length === 0;
  for (const group of groups) {
    let whole = true;
    for (const clause of group.clauses) {
      const value = readAttribute(user, clause.sourceOperandName, isSoftDeleted);
      const test = operators[operatorName(clause)];
      const fits =
        test?.(value === null ? null : printed(value), clause.targetOperand?.values ?? []) === true;
      clauses[clauseText(group.name ?? '', clause)] = fits;
      whole &&= fits;
    }
    passed ||= whole;
  }
  return { clauses, passed };
}

/** The scoping step for one source user; `isActive` is what the caller found. */
export function scopeOf(scene: Scene, user: User, isSoftDeleted: boolean, isActive: boolean): Scoping {
  const isInternal = alternativeSecurityIds(scene.world, scene.source, user) === 'None';
  const own = ownFilters(scene, user, isSoftDeleted);
  return {
    active: isActive,
    assigned: isAssigned(scene, user),
    clauses: isInternal ? own.clauses : { [externalUsersFilter]: false, ...own.clauses },
    passed: isInternal && own.passed,
  };
}
