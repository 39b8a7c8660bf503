import { instant, newId, simulatedNow } from './clock';
import type { DirectoryAudit, TenantState, World } from './world';

const retentionMs = 30 * 86_400_000;
const mostAudits = 20_000;

type NewAudit = Pick<
  DirectoryAudit,
  'category' | 'activityDisplayName' | 'operationType' | 'loggedByService' | 'targets'
> &
  Partial<DirectoryAudit>;

/** Adds one directory audit record; drops what is older than 30 simulated days. */
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
  if (excess > 0) tenant.audits.splice(0, excess);
  return record;
}
