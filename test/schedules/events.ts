import type { DecisionRequest } from '../../src/approvals/outcome';
import { currentDesiredWish, linkOf } from './wish';
import type { Tamper, WorldEvent } from './schedule';
import type { DrawnCard } from './teams-model';
import type { World } from './world';

const soon = 5_000;
/** Whose card somebody takes the nonce from. */
const others: Readonly<Record<string, string>> = {
  ann: 'abe',
  abe: 'ann',
  bob: 'bea',
  bea: 'bob',
  rae: 'bob',
};
/** What waits for something that never comes is given up after so many tries. */
const mostTries = 12;

/** Makes one thing happen to the world. */
export function playEvent(world: World, event: WorldEvent): void {
  switch (event.type) {
    case 'draft':
      return draft(world, event);
    case 'press':
      return press(world, event);
    case 'demote':
    case 'disable':
      return demote(world, event);
    case 'somebody':
      return world.graph.change(event.field, 'somebody');
    case 'jump':
      world.clock.now += event.seconds * 1_000;
      return;
    case 'show':
    case 'ask':
    case 'remind':
      return talk(world, event);
  }
}

function later(world: World, event: WorldEvent): void {
  const count = (world.tries.get(event) ?? 0) + 1;
  world.tries.set(event, count);
  if (count <= mostTries) world.retry(event, soon);
}

function draft(world: World, event: WorldEvent): void {
  const replica = world.someReplica();
  if (!replica?.steering) return later(world, event);
  const { steering } = replica;
  world.begin(replica, () =>
    steering.draft({
      kind: event.wish,
      link: linkOf(),
      requester: world.person('rae'),
      desired: event.wish === 'setup' ? currentDesiredWish : null,
      subject: null,
      conversationId: 'chat-rae',
    }),
  );
  // A process that dies meanwhile is asked again, as a person would.
  world.at(world.clock.now + 8_000, () => {
    if (!world.teams.cardFor('rae', event.wish) && !replica.isAlive) later(world, event);
  });
}

function press(world: World, event: Extract<WorldEvent, { type: 'press' }>): void {
  const card = world.teams.cardFor(event.who, event.wish);
  if (!card?.record || !card.audience || !('nonce' in card.audience) || !world.someReplica()) {
    return later(world, event);
  }
  // The button is there once it holds; now and then somebody presses before.
  const isOffered = card.audience.role === 'approver' && card.audience.isWaitedFor === true;
  if (event.verb === 'continue' && !isOffered && world.random.chance(0.9)) return later(world, event);
  const request = requestOf(world, event, card);
  const activityId = world.nextActivity();
  for (const wait of [0, ...event.again]) {
    world.at(world.clock.now + wait, () => send(world, activityId, request, event.tamper !== null));
  }
}

function requestOf(
  world: World,
  { who, verb, tamper, wish }: Extract<WorldEvent, { type: 'press' }>,
  card: DrawnCard,
): DecisionRequest {
  const audience = card.audience;
  const nonce = audience && 'nonce' in audience ? audience.nonce : '';
  const honest: DecisionRequest = {
    verb,
    planId: card.record?.id ?? '',
    revision: card.record?.revision ?? 1,
    ...(verb === 'stop' ? { revision: null, nonce: null } : { nonce }),
    person: world.person(who),
    reason: verb === 'reject' || verb === 'withdraw' ? 'not now' : null,
    typedCount: audience?.role === 'approver' ? audience.typedCount : null,
    surface: 'execute',
  };
  return tamper === null ? honest : tampered(world, honest, wish, tamper);
}

function tampered(world: World, honest: DecisionRequest, wish: string, tamper: Tamper): DecisionRequest {
  switch (tamper) {
    case 'revision':
      return { ...honest, revision: (honest.revision ?? 1) + 1 };
    case 'no-nonce':
      return { ...honest, nonce: null };
    case 'nonce-of-another': {
      const other = others[honest.person.displayName] ?? 'bob';
      const audience = world.teams.cardFor(other, wish)?.audience;
      return { ...honest, nonce: audience && 'nonce' in audience ? audience.nonce : 'made up' };
    }
    case 'stranger':
      return { ...honest, person: world.person('zed') };
  }
}

/** Teams delivers the activity; when no answer comes, once more (teams A5). */
function send(world: World, activityId: string, request: DecisionRequest, isTampered: boolean): void {
  const replica = world.someReplica();
  if (!replica?.steering)
    return world.at(world.clock.now + soon, () => send(world, activityId, request, isTampered));
  const { steering } = replica;
  world.begin(replica, async () => {
    const { outcome, later: rest } = await steering.press(activityId, request);
    const answer = { activityId, request, isTampered, outcome, at: world.clock.now };
    world.answers.push(answer);
    rest.then(
      (final) => void (answer.outcome = final),
      () => undefined,
    );
  });
}

function demote(world: World, { type, who }: Extract<WorldEvent, { type: 'demote' | 'disable' }>): void {
  const person = world.person(who);
  const entry = world.directory.of(person);
  if (type === 'demote') entry.roles = [];
  else entry.accountEnabled = false;
  world.demoted.push({ at: world.clock.now, person: `${person.tenantId}/${person.objectId}` });
}

function talk(world: World, event: Extract<WorldEvent, { type: 'show' | 'ask' | 'remind' }>): void {
  const who = event.type === 'remind' ? 'rae' : event.who;
  const planId = world.teams.cardFor(who, event.wish)?.record?.id;
  const replica = world.someReplica();
  if (!replica?.steering || planId === undefined) return later(world, event);
  const { steering } = replica;
  const person = world.person(who);
  world.begin(replica, () => {
    if (event.type === 'show') return steering.showCard(planId, person);
    if (event.type === 'ask') return steering.ask(planId, person, 'Why?');
    return steering.remind(planId, person);
  });
}
