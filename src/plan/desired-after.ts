import type { DesiredState, PlanContent } from './types';

const nothing: DesiredState = {
  userType: 'member',
  assignments: [],
  deletionGuard: null,
  notificationMail: null,
};

/**
 * What the link shall look like once the plan is applied, worked out from what counts at that moment: two plans that
 * were drafted side by side both leave their mark. `null` = the plan says nothing about it.
 */
export function desiredAfter(
  { kind, desired, subject, steps }: Pick<PlanContent, 'kind' | 'desired' | 'subject' | 'steps'>,
  now: DesiredState | null,
): DesiredState | null {
  if (kind === 'setup') return desired;
  const current = now ?? nothing;
  switch (subject?.type) {
    case 'assignments':
      return { ...current, assignments: assignmentsAfter(kind, current, subject.assignments) };
    case 'setting':
      return subject.setting.name === 'guard'
        ? { ...current, deletionGuard: subject.setting.limit }
        : { ...current, notificationMail: subject.setting.address };
    case 'scope':
      return { ...current, scope: subject.who };
    case 'mapping':
      return subject.attribute === 'userType' ? { ...current, userType: userTypeOf(steps) } : null;
    default:
      return null;
  }
}

function assignmentsAfter(
  kind: PlanContent['kind'],
  { assignments }: DesiredState,
  named: DesiredState['assignments'],
): DesiredState['assignments'] {
  const isNamed = ({ principalId }: { readonly principalId: string }) =>
    named.some((one) => one.principalId.toLowerCase() === principalId.toLowerCase());
  const others = assignments.filter((one) => !isNamed(one));
  return kind === 'assign' ? [...others, ...named] : others;
}

/** A computed type counts as the template's, so that `setup` leaves the mapping alone. */
function userTypeOf(steps: PlanContent['steps']): DesiredState['userType'] {
  const fields = steps.flatMap((step) => step.changes.flatMap((change) => change.fields));
  const isGuest = fields.some(({ field, after }) => field === 'userType' && after === '"Guest"');
  return isGuest ? 'guest' : 'member';
}
