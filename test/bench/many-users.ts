import { countUserMembers } from '../../src/graph/groups';
import { FakeWire, tenantId } from '../graph/support/fake-wire';

const perPage = 999;
const group = '99999999-9999-4999-8999-999999999999';

/** What a walk through a group of so many users takes, and the most memory of the process, Graph included (safety D2). */
export async function measureManyUsers(users: number): Promise<string> {
  let most = 0;
  const wire = new FakeWire([
    ({ url }) => {
      most = Math.max(most, process.memoryUsage().rss);
      return pageOf(users, Number(url.searchParams.get('$skiptoken') ?? 0), url);
    },
  ]);
  const began = performance.now();
  const counted = await countUserMembers(wire.graph().read(tenantId), group);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  if (counted !== users) throw new Error(`${counted} users instead of ${users}`);
  const memory = `${Math.round(most / 1024 / 1024)} MB of memory at most`;
  return `members: ${users.toLocaleString('en-GB')} users read page by page in ${seconds} s, ${memory}`;
}

function pageOf(users: number, from: number, url: URL): Response {
  const value = Array.from({ length: Math.min(perPage, users - from) }, (_, index) => ({
    '@odata.type': '#microsoft.graph.user',
    id: `00000000-0000-4000-8000-${String(from + index).padStart(12, '0')}`,
    userPrincipalName: `user.${from + index}@contoso.example`,
    displayName: `User ${from + index} of a very large company`,
  }));
  const next = new URL(url);
  next.searchParams.set('$skiptoken', String(from + perPage));
  return Response.json({ value, ...(from + perPage < users ? { '@odata.nextLink': next.href } : {}) });
}
