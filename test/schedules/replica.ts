import { drizzle } from 'drizzle-orm/pglite';
import type { Directory } from '../../src/approvals/directory';
import { BotError } from '../../src/errors';
import type { GraphRead, GraphWrite, SendOptions } from '../../src/graph/client';
import { roleTemplates } from '../../src/graph/role-templates';
import type { OperationName } from '../../src/graph/operations';
import type { Queue } from '../../src/jobs/queue';
import { createSteering, type Steering } from '../../src/jobs/steering';
import type { Db, Store } from '../../src/store/db';
import type { Delivery, Messenger } from '../../src/store/ports';
import * as schema from '../../src/store/schema';
import { runTransaction } from '../../src/store/transaction';
import { liftFreezeSteps } from '../../src/steps/lift-freeze';
import { undoStepsWith } from '../../src/steps/undo/undo-steps';
import { tenantConfig } from '../helpers/fake-directory';
import type { Answer, Session } from './database';
import { modelSteps } from './model-steps';
import type { What } from './schedule';
import type { Process } from './scheduler';
import type { World } from './world';

/** One process of the bot: the real engine, with every port of it behind the scheduler. */
export interface Replica extends Process {
  readonly slot: number;
  steering: Steering | null;
  isStopping: boolean;
}

/** Starts the engine of a replica. */
export async function startReplica(world: World, replica: Replica, queue: Queue): Promise<void> {
  const { scheduler, clock } = world;
  const steering = await createSteering({
    store: storeOf(world, replica),
    tenants: [tenantConfig('aa'), tenantConfig('bb')],
    graph: { ...graphOf(world, replica), now: () => new Date(clock.now) },
    steps: modelSteps(),
    liftFreezeSteps,
    undoStepsWith,
    directory: directoryOf(world, replica),
    messenger: messengerOf(world, replica),
    renderPlanCard: (record, _link, audience) => ({ type: 'AdaptiveCard', record, audience }),
    renderNotice: () => ({ type: 'AdaptiveCard' }),
    queue,
    pace: {
      sleep: (milliseconds) => scheduler.sleep(replica, milliseconds),
      elapsed: () => clock.now,
    },
  });
  await steering.start();
  replica.steering = steering;
}

function storeOf(world: World, replica: Replica): Store {
  const { database, scheduler, queue } = world;
  const lost = () => Object.assign(new Error('the connection was lost'), { code: '08006' });
  const client = {
    query: (...asked: Parameters<Session['query']>): Promise<Answer> =>
      scheduler.call(replica, 'query', () => database.query(...asked), lost),
    transaction: <T>(work: (session: Session) => Promise<T>): Promise<T> =>
      scheduler.call(
        replica,
        'transaction',
        async () => {
          try {
            const result = await database.transaction(work);
            queue.commit();
            return result;
          } catch (error) {
            queue.rollBack();
            throw error;
          }
        },
        lost,
      ),
  };
  const db = drizzle(client as never, { schema }) as unknown as Db;
  const isAlone = world.schedule.replicas === 1;
  return {
    db,
    // Only the embedded database takes its only process for alone (jobs/recover).
    dialect: isAlone ? 'pglite' : 'postgres',
    engine: { dialect: 'postgres', connectionString: '' },
    transaction: (work) => runTransaction(db, work),
    isReady: async () => true,
    close: async () => undefined,
  };
}

function graphOf(world: World, replica: Replica) {
  const { scheduler, graph } = world;
  const isBelieved = world.plant?.door === 'reads-show-what-was-sent';
  const read = (tenantId: string) => ({
    tenantId,
    get: (field: string, { doing }: { readonly doing: string }) =>
      scheduler.call(
        replica,
        'read',
        async (what) => {
          if (what === 'throttled-before') throw graphError('graph-throttled', doing);
          const shown = graph.look(replica.name, `${tenantId}/${field}`);
          const sent = graph.sent.findLast((one) => one.field === `${tenantId}/${field}`);
          return { value: isBelieved && sent ? sent.value : shown };
        },
        () => graphError('graph-unavailable', doing),
      ),
  });
  const write = (tenantId: string) => ({
    ...read(tenantId),
    canWrite: true as const,
    send: (operation: OperationName, options: SendOptions<unknown>) =>
      scheduler.call(
        replica,
        'write',
        async (what) => sendWrite(world, replica, tenantId, operation, options, what),
        () => graphError('graph-ambiguous', options.doing),
      ),
  });
  return {
    read: (tenantId: string) => read(tenantId) as unknown as GraphRead,
    write: (tenantId: string) => write(tenantId) as unknown as GraphWrite,
  };
}

