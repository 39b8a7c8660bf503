import type { Left } from '../plan/subject';
import type { PlanAudience, PlanRecord } from '../plan/types';
import { fieldWords } from './field-words';
import type { View } from './render';
import { name, sentence, TITLE_LIMIT } from './text';
import { andMore } from './words';

/**
 * What an undo leaves as it is, with the reason. Titles may name people: of another tenant than `forTenantId` nothing
 * is told.
 */
export function staysPart({ content }: PlanRecord, limit: number, forTenantId?: string): View {
  const { subject } = content;
  const left = subject?.type === 'undo' ? subject.left : [];
  return staysView(
    left.filter(({ tenantId }) => forTenantId === undefined || tenantId === forTenantId),
    limit,
  );
}

export function staysView(left: readonly Left[], limit: number): View {
  return {
    stays: left
      .slice(0, limit)
      .map(({ title, reason }) => ({ title: name(title, TITLE_LIMIT), reason: sentence(inWords(reason)) })),
    moreStays: andMore(left.length - limit, 'thing'),
  };
}

/** "Somebody changed …isSyncAllowed after PL-0031": the field as the table of changes calls it. */
function inWords(reason: string): string {
  return reason.replace(
    /^Somebody changed (\S+) after/,
    (_all, field: string) => `Somebody changed ${fieldWords(field)} after`,
  );
}

/** Whose names may be told; `undefined` = all, for the requester made the plan and has seen them. */
export function ownTenantOf(audience: PlanAudience): string | undefined {
  if (audience.role === 'requester') return undefined;
  return audience.role === 'approver' ? audience.forTenantId : audience.tenantId;
}
