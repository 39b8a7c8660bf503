import { BotError } from '../errors';
import { log } from '../log';
import { appendAudit } from '../store/audit';
import { listChangeRunRows } from '../store/change-runs';
import { claimApproved, isWindowOver, renewLease, takeOver, type Lease } from '../store/executions';
import { bumpCards } from '../store/outbox';
import { currentDesired } from '../store/links';
import { readRecord } from '../store/records';
import { isDuplicate } from '../store/transaction';
import { digestOf } from './digest';
import { isTransient, shown } from './fault';
import { refuseDrift } from './observe';
import { isHeld } from './refuse-to-begin';
import { Halt, hasOwnWrites, isOpen, leaseSecondsOf, plannedChanges, positionKey, stateOf } from './run';
import type { ApplyPorts, Run, Verdict } from './run';
import { refuseAfterFailure, runChange } from './run-change';
import { recordEnd, recordHold, recordPause, windowOver } from './run-log';
import type { PlanContent, PlanRecord, PlanState, ResolvedIds } from './types';

export type ApplyOutcome =
  | { readonly type: 'ended'; readonly state: PlanState }
  /** Back in the queue. */
  | { readonly type: 'paused'; readonly afterSeconds: number }
  /** Its first changes are done, and it is laid down until those who approved them alone continue it. */
  | { readonly type: 'held' }
  /** Not approved, ended already, or run by somebody else. */
  | { readonly type: 'not-mine' };

/** Seconds that a plan is expected to run; shown on its card. */
export function estimateSeconds(content: Pick<PlanContent, 'steps'>): number {
  return 15 * content.steps.reduce((total, step) => total + step.changes.length, 0);
}

/** Seconds in which a started plan must finish (decisions, Approval). */
export function windowSeconds(content: Pick<PlanContent, 'steps'>): number {
  return Math.max(30 * 60, 2 * estimateSeconds(content));
}

/**
 * Runs an approved plan, or goes on with one whose process died; the only caller of `Step.apply`. Safe to call at
 * any time, as often as one likes, by any number of processes (I1).
 */
export async function applyPlan(planId: string, ports: ApplyPorts): Promise<ApplyOutcome> {
  const lease = await claim(planId, ports);
  if (lease === 'busy') return { type: 'paused', afterSeconds: linkBusySeconds };
  if (lease === 'frozen') return { type: 'paused', afterSeconds: frozenSeconds };
  const record = lease && (await readRecord(ports.store.db, planId));
  if (!lease || !record) return { type: 'not-mine' };
  const run = await startRun(ports, lease, record);
  const stop = keepLease(run);
  try {
    await runPlan(run);
    return await end(run, { to: 'applied' });
  } catch (error) {
    return await end(run, verdictOf(run, error)).catch((second: unknown) => {
      if (second instanceof Halt) return { type: 'not-mine' as const };
      throw second;
    });
  } finally {
    stop();
  }
}

const linkBusySeconds = 15;
const frozenSeconds = 10;

/** I2: one conditional UPDATE, committed before anything is written. */
async function claim(planId: string, ports: ApplyPorts): Promise<Lease | 'busy' | 'frozen' | undefined> {
  const record = await readRecord(ports.store.db, planId);
  if (!record) return undefined;
  const seconds = { lease: leaseSecondsOf(ports), window: windowSeconds(record.content) };
  try {
    return await ports.store.transaction(async (tx) => {
      if (record.state === 'approved' && (await isHeld(tx, record.content))) {
        await ports.enqueue(tx, { name: 'apply', planId }, { afterSeconds: frozenSeconds });
        return 'frozen';
      }
      const claimed = await claimApproved(tx, planId, seconds);
      const lease = claimed ?? (await takeOver(tx, planId, seconds.lease));
      if (!lease) return undefined;
      await bumpCards(tx, planId);
      await ports.enqueue(tx, { name: 'deliver' });
      await appendAudit(tx, {
        event: 'claimed',
        planId,
        facts: { fence: lease.fence, isResumed: lease.isResumed, digest: record.digest },
      });
      return lease;
    });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    // Another plan of this link is running: one at a time.
    await ports.store.transaction((tx) =>
      ports.enqueue(tx, { name: 'apply', planId }, { afterSeconds: linkBusySeconds }),
    );
    return 'busy';
  }
}

async function startRun(ports: ApplyPorts, lease: Lease, record: PlanRecord): Promise<Run> {
  const rows = await listChangeRunRows(ports.store.db, record.id);
  const { content } = record;
  const link = ports.findLink(content.sourceTenantId, content.targetTenantId);
  const unnamed = (tenantId: string) =>
    ({ tenantId, key: '', displayName: tenantId, cloud: 'public' }) as const;
  return {
    ports,
    lease,
    record,
    context: {
      link: link ?? { source: unnamed(content.sourceTenantId), target: unnamed(content.targetTenantId) },
      desired: content.desired,
      subject: content.subject,
      source: ports.graph.read(content.sourceTenantId),
      target: ports.graph.read(content.targetTenantId),
      verified: (await currentDesired(ports.store.db, content)) ?? null,
    },
    resolved: rows.reduce<ResolvedIds>((known, row) => ({ ...known, ...row.resolved }), {}),
    states: new Map(rows.map((row) => [positionKey(row), row.state])),
    renewedAt: ports.pace.elapsed(),
  };
}