/** The request reaches Graph, or not; the answer reaches us, or not. */
function sendWrite(
  { graph, plant }: World,
  replica: Replica,
  tenantId: string,
  operation: OperationName,
  { parameters, body, doing, clientRequestId = '', beforeSend }: SendOptions<unknown>,
  what: What | null,
) {
  if (plant?.door !== 'lease-not-asked-before-sending') beforeSend?.();
  const { value } = body as { readonly value: string | null };
  const field = `${tenantId}/${parameters['field']}`;
  const delays: Partial<Record<What, number | null>> = {
    'error-before': null,
    'throttled-before': null,
    refused: null,
    late: 8_000,
  };
  const delay = what === null ? 0 : (delays[what] ?? (what in delays ? null : 0));
  const status = graph.write({ replica: replica.name, operation, field, value, clientRequestId }, delay);
  if (what === 'refused') throw graphError('permission-missing', doing);
  if (what?.startsWith('throttled')) throw graphError('graph-throttled', doing);
  if (what === 'error-before' || what === 'error-after' || what === 'late') {
    throw graphError('graph-ambiguous', doing);
  }
  if (status === 409) throw graphError('conflict', doing);
  if (status === 404) throw graphError('not-found', doing);
  return { status, value: undefined, requestIds: [`request-${graph.sent.length}`] };
}

function graphError(code: ConstructorParameters<typeof BotError>[0], doing: string): BotError {
  return new BotError(code, doing, 'Ask again.', code === 'graph-throttled' ? { retryAfterSeconds: 30 } : {});
}

function directoryOf(world: World, replica: Replica): Directory {
  const { scheduler, directory, roleLooks, clock } = world;
  const isKept = world.plant?.door === 'directory-never-asked-again';
  const ask = <T>(work: () => Promise<T>): Promise<T> =>
    scheduler.call(replica, 'directory', work, () => new Error('the directory does not answer'));
  return {
    readPerson: (tenantId, objectId) => ask(() => directory.readPerson(tenantId, objectId)),
    listActiveRoleTemplateIds: (tenantId, objectId) =>
      ask(async () => {
        const person = `${tenantId}/${objectId}`;
        if (isKept && roleLooks.some((one) => one.person === person))
          return [roleTemplates.securityAdministrator];
        roleLooks.push({ at: clock.now, replica: replica.name, person });
        return directory.listActiveRoleTemplateIds(tenantId, objectId);
      }),
    listEligibleRoleTemplateIds: (tenantId, objectId) =>
      ask(() => directory.listEligibleRoleTemplateIds(tenantId, objectId)),
    isMemberOfGroup: (tenantId, objectId, groupId) =>
      ask(() => directory.isMemberOfGroup(tenantId, objectId, groupId)),
    listRoleHolders: (tenantId, roles) => ask(() => directory.listRoleHolders(tenantId, roles)),
    listGroupPeople: (tenantId, groupId) => ask(() => directory.listGroupPeople(tenantId, groupId)),
  };
}

function messengerOf({ scheduler, teams }: World, replica: Replica): Messenger {
  const broken = () => new Error('the connector does not answer');
  const unless = (what: What | null, send: () => Delivery): Delivery => {
    if (what === 'throttled-before') return { outcome: 'throttled', retryAfterSeconds: 3 };
    return what === 'refused' ? { outcome: 'refused', status: 400 } : send();
  };
  return {
    post: (to, card) =>
      scheduler.call(
        replica,
        'post',
        async (what) =>
          unless(what, () => ({ outcome: 'sent', activityId: teams.post(to.conversationId, card) })),
        broken,
      ),
    update: (_to, activityId, card) =>
      scheduler.call(
        replica,
        'update',
        async (what) =>
          unless(what, () =>
            teams.update(activityId, card) ? { outcome: 'sent', activityId } : { outcome: 'gone' },
          ),
        broken,
      ),
  };
}
