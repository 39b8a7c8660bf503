import type { Directory } from './directory';

const ageMilliseconds = 60_000;
const mostKept = 2_000;

/** A directory whose answers about one person may be a minute old: for showing things, never for deciding (I11, I33). */
export function cachedDirectory(directory: Directory, now: () => number = Date.now): Directory {
  const kept = new Map<string, { readonly at: number; readonly answer: Promise<unknown> }>();
  const remember = <T>(key: string, ask: () => Promise<T>): Promise<T> => {
    const old = kept.get(key);
    if (old && now() - old.at < ageMilliseconds) return old.answer as Promise<T>;
    const answer = ask();
    kept.delete(key);
    kept.set(key, { at: now(), answer });
    answer.catch(() => kept.delete(key));
    const oldest = kept.size > mostKept ? kept.keys().next().value : undefined;
    if (oldest !== undefined) kept.delete(oldest);
    return answer;
  };
  return {
    ...directory,
    readPerson: (tenantId, objectId) =>
      remember(`person ${tenantId} ${objectId}`, () => directory.readPerson(tenantId, objectId)),
    listActiveRoleTemplateIds: (tenantId, objectId) =>
      remember(`active ${tenantId} ${objectId}`, () =>
        directory.listActiveRoleTemplateIds(tenantId, objectId),
      ),
    listEligibleRoleTemplateIds: (tenantId, objectId) =>
      remember(`eligible ${tenantId} ${objectId}`, () =>
        directory.listEligibleRoleTemplateIds(tenantId, objectId),
      ),
    isMemberOfGroup: (tenantId, objectId, groupId) =>
      remember(`group ${tenantId} ${objectId} ${groupId}`, () =>
        directory.isMemberOfGroup(tenantId, objectId, groupId),
      ),
    listRoleHolders: (tenantId, roles) => directory.listRoleHolders(tenantId, roles),
    listGroupPeople: (tenantId, groupId) => directory.listGroupPeople(tenantId, groupId),
  };
}
