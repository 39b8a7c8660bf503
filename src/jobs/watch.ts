import { BotError } from '../errors';
import type { GraphRead } from '../graph/client';
import { log } from '../log';
import type { Link } from '../plan/types';
import type { Db, Store } from '../store/db';
import type { Enqueue } from '../store/enqueue';
import { changeIncident, findOpenIncident, insertIncident } from '../store/incidents';
import { listLinks, type LinkKey } from '../store/links';
import { addCard, bumpCards } from '../store/outbox';
import { listWatched, placesFor } from '../store/subscriptions';
import { findWatchState, saveWatchState, type WatchState } from '../store/watch-states';
import { eventsBetween } from '../watch/events';
import {
  applyEvent,
  incidentKindOf,
  isProblem,
  type IncidentChange,
  type IncidentFacts,
  type IncidentKind,
} from '../watch/incident';
import { readSnapshot } from '../watch/snapshot';
import { takeSnapshot } from '../watch/take-snapshot';

export interface WatchPorts {
  readonly store: Store;
  readonly enqueue: Enqueue;
  readonly graph: { read(tenantId: string): GraphRead; now(): Date };
  findLink(sourceTenantId: string, targetTenantId: string): Link | undefined;
}

/** Looks that may fail in a row before somebody is told: one may be a hiccup of the network. */
const patientLooks = 3;

/**
 * One look at one link, told in the same transaction that stores it: what a dead process had not stored is found
 * again by the next look, what it had stored is not told twice (I32). Reads only.
 */
export async function watchLink(ports: WatchPorts, key: LinkKey): Promise<void> {
  const { store, graph } = ports;
  const link = ports.findLink(key.sourceTenantId, key.targetTenantId);
  if (!link) return;
  const state = await findWatchState(store.db, key);
  const before = readSnapshot(state?.snapshot);
  const [source, target] = [graph.read(key.sourceTenantId), graph.read(key.targetTenantId)];
  try {
    const after = await takeSnapshot({ link, source, target, before, now: graph.now() });
    await tell(ports, key, state, { snapshot: after, failures: 0 }, async (tx) => {
      await closeUnreadable(tx, key);
      for (const event of eventsBetween(before, after)) {
        const kind = incidentKindOf(event);
        await change(tx, key, kind, (open) => applyEvent(open, event));
      }
    });
  } catch (error) {
    if (!(error instanceof BotError)) throw error;
    await lookFailed(ports, key, state, error);
  }
}

/** Links that have subscribers, among those that are known. */
export async function watchedLinks({ store }: Pick<WatchPorts, 'store'>): Promise<readonly LinkKey[]> {
  const { keys, isAll } = await listWatched(store.db);
  if (!isAll) return keys;
  const known = await listLinks(store.db);
  const all = [...keys, ...known].map(
    ({ sourceTenantId, targetTenantId }) =>
      [`${sourceTenantId} ${targetTenantId}`, { sourceTenantId, targetTenantId }] as const,
  );
  return [...new Map(all).values()];
}

/** Silence must not look like health: what cannot be read for long is told too. */
async function lookFailed(
  ports: WatchPorts,
  key: LinkKey,
  state: WatchState | undefined,
  error: BotError,
): Promise<void> {
  const failures = (state?.failures ?? 0) + 1;
  log.warn('a link could not be looked at', { job: 'watch', code: error.code, count: failures });
  await tell(ports, key, state, { snapshot: state?.snapshot ?? null, failures }, async (tx) => {
    if (failures < patientLooks) return;
    const facts = { kind: 'unreadable', doing: error.doing, remedy: error.remedy } as const;
    await change(tx, key, 'unreadable', (open) =>
      open?.kind === 'unreadable' && open.doing === facts.doing ? null : { facts, isOpen: true },
    );
  });
}

async function closeUnreadable(tx: Db, key: LinkKey): Promise<void> {
  await change(tx, key, 'unreadable', (open) => (open ? { facts: open, isOpen: false } : null));
}

async function tell(
  { store, enqueue }: WatchPorts,
  key: LinkKey,
  state: WatchState | undefined,
  look: { readonly snapshot: unknown; readonly failures: number },
  work: (tx: Db) => Promise<void>,
): Promise<void> {
  await store.transaction(async (tx) => {
    if (!(await saveWatchState(tx, key, state, look))) return; // another process looked meanwhile
    await work(tx);
    await enqueue(tx, { name: 'deliver' });
  });
}

/** Changes the open incident of the kind, whose cards follow, or begins one and asks for its cards. */
async function change(
  tx: Db,
  key: LinkKey,
  kind: IncidentKind,
  next: (open: IncidentFacts | null) => IncidentChange | null,
): Promise<void> {
  const open = await findOpenIncident(tx, key, kind);
  const changed = next((open?.facts as IncidentFacts | undefined) ?? null);
  if (!changed) return;
  if (open) {
    await changeIncident(tx, open.id, changed.facts, changed.isOpen);
    await bumpCards(tx, open.id);
    return;
  }
  const id = await insertIncident(tx, { ...key, kind, ...changed });
  for (const conversationId of await placesFor(tx, key, isProblem(changed.facts))) {
    await addNotice(tx, id, conversationId);
  }
}

/** One card per incident and place. */
export async function addNotice(tx: Db, incidentId: string, conversationId: string): Promise<void> {
  await addCard(tx, { planId: incidentId, role: 'notice', tenantId: '', person: null, conversationId });
}
