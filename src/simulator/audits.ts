import { instant, newId, simulatedNow } from './clock';
import type { Call } from './route';
import type { AuditChange, DirectoryAudit, TenantState, World } from './world';

const retentionMs = 30 * 86_400_000;
const mostAudits = 20_000;

type NewAudit = Pick<
  DirectoryAudit,
  'category' | 'activityDisplayName' | 'operationType' | 'loggedByService' | 'targets'
> &
  Partial<DirectoryAudit>;

/** Adds one directory audit record; drops what is older than 30 simulated days when there is much of it. */
export function appendAudit(world: World, tenant: TenantState, audit: NewAudit): DirectoryAudit {
  const now = simulatedNow(world);
  const record: DirectoryAudit = {
    id: `Directory_${newId(world)}`,
    activityDateTime: instant(now),
    result: 'success',
    resultReason: '',
    correlationId: newId(world),
    initiatedByApp: null,
    initiatedByUser: null,
    details: [],
    ...audit,
  };
  tenant.audits.push(record);
  const oldest = instant(now - retentionMs);
  const fresh = tenant.audits.findIndex(({ activityDateTime }) => activityDateTime >= oldest);
  const excess = Math.max(fresh, tenant.audits.length - mostAudits);
  // Dropped in blocks: each time moves the whole list.
  if (excess > mostAudits / 10) tenant.audits.splice(0, excess);
  return record;
}

/** The same for a change that came as a call: by an application, or by a person in the portal. */
export function auditCall(
  { world, tenant, clientId, actorId }: Call,
  audit: Omit<NewAudit, 'loggedByService'> & Partial<Pick<NewAudit, 'loggedByService'>>,
): void {
  const by = actorId ? { initiatedByUser: actorId } : { initiatedByApp: clientId };
  appendAudit(world, tenant, { loggedByService: 'Core Directory', ...by, ...audit });
}

/** Members that differ, as the audit tells them: JSON texts, null for what was not there. */
export function differences(before: object | null, after: object | null): AuditChange[] {
  const [old, now] = [before ?? {}, after ?? {}] as Record<string, unknown>[];
  const text = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
  const names = [...new Set([...Object.keys(old ?? {}), ...Object.keys(now ?? {})])];
  return names
    .map((name) => ({ displayName: name, oldValue: text(old?.[name]), newValue: text(now?.[name]) }))
    .filter(({ oldValue, newValue }) => oldValue !== newValue);
}
