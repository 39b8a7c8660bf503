import type { Conversation } from './conversation';
import type { PersonId } from './protocol';
import { emptyWorld, readWorld, type World, type WorldPerson } from './world';

/** Who there is, as the simulator last said. */
export interface Directory {
  world(): World;
  isReady(): boolean;
  person(id: PersonId): WorldPerson | undefined;
  /** By MRI or by object id, within a tenant. */
  find(tenantId: string, teamsUserIdOrObjectId: string): WorldPerson | undefined;
  membersOf(conversation: Conversation): readonly WorldPerson[];
  /** Asks again; true when something changed. Throws when the simulator does not answer. */
  refresh(): Promise<boolean>;
}

export function createDirectory(simulatorUrl: string): Directory {
  let world = emptyWorld;
  let isReady = false;
  const person = (id: PersonId) => world.people.find((each) => each.id === id);
  return {
    world: () => world,
    isReady: () => isReady,
    person,
    find: (tenantId, id) =>
      world.people.find(
        (each) => each.tenantId === tenantId && (each.teamsUserId === id || each.aadObjectId === id),
      ),
    membersOf: ({ memberIds }) => memberIds.flatMap((id) => person(id) ?? []),
    async refresh() {
      const next = await readWorld(simulatorUrl);
      const isChanged = !isReady || JSON.stringify(next) !== JSON.stringify(world);
      world = next;
      isReady = true;
      return isChanged;
    },
  };
}
