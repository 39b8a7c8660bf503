import type { ExchangeRequest } from '../../../src/simulator/runtime';

/** Asked before every command of everybody, or remembered for a minute: who they are and which roles they hold. */
const aboutThePerson =
  /\/(transitiveMemberOf|roleManagement|transitiveRoleAssignments)|\/directoryObjects\/|\/users\/[^/]+$/;

/**
 * Leaves out reads of who somebody is and which roles they hold; `roleGroups` are the ids of groups that hold roles.
 * Method and path of what a request asks of Graph, ids replaced by names of what they are; a batch
 * gives each of its parts.
 */
export function graphCalls(request: ExchangeRequest, roleGroups: readonly string[]): readonly string[] {
  const { method, path, body } = request;
  if (!/^\/(v1\.0|beta)\//.test(path)) return [];
  const asked = path.endsWith('/$batch')
    ? (body as Batch).requests.map((one) => [one.method, one.url.replace(/\?.*/, '')] as const)
    : [[method, path] as const];
  return asked
    .filter(([, where]) => !aboutThePerson.test(where) && !roleGroups.some((id) => where.includes(id)))
    .map(([how, where]) => named(how, where));
}

interface Batch {
  readonly requests: readonly { readonly method: string; readonly url: string }[];
}

function named(method: string, path: string): string {
  const short = decodeURIComponent(path)
    .replace(/^\/?(v1\.0\/)?/, '/')
    .replace(/tenantId='[^']*'/, "tenantId='{id}'")
    .replace(/\/jobs\/(?!validateCredentials)[^/]+/, '/jobs/{id}')
    .replace(/\/partners\/[^/]+/, '/partners/{id}')
    .replace(/\/(users|groups|applicationTemplates)\/[^/]+/, '/$1/{id}')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, '{id}');
  return `${method} ${short}`;
}
