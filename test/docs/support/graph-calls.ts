import type { ExchangeRequest } from '../../../src/simulator/runtime';

/** Asked before every command of everybody: who they are and what they may. */
const aboutThePerson = /\/(transitiveMemberOf|roleManagement|transitiveRoleAssignments)|\/directoryObjects\//;

/** Method and path of what a request asks of Graph, ids replaced by names of what they are; a batch gives each of its parts. */
export function graphCalls(request: ExchangeRequest): readonly string[] {
  const { method, path, body } = request;
  if (!/^\/(v1\.0|beta)\//.test(path)) return [];
  if (!path.endsWith('/$batch')) return [named(method, path)].filter((call) => !aboutThePerson.test(call));
  const { requests } = body as {
    readonly requests: readonly { readonly method: string; readonly url: string }[];
  };
  return requests
    .map((one) => named(one.method, one.url.replace(/\?.*/, '')))
    .filter((call) => !aboutThePerson.test(call));
}

function named(method: string, path: string): string {
  const short = decodeURIComponent(path)
    .replace(/^\/?(v1\.0\/)?/, '/')
    .replace(/tenantId='[^']*'/, "tenantId='{id}'")
    .replace(/\/jobs\/[^/]+/, '/jobs/{id}')
    .replace(/\/partners\/[^/]+/, '/partners/{id}')
    .replace(/\/(users|groups|applicationTemplates)\/[^/]+/, '/$1/{id}')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, '{id}');
  return `${method} ${short}`;
}
