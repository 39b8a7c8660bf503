import type { Directory } from '../approvals/directory';
import type { Graph } from '../graph/create-graph';
import { isMemberOfGroup, listActiveRoles, listEligibleRoles, readPerson } from '../graph/directory';
import { listGroupPeople, listRoleHolders } from '../graph/role-holders';

/** Who people are and what they may, read live from Graph each time (I11). */
export function graphDirectory(graph: Pick<Graph, 'read'>): Directory {
  return {
    readPerson: (tenantId, objectId) => readPerson(graph.read(tenantId), objectId),
    listActiveRoleTemplateIds: (tenantId, objectId) => listActiveRoles(graph.read(tenantId), objectId),
    listEligibleRoleTemplateIds: (tenantId, objectId) => listEligibleRoles(graph.read(tenantId), objectId),
    isMemberOfGroup: (tenantId, objectId, groupId) =>
      isMemberOfGroup(graph.read(tenantId), objectId, groupId),
    listRoleHolders: (tenantId, roleTemplateIds) => listRoleHolders(graph.read(tenantId), roleTemplateIds),
    listGroupPeople: (tenantId, groupId) => listGroupPeople(graph.read(tenantId), groupId),
  };
}
