import { collectionAnswer, entityAnswer } from '../odata';
import { refuseBody } from '../body';
import { conflict, notFound } from '../refusal';
import type { Answer, Call, Route } from '../route';
import { showUser, userDefaults, userProperties } from '../shown-user';
import { deletedUsers, findDeletedUser, findUserByName, purgeUser, restoreUser } from '../users';
import { auditUser } from './user-audit';
import { readsUsers, userFilter } from './users';

const one = '/v1.0/directory/deletedItems/{directoryObjectId}';

function idOfPath(call: Call): string {
  const id = (call.parameters['directoryObjectId'] ?? '').toLowerCase();
  if (!findDeletedUser(call.world, call.tenant, id)) throw notFound(id);
  return id;
}

function restore(call: Call): Answer {
  const id = idOfPath(call);
  refuseBody(call.body);
  const deleted = findDeletedUser(call.world, call.tenant, id);
  if (deleted && findUserByName(call.world, call.tenant, deleted.userPrincipalName))
    throw conflict('Another object with the same value for property userPrincipalName already exists.');
  const user = restoreUser(call.world, call.tenant, id);
  if (!user) throw notFound(id);
  auditUser(call, 'Restore user', user);
  return entityAnswer(call, 'directoryObjects', {
    '@odata.type': '#microsoft.graph.user',
    ...showUser(call.world, call.tenant, user),
  });
}

function purge(call: Call): Answer {
  const id = idOfPath(call);
  refuseBody(call.body);
  purgeUser(call.tenant, id);
  return { status: 204 };
}

export const deletedItemRoutes: readonly Route[] = [
  {
    ...{ method: 'GET', path: '/v1.0/directory/deletedItems/microsoft.graph.user' },
    ...{
      operation: 'deletedItems.listUsers',
      permissions: readsUsers,
      throttle: 'directory',
      isWrite: false,
    },
    query: {
      options: ['$select', '$filter', '$top', '$count', '$orderby', '$skiptoken'],
      filter: { ...userFilter, deletedDateTime: ['ge', 'le'] },
      orderby: ['deletedDateTime', 'displayName'],
    },
    run: (call) =>
      collectionAnswer(call, {
        context: 'users',
        items: deletedUsers(call.world, call.tenant),
        show: (user) => showUser(call.world, call.tenant, user),
        properties: userProperties,
        defaults: [...userDefaults, 'deletedDateTime', 'userType'],
      }),
  },
  {
    ...{ method: 'GET', path: one, operation: 'deletedItems.get', permissions: readsUsers },
    ...{ throttle: 'directory', isWrite: false, query: { options: ['$select'] } },
    run: (call) => {
      const user = findDeletedUser(call.world, call.tenant, idOfPath(call));
      if (!user) throw notFound(call.path);
      return entityAnswer(call, 'directoryObjects', {
        '@odata.type': '#microsoft.graph.user',
        ...showUser(call.world, call.tenant, user),
      });
    },
  },
  {
    ...{ method: 'POST', path: `${one}/restore`, operation: 'deletedItems.restore' },
    permissions: ['User.DeleteRestore.All', 'User.ReadWrite.All', 'Directory.ReadWrite.All'],
    ...{ throttle: 'directory', isWrite: true },
    run: restore,
  },
  {
    ...{ method: 'DELETE', path: one, operation: 'deletedItems.delete' },
    permissions: ['User.DeleteRestore.All', 'User.ReadWrite.All'],
    ...{ throttle: 'directory', isWrite: true },
    run: purge,
  },
];
