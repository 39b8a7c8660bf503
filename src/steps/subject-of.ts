import type { PlanSubject } from '../plan/subject';

/**
 * The subject of a plan as the type that its steps need.
 * @throws Error when a plan of another kind reaches the step: our own fault
 */
export function subjectOf<Type extends PlanSubject['type']>(
  context: { readonly subject: PlanSubject | null },
  type: Type,
): Extract<PlanSubject, { type: Type }> {
  if (context.subject?.type !== type) throw new Error(`a plan without its ${type}`);
  return context.subject as Extract<PlanSubject, { type: Type }>;
}
