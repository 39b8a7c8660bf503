import type { UndoPart } from '../../plan/subject';

/** One part for each step: claims, people and settings of several reversals together. */
export function mergeParts(parts: readonly UndoPart[]): readonly UndoPart[] {
  const merged = new Map<UndoPart['step'], UndoPart>();
  for (const part of parts) {
    const other = merged.get(part.step);
    merged.set(part.step, other ? { ...part, subject: together(other.subject, part.subject) } : part);
  }
  return [...merged.values()];
}

function together(one: UndoPart['subject'], other: UndoPart['subject']): UndoPart['subject'] {
  if (one.type === 'switch' && other.type === 'switch') {
    return { ...one, claims: [...one.claims, ...other.claims] };
  }
  if (one.type === 'settings' && other.type === 'settings') {
    return { ...one, members: { ...one.members, ...other.members } };
  }
  if (one.type === 'assignments' && other.type === 'assignments') {
    const assignments = [...one.assignments, ...other.assignments];
    const count = assignments.length;
    return { ...one, assignments, displayName: `${count} users and groups` };
  }
  return other;
}
