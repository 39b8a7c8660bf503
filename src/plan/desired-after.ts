import type { UndoPart } from './subject';
import type { DesiredState, JsonValue, PlanContent, PlanKind } from './types';

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
    case 'settings':
      return { ...current, ...settingsAfter(subject.members) };
    case 'undo':
      return subject.parts.reduce<DesiredState | null>(
        (after, part) =>
          desiredAfter({ kind: kindOf(part), desired, subject: part.subject, steps }, after) ?? after,
        current,
      );
    case 'mapping':
      return subject.attribute === 'userType' ? { ...current, userType: userTypeOf(steps) } : null;
    default:
      return null;
  }
}

/** Taking somebody out is the one part that takes something away. */
function kindOf({ step }: UndoPart): PlanKind {
  return step === 'assign-principals' ? 'assign' : 'undo';
}

/** Guard and mail as the members of the setting tell them (facts 4.3); what they do not tell stays. */
function settingsAfter(members: Readonly<Record<string, JsonValue>>): Partial<DesiredState> {
  const { DeleteThresholdEnabled: guards, DeleteThresholdValue: limit } = members;
  const { Enabled: mails, Recipients: address } = members;
  return {
    ...(guards === false ? { deletionGuard: null } : {}),
    ...(guards !== false && limit !== undefined ? { deletionGuard: Number(limit) } : {}),
    ...(mails === false ? { notificationMail: null } : {}),
    ...(mails !== false && address !== undefined ? { notificationMail: String(address) } : {}),
  };
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
