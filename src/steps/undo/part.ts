import type { UndoPart } from '../../plan/subject';
import type { Step, StepContext, StepName } from '../../plan/types';

/** What an undo tells one of its steps; `undefined` when it does not need it. */
export function partOf({ subject }: Pick<StepContext, 'subject'>, step: StepName): UndoPart | undefined {
  return subject?.type === 'undo' ? subject.parts.find((part) => part.step === step) : undefined;
}

/** The same step with the before-image as its wish: it looks, compares and writes as it always does. */
export function within(step: Step, name: StepName = step.name): Step {
  const inner = (context: StepContext): StepContext => {
    const part = partOf(context, name);
    if (!part) throw new Error(`an undo without its ${name}`);
    return { ...context, subject: part.subject };
  };
  const isPart = (context: StepContext) => partOf(context, name) !== undefined;
  return {
    ...step,
    title: (context) => step.title(inner(context)),
    meaning: (context) => step.meaning(inner(context)),
    observe: async (context) => (isPart(context) ? step.observe(inner(context)) : null),
    diff: (context, observed) => (isPart(context) ? step.diff(inner(context), observed) : []),
    resolve: (observed) => (observed === null ? {} : (step.resolve?.(observed) ?? {})),
    apply: (write, change, resolved, context) => step.apply(write, change, resolved, inner(context)),
  };
}
