import type { JsonValue } from '../plan/types';
import type { AuditRow } from '../store/audit-rows';
import { detailSeal, type ChainRecord } from '../store/chain';

/**
 * Whether people of these tenants may read a record: of a plan, those of its link; else those of whoever did it. What
 * the bot itself did concerns all.
 */
export function mayRead(
  row: Pick<AuditRow, 'sourceTenantId' | 'targetTenantId' | 'actorTenantId'>,
  tenantIds: readonly string[],
): boolean {
  const { sourceTenantId, targetTenantId, actorTenantId } = row;
  const concerned = [sourceTenantId, targetTenantId].filter((id) => id !== null);
  if (concerned.length > 0) return concerned.some((id) => tenantIds.includes(id));
  return actorTenantId === null || tenantIds.includes(actorTenantId);
}

/** The record with the digest in place of every detail that belongs to another tenant (decisions, Approval). */
export function readableRecord(record: ChainRecord, tenantIds: readonly string[]): ChainRecord {
  if (!record.details) return record;
  const details = Object.entries(record.details).map(([tenantId, detail]) => [
    tenantId,
    tenantIds.includes(tenantId) ? detail : detailSeal(detail),
  ]);
  return { ...record, details: Object.fromEntries(details) as Record<string, JsonValue> };
}