async function runPlan(run: Run): Promise<void> {
  await refuseAfterFailure(run);
  if (await isWindowOver(run.ports.store.db, run.lease.planId)) throw new Halt(windowOver(run));
  refuseTampering(run);
  await refuseLostAuthority(run);
  await refuseDrift(run);
  for (const change of plannedChanges(run)) await runChange(run, change);
}

/** I3: what runs is what was approved, byte for byte. */
function refuseTampering(run: Run): void {
  const { content, digest, revision } = run.record;
  const isWhole = digestOf(content) === digest && content.revision === revision && content.steps.length > 0;
  const { findLink } = run.ports;
  if (isWhole && findLink(content.sourceTenantId, content.targetTenantId)) return;
  throw new Halt({
    to: 'failed',
    code: isWhole ? 'not-allowed' : 'digest-mismatch',
    text: isWhole
      ? 'A tenant of this plan is no longer in the settings.'
      : 'The stored plan is not the one that was approved. Nothing was written.',
    remedy: isWhole ? 'Name the tenant in the settings, then plan it anew.' : 'Have the audit checked.',
  });
}

/** I11: those who approved must hold their roles now; an unanswered question is no. */
async function refuseLostAuthority(run: Run): Promise<void> {
  const check = await run.ports.checkAuthority(run.record);
  if (check.type === 'stands') return;
  if (check.type === 'unknown') {
    throw new Halt({ to: 'retry', afterSeconds: 15, pausedWhile: 'reading the roles of those who approved' });
  }
  const to = hasOwnWrites(run) ? 'failed' : 'stale';
  throw new Halt({ to, code: 'approval-lost', text: check.text, remedy: 'Plan it anew.' });
}

function verdictOf(run: Run, error: unknown): Verdict {
  if (error instanceof Halt) return unlessUnproven(run, error.verdict);
  log.warn('a plan stopped on an error', {
    planId: run.lease.planId,
    code: error instanceof BotError ? error.code : 'internal',
    stack: error instanceof BotError ? undefined : (error as Error).stack,
  });
  if (!(error instanceof BotError)) return { to: 'retry', afterSeconds: 15 };
  if (isTransient(error)) return { to: 'retry', afterSeconds: 15, pausedWhile: error.doing };
  const { code, doing, remedy } = shown(error);
  return unlessUnproven(run, { to: 'failed', code, text: `Stopped while ${doing}.`, remedy });
}

/** While nobody knows what became of a write, a person must look, whatever else stopped the plan (I23, I28). */
function unlessUnproven(run: Run, verdict: Verdict): Verdict {
  if (verdict.to !== 'failed' && verdict.to !== 'stale') return verdict;
  const titles = run.record.content.steps.flatMap(({ changes }, stepIndex) =>
    changes.flatMap(({ title }, changeIndex) =>
      isOpen(stateOf(run, { stepIndex, changeIndex })) ? [`"${title}"`] : [],
    ),
  );
  if (titles.length === 0) return verdict;
  return {
    ...verdict,
    to: 'needs-attention',
    text: `${verdict.text} Nobody can tell whether ${titles.join(' and ')} took effect.`,
    remedy: 'Compare it with the tenant, then plan what is left anew.',
  };
}

async function end(run: Run, verdict: Verdict | { readonly to: 'applied' }): Promise<ApplyOutcome> {
  if (verdict.to === 'lost') return { type: 'not-mine' };
  if (verdict.to === 'retry') {
    return { type: 'paused', afterSeconds: await recordPause(run, verdict) };
  }
  if (verdict.to === 'hold') {
    const isParked = (await recordHold(run)) === 'parked';
    return isParked ? { type: 'held' } : { type: 'paused', afterSeconds: 0 };
  }
  if (verdict.to === 'applied') await recordEnd(run, { to: 'applied', ending: null });
  else {
    const { to, ...ending } = verdict;
    await recordEnd(run, { to, ending });
  }
  return { type: 'ended', state: verdict.to };
}

/** Renews the lease while a request or a wait takes long; the fence decides who may store anything. */
function keepLease(run: Run): () => void {
  const leaseSeconds = leaseSecondsOf(run.ports);
  const timer = setInterval(
    () => {
      const now = run.ports.pace.elapsed();
      renewLease(run.ports.store.db, run.lease, leaseSeconds).then(
        (isHeld) => {
          if (isHeld) run.renewedAt = Math.max(run.renewedAt, now);
        },
        () => log.warn('a lease could not be renewed', { planId: run.lease.planId }),
      );
    },
    (leaseSeconds * 1000) / 4,
  );
  timer.unref();
  return () => clearInterval(timer);
}
