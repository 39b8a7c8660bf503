import { instant, newId } from '../clock';
import { hashText } from '../hash';
import type { TenantState } from '../world';
import { printed } from './attributes';
import { sourceDirectory, targetDirectory } from './default-schema';
import { evaluate } from './evaluate';
import { perform } from './perform';
import type { Scene } from './scene';
import type { EngineError, OpenRow } from './state';
import { failureInformation, skipText, stepsOf } from './steps';

/** The pair that provision on demand answers: both members hold text, JSON inside (facts 4.7). */
export interface DemandAnswer {
  readonly key: string;
  readonly value: string;
}

const statusInfoKey = 'Microsoft.Identity.Health.CPP.Common.DataContracts.SyncFabric.StatusInfo';

const pascal = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** Provisions one user now, by the same code as a cycle, and tells every step. */
export function provisionNow(scene: Scene, target: TenantState, userId: string): DemandAnswer {
  const decision = evaluate(scene, target, userId);
  const row = perform(scene, target, decision, { id: newId(scene.world), stagesDeletes: false });
  const information = row.status === 'success' ? null : failureInformation(row);
  const asList = answersList(scene, userId);
  return {
    key: asList
      ? statusInfoKey
      : JSON.stringify({
          result: pascal(row.status),
          details: keyDetails(row, information?.errorCode ?? null),
        }),
    value: JSON.stringify(asList ? [report(row, asList)] : report(row, asList)),
  };
}

/** The answer when the job cannot connect: nothing was looked at. */
export function refusedNow(scene: Scene, userId: string, error: EngineError): DemandAnswer {
  const details = { errorCode: error.code, errorMessage: error.message };
  const info = statusInfo('Failure', error.code, error.message);
  const value = { action: 'Other', modifiedProperties: [], provisioningSteps: [], statusInfo: info };
  return answersList(scene, userId)
    ? { key: statusInfoKey, value: JSON.stringify([value]) }
    : { key: JSON.stringify({ result: 'Failure', details }), value: JSON.stringify(value) };
}

function answersList({ source, job }: Scene, userId: string): boolean {
  const { onDemandAnswer } = source.sync.options;
  return onDemandAnswer === 'mixed' ? hashText(job.id + userId) % 2 === 0 : onDemandAnswer === 'list';
}

function keyDetails(row: OpenRow, errorCode: string | null) {
  if (!errorCode) return {};
  return { errorCode, errorMessage: row.failure?.reason ?? skipText(row, row.source.userPrincipalName) };
}

function statusInfo(status: string, errorCode: string | null, reason: string | null) {
  return {
    status,
    errorCode,
    reason,
    additionalDetails: null,
    errorCategory: errorCode && status === 'Failure' ? 'NonServiceFailure' : null,
    recommendedAction: null,
  };
}

function report(row: OpenRow, asList: boolean) {
  const failed = row.failure;
  return {
    action: pascal(row.action),
    changeId: row.changeId,
    startTime: instant(row.atMs),
    endTime: instant(row.atMs + row.durationMs),
    reportableIdentifier: row.source.userPrincipalName,
    modifiedProperties: row.modified,
    provisioningSteps: stepsOf(row).map((step) => ({
      name: step.name,
      type: pascal(step.type),
      status: pascal(step.status),
      description: step.description,
      timestamp: instant(row.atMs),
      details: step.type === 'scoping' ? scopingDetails(row) : step.details,
    })),
    statusInfo: failed
      ? statusInfo('Failure', failed.code, failed.reason)
      : statusInfo(pascal(row.status), asList ? row.skipReason : null, null),
    sourceIdentity: { id: row.source.id, type: 'User', displayName: row.source.displayName, details: null },
    targetIdentity: { id: row.targetId ?? '', type: 'User', displayName: null, details: null },
    sourceSystem: { id: null, name: sourceDirectory, details: null },
    targetSystem: { id: null, name: targetDirectory, details: null },
  };
}

function scopingDetails({ scoping }: OpenRow) {
  const entitled = scoping.active && scoping.assigned;
  return {
    IsActive: printed(scoping.active),
    Assigned: printed(scoping.assigned),
    IsEffectivelyEntitledForProvisioning: printed(entitled),
    IsInProvisioningScopeDisplayName: printed(entitled && scoping.passed),
    ScopeEvaluationResult: JSON.stringify(scoping.clauses),
  };
}
