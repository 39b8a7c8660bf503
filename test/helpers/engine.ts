import { liftFreezeSteps } from '../../src/steps/lift-freeze';
import { undoStepsWith } from '../../src/steps/undo/undo-steps';
import type { DecisionRequest, DecisionVerb } from '../../src/approvals/outcome';
import type { TenantConfig } from '../../src/config';
import { createSteering, type Steering } from '../../src/jobs/steering';
import type { Link, Person, PlanAudience, PlanRecord, Step } from '../../src/plan/types';
import { saveConversation } from '../../src/store/conversations';
import type { Store } from '../../src/store/db';
import type { AdaptiveCard } from '../../src/store/ports';
import { everyKind } from './every-kind';
import { FakeDirectory, tenantConfig } from './fake-directory';
import { FakeMessenger } from './fake-messenger';
import { closedGraph, FakeWorld } from './fake-steps';

/** What the drawn card of a test carries: what it was drawn from. */
export interface DrawnCard extends AdaptiveCard {
  readonly record: PlanRecord;
  readonly audience: PlanAudience;
}

export interface TestEngine {
  readonly steering: Steering;
  readonly directory: FakeDirectory;
  readonly messenger: FakeMessenger;
  readonly world: FakeWorld;
  readonly link: Link;
  /** Makes the bot known to a person: their chat is `chat-<name>`. */
  meet(person: Person): Promise<void>;
  meetChannel(conversationId: string, tenantId: string): Promise<void>;
  /** The newest card of a person's chat. */
  card(person: Person): DrawnCard | undefined;
  /** Presses a button of the newest card. */
  press(
    person: Person,
    verb: DecisionVerb,
    changes?: Partial<DecisionRequest>,
  ): ReturnType<Steering['press']>;
  until(what: string, isTrue: () => boolean | Promise<boolean>): Promise<void>;
}

let activities = 0;

/**
 * The engine over fake tenants `aa` and `bb`, with real database and queue.
 *
 * @param directory people whom it must know before it begins: work that waits in the store is done at once
 */
export async function startEngine(
  store: Store,
  stepsOf: (world: FakeWorld) => readonly Step[],
  tenants: readonly TenantConfig[] = [tenantConfig('aa'), tenantConfig('bb'), tenantConfig('cc')],
  directory = new FakeDirectory(),
): Promise<TestEngine> {
  const messenger = new FakeMessenger();
  const world = new FakeWorld();
  const steps = stepsOf(world);
  const kinds = everyKind(steps);
  const steering = await createSteering({
    store,
    tenants,
    graph: { ...closedGraph, now: () => new Date() },
    steps: kinds,
    liftFreezeSteps,
    undoStepsWith,
    directory,
    messenger,
    renderPlanCard: (record, _link, audience) => ({ type: 'AdaptiveCard', record, audience }),
    renderNotice: (incident) => ({ type: 'AdaptiveCard', incident }),
    replicationMilliseconds: 2_000, // the fake world shows at once what is written
  });
  await steering.start();
  const chatOf = (person: Person) => `chat-${person.objectId}`;
  const tenant = (key: string) => ({ tenantId: key, key, displayName: key, cloud: 'public' }) as const;
  const engine: TestEngine = {
    steering,
    directory,
    messenger,
    world,
    link: { source: tenant('aa'), target: tenant('bb') },
    async meet(person) {
      const { tenantId } = person;
      await saveConversation(store.db, {
        conversationId: chatOf(person),
        kind: 'personal',
        serviceUrl: 'http://127.0.0.1:1/',
        tenantId,
        botId: 'bot',
        person: { ...person, teamsUserId: `29:${person.objectId}` },
      });
    },
    async meetChannel(conversationId, tenantId) {
      const channel = {
        kind: 'channel',
        serviceUrl: 'http://127.0.0.1:1/',
        botId: 'bot',
        person: null,
      } as const;
      await saveConversation(store.db, { ...channel, conversationId, tenantId });
    },
    card: (person) => messenger.in(chatOf(person)).at(-1)?.cards.at(-1) as DrawnCard | undefined,
    async press(person, verb, changes = {}) {
      const shown = engine.card(person);
      activities += 1;
      return steering.press(`activity-${activities}`, {
        verb,
        planId: shown?.record.id ?? 'PL-9999',
        revision: shown?.record.revision ?? 1,
        nonce: shown && 'nonce' in shown.audience ? shown.audience.nonce : null,
        person,
        reason: null,
        typedCount: null,
        surface: 'execute',
        ...changes,
      });
    },
    async until(what, isTrue) {
      for (let attempt = 0; attempt < 400; attempt += 1) {
        if (await isTrue()) return;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      throw new Error(`waited 10 s in vain: ${what}`);
    },
  };
  return engine;
}
