import { findGroup } from '../groups';
import { hashText } from '../hash';
import { findUser } from '../users';
import { assignedIds, isAssigned } from './assigned';
import type { Scene } from './scene';

/**
 * Source users that a cycle looks at, managers before their reports. A full cycle: everybody who is or was in scope. An
 * incremental one: users changed since the last cycle, who came into or left scope, and whose retry is due.
 */
export function queueOf(scene: Scene, nowMs: number): string[] {
  const { job, source } = scene;
  const wanted = new Set<string>();
  if (scene.isFull || job.assignmentVersion !== scopeVersion(scene)) {
    const assigned = assignedIds(scene);
    for (const id of assigned) if (scene.isFull || !job.subjects[id]?.assigned) wanted.add(id);
    for (const id in job.subjects) {
      if (scene.isFull || job.subjects[id]?.assigned !== assigned.has(id)) wanted.add(id);
    }
  }
  for (const id in source.users.touched) {
    const change = source.users.touched[id]?.change ?? 0;
    if (change > job.watermark && concerns(scene, id)) wanted.add(id);
  }
  for (const id in job.subjects) {
    const retryMs = job.subjects[id]?.retryMs ?? null;
    if (retryMs !== null && retryMs <= nowMs) wanted.add(id);
  }
  return managersFirst(scene, wanted);
}

function concerns(scene: Scene, id: string): boolean {
  if (scene.job.subjects[id]) return true;
  const user = findUser(scene.world, scene.source, id);
  return user !== null && isAssigned(scene, user);
}

/** Changes with the assignments and with the members and rules of the assigned groups. */
export function scopeVersion({ configuration, source }: Pick<Scene, 'configuration' | 'source'>): number {
  const groups = configuration.assignments.map(({ principalId }) => {
    const group = findGroup(source, principalId);
    return group ? `${group.memberIds.join()}/${group.membershipRule ?? ''}` : '';
  });
  return hashText(`${configuration.assignmentVersion}/${groups.join('|')}`);
}

function managersFirst({ world, source }: Scene, wanted: ReadonlySet<string>): string[] {
  const ordered = new Set<string>();
  for (const id of wanted) {
    const chain: string[] = [];
    for (let next: string | null = id; next && wanted.has(next) && !ordered.has(next);) {
      if (chain.includes(next)) break;
      chain.push(next);
      next = findUser(world, source, next)?.managerId ?? null;
    }
    for (const each of chain.reverse()) ordered.add(each);
  }
  return [...ordered];
}
