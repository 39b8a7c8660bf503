import { refuseBody } from '../body';
import { collectionAnswer, entityAnswer, type Shown } from '../odata';
import { conflict, notFound } from '../refusal';
import type { Answer, Call, Route } from '../route';
import { showUser, userDefaults, userProperties } from '../shown-user';
import { deletedUsers, findDeletedUser, findUserByName, purgeUser, restoreUser } from '../users';
import { auditUser } from './user-audit';
import { userFilter } from './users';

const reads = ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'];
const path = '/v1.0/directory/deletedItems';

function deletedOfPath(call: Call) {
  const id = call.parameters['directoryObjectId'] ?? '';
  const user = findDeletedUser(call.world, call.tenant, id.toLowerCase());
  if (!user) throw notFound(id);
  return user;
}

const typed = (shown: Shown): Shown => ({ '@odata.type': '#microsoft.graph.user', ...shown });

function restore(call: Call): Answer {
  refuseBody(call.body);
  const { world, tenant } = call;
  const deleted = deletedOfPath(call);
  if (findUserByName(world, tenant, deleted.userPrincipalName)) {
    throw conflict('Another object with the same value for property userPrincipalName already exists.');
  }
  const user = restoreUser(world, tenant, deleted.id);
  if (!user) throw notFound(deleted.id);
  auditUser(call, 'Restore user', user);
  const shown = Object.entries(showUser(world, tenant, user)).filter(([name]) => userDefaults.includes(name));
  return entityAnswer(call, 'directoryObjects', typed(Object.fromEntries(shown)));
}

function purge(call: Call): Answer {
  const user = deletedOfPath(call);
  purgeUser(call.tenant, user.id);
  auditUser(call, 'Hard Delete user', user);
  return { status: 204 };
}

export const deletedItemRoutes: readonly Route[] = [
  {
    ...{ method: 'GET', path: `${path}/microsoft.graph.user`, operation: 'deletedItems.list' },
    ...{ permissions: reads, throttle: 'directory', isWrite: false },
    query: {
      options: ['$select', '$filter', '$top', '$count', '$orderby', '$skiptoken'],
      filter: userFilter,
      orderby: ['deletedDateTime', 'displayName', 'userPrincipalName'],
    },
    run: (call) =>
      collectionAnswer(call, {
        context: 'users',
        items: deletedUsers(call.world, call.tenant),
        show: (user) => showUser(call.world, call.tenant, user),
        properties: userProperties,
        defaults: [...userDefaults, 'deletedDateTime'],
      }),
  },
  {
    ...{ method: 'GET', path: `${path}/{directoryObjectId}`, operation: 'deletedItems.get' },
    ...{ permissions: reads, throttle: 'directory', isWrite: false },
    run: (call) =>
      entityAnswer(call, 'directoryObjects', typed(showUser(call.world, call.tenant, deletedOfPath(call)))),
  },
  {
    ...{ method: 'DELETE', path: `${path}/{directoryObjectId}`, operation: 'deletedItems.delete' },
    ...{
      permissions: ['User.DeleteRestore.All', 'User.ReadWrite.All'],
      throttle: 'directory',
      isWrite: true,
    },
    run: purge,
  },
  {
    ...{ method: 'POST', path: `${path}/{directoryObjectId}/restore`, operation: 'deletedItems.restore' },
    ...{
      permissions: ['User.DeleteRestore.All', 'User.ReadWrite.All'],
      throttle: 'directory',
      isWrite: true,
    },
    run: restore,
  },
];
