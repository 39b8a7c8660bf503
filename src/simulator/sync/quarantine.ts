import { auditProvisioning } from './audit';
import { secretOf, type Scene } from './scene';
import type { Counts, EngineError, EscrowLimits, Quarantine, QuarantineReason } from './state';

const dayMs = 86_400_000;
/** After four weeks in quarantine the job is switched off (facts 4.6). */
const longestMs = 28 * dayMs;

/** The number of deletions and disables from which a cycle only stages them; null = not guarded (facts 4.10). */
export function deletionThreshold({ configuration, job }: Scene): number | null {
  const text = secretOf(configuration, 'SyncNotificationSettings');
  const settings = (text ? JSON.parse(text) : {}) as Record<string, unknown>;
  if (settings['DeleteThresholdEnabled'] !== true) return null;
  const own = settings['DeleteThresholdValue'];
  if (typeof own === 'number') return own;
  const setting = job.settings.find(({ name }) => name === 'QuarantineTooManyDeletesThreshold');
  return Number(setting?.value ?? 500);
}

/** Puts the job into quarantine, or prolongs it: the next attempt is a day away. */
export function enterQuarantine(
  scene: Scene,
  reason: Quarantine['reason'],
  error: EngineError | null,
  nowMs: number,
): void {
  const { job } = scene;
  const before = job.quarantine;
  const seriesCount = (before?.seriesCount ?? 0) + 1;
  const beganMs = before?.reason === reason ? before.beganMs : nowMs;
  const seriesBeganMs = before?.seriesBeganMs ?? nowMs;
  const nextAttemptMs = nowMs + dayMs;
  job.quarantine = { reason, beganMs, seriesBeganMs, seriesCount, nextAttemptMs, error };
  job.nextCycleMs = job.schedule === 'Active' ? nextAttemptMs : null;
  if (nowMs - seriesBeganMs > longestMs) {
    job.schedule = 'Disabled';
    job.nextCycleMs = null;
  }
  if (before?.reason === reason) return;
  auditProvisioning(scene.world, scene.source, scene.servicePrincipal, 'Quarantine', {
    details: [{ key: 'Details', value: error?.message ?? reason }],
    result: 'failure',
  });
}

/** The reason that so many failed users give, or null. Which limit gives which reason is INFERRED (facts 4.5, 4.6). */
export function escrowReason(
  { least, share, base, total }: EscrowLimits,
  { escrowed, imported }: Counts,
): QuarantineReason | null {
  if (escrowed >= total) return 'EncounteredTotalEscrowThreshold';
  if (escrowed < least) return null;
  if (escrowed > base) return 'EncounteredBaseEscrowThreshold';
  return escrowed > share * imported ? 'EncounteredEscrowProportionThreshold' : null;
}

/** A good cycle ends the quarantine. */
export function leaveQuarantine({ job }: Scene): void {
  job.quarantine = null;
}
