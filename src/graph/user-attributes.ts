import { z } from 'zod/v4';
import type { GraphRead } from './client';
import { at } from './path';

/** Any chosen properties of a user, as Graph gives them; `undefined` when there is no such user. */
export async function readUserAttributes(
  graph: GraphRead,
  userId: string,
  names: readonly string[],
): Promise<Readonly<Record<string, unknown>> | undefined> {
  return graph.find(at`/users/${userId}`, {
    doing: 'reading the attributes of a user',
    permissions: ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
    query: { $select: ['id', ...names].join(',') },
    schema: z.record(z.string(), z.unknown()),
  });
}
