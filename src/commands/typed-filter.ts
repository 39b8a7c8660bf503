import { graphNameOf } from '../engine/attribute-names';
import { neverInFilters, operatorNamed, writableOperators } from '../engine/filters';
import type { FilterClause } from '../plan/subject';
import { listed } from './words';

/** Clauses as they are typed: `department EQUALS Sales AND city IS NOT NULL`, or one sentence that says what is wrong. */
export function typedFilter(
  text: string,
): { readonly clauses: readonly FilterClause[] } | { readonly fault: string } {
  if (text.trim().toLowerCase() === 'none') return { clauses: [] };
  const clauses: FilterClause[] = [];
  for (const part of text.split(/ AND /)) {
    const clause = typedClause(part.trim());
    if ('fault' in clause) return clause;
    clauses.push(clause);
  }
  return { clauses };
}

/** Signs that people type for the two most usual operators. */
const signs: Readonly<Record<string, string>> = { '=': 'EQUALS', '!=': 'NOT EQUALS' };

function typedClause(part: string): FilterClause | { readonly fault: string } {
  const [attribute = '', ...rest] = part.split(/\s+/);
  const fault = faultOf(attribute);
  if (fault) return { fault };
  const words = rest.map((word) => signs[word] ?? word).join(' ');
  const operator = writableOperators
    .toSorted((a, b) => b.length - a.length)
    .map((name) => operatorNamed(name))
    .find((one) => one !== undefined && begins(words, one.name));
  if (!operator)
    return { fault: `Write an operator after ${attribute}: ${listed(writableOperators, 'or')}.` };
  const value = words
    .slice(operator.name.length)
    .trim()
    .replace(/^(['"])(.*)\1$/, '$2');
  if (operator.takesValue !== (value !== '')) {
    return {
      fault: operator.takesValue
        ? `${operator.name} needs a value after it.`
        : `${operator.name} stands alone: leave “${value.slice(0, 40)}” out.`,
    };
  }
  return { attribute, operator: operator.name, values: operator.takesValue ? [value] : [] };
}

function begins(words: string, operator: string): boolean {
  const spelled = words.slice(0, operator.length).replaceAll('_', ' ').toUpperCase();
  const next = words[operator.length];
  return spelled === operator && (next === undefined || next === ' ');
}

function faultOf(attribute: string): string | null {
  const never = neverInFilters.find((name) => name.toLowerCase() === attribute.toLowerCase());
  if (never) return `The service takes no scoping filter on ${never}.`;
  if (graphNameOf(attribute) === null) {
    return `“${attribute.slice(0, 40)}” is no user attribute whose effect can be shown before: write it as the mapping does, like department or city.`;
  }
  return null;
}
