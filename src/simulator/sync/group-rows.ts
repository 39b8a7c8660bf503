import { newId } from '../clock';
import { findGroup } from '../groups';
import type { Group } from '../world';
import { sceneNow, schemaOf, type Scene } from './scene';
import type { LogRow, RowDetail } from './state';

/**
 * Rows for the assigned groups of a full cycle: groups themselves are not synchronized while their mapping is off, only
 * their members are (facts 6.3 `EntityTypeNotSupported`). Written when `options.groupRows` says so.
 */
export function appendGroupRows(scene: Scene, cycleId: string): void {
  const { source, configuration, job } = scene;
  if (!source.sync.options.groupRows || mapsGroups(scene)) return;
  for (const { principalId } of configuration.assignments) {
    const group = findGroup(source, principalId);
    if (group) source.sync.rows.push(rowOf(scene, group, { cycleId, jobId: job.id }));
  }
}

function mapsGroups({ job }: Scene): boolean {
  return schemaOf(job).synchronizationRules.some(({ objectMappings }) =>
    objectMappings.some(({ sourceObjectName, enabled }) => sourceObjectName === 'Group' && enabled),
  );
}

function rowOf(scene: Scene, group: Group, ids: { cycleId: string; jobId: string }): LogRow {
  const { world, target, servicePrincipal } = scene;
  const scoping = { active: true, assigned: true, clauses: {}, passed: true };
  const detail: RowDetail = { imported: { objectId: group.id }, scoping, modified: [] };
  return {
    ...ids,
    id: newId(world),
    atMs: sceneNow(scene),
    targetTenantId: target?.tenantId ?? '',
    servicePrincipalId: servicePrincipal.id,
    changeId: newId(world),
    action: 'other',
    status: 'skipped',
    isOnDemand: false,
    durationMs: 0,
    type: 'Group',
    source: { id: group.id, displayName: group.displayName, userPrincipalName: group.displayName },
    targetId: null,
    matched: false,
    failure: null,
    skipReason: 'EntityTypeNotSupported',
    detail: JSON.stringify(detail),
  };
}
