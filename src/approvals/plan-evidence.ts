import type { JsonValue, PlanContent, PlannedStep } from '../plan/types';
import type { AuditEntry } from '../store/audit';

/**
 * The exact plan for an audit record: what everybody of the link may read stands in the facts, the values of steps
 * under their tenant, whom and what it is about under the source. Together they are all that the digest covers.
 */
export function planEvidence(content: PlanContent): {
  readonly plan: JsonValue;
  readonly details: NonNullable<AuditEntry['details']>;
} {
  const { steps, desired, subject, ...head } = content;
  const tenantIds = [...new Set([content.sourceTenantId, ...steps.map(({ tenantId }) => tenantId)])];
  const details = tenantIds.map((tenantId) => [
    tenantId,
    json({
      steps: steps.filter((step) => step.tenantId === tenantId),
      ...(tenantId === content.sourceTenantId ? { desired, subject } : {}),
    }),
  ]);
  return {
    plan: json({ ...head, steps: steps.map(titleOf) }),
    details: Object.fromEntries(details) as NonNullable<AuditEntry['details']>,
  };
}

/** A step by its title, as people of the other tenant see it. */
function titleOf({ name, tenantId, side, tier, title, changes }: PlannedStep) {
  const affected = changes.reduce((sum, change) => sum + change.affectedUsers, 0);
  return { name, tenantId, side, tier, title, changes: changes.length, affectedUsers: affected };
}

function json(value: unknown): JsonValue {
  return JSON.parse(JSON.stringify(value)) as JsonValue;
}
