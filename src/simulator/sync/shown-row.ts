import { instant } from '../clock';
import { namedGuid } from '../hash';
import type { ServicePrincipal } from '../world';
import { printed } from './attributes';
import { sourceDirectory, targetDirectory } from './default-schema';
import type { Shown } from '../odata';
import { openRow, type LogRow, type OpenRow } from './state';
import { failureInformation, stepsOf } from './steps';

/** One row of the provisioning log as Graph shows it (facts 6.1). */
export function showRow(kept: LogRow, servicePrincipal: ServicePrincipal | undefined): Shown {
  const row = openRow(kept);
  const displayName = servicePrincipal?.displayName ?? '';
  return {
    id: row.id,
    activityDateTime: instant(row.atMs),
    tenantId: row.targetTenantId,
    jobId: row.jobId,
    cycleId: row.cycleId,
    changeId: row.changeId,
    provisioningAction: row.action,
    durationInMilliseconds: row.durationMs,
    servicePrincipal: { id: row.servicePrincipalId, displayName },
    initiatedBy: { id: '', displayName: 'Azure AD Provisioning Service', initiatorType: 'system' },
    ...partiesOf(row, servicePrincipal),
    provisioningStatusInfo: { status: row.status, errorInformation: failureInformation(row) },
    provisioningSteps: stepsOf(row).map(({ type, ...step }) => ({
      name: step.name,
      provisioningStepType: type,
      status: step.status,
      description: step.description,
      details: type === 'scoping' ? loggedScoping(row) : step.details,
    })),
    modifiedProperties: row.modified,
  };
}

/** Both systems and both identities. */
function partiesOf(row: LogRow, servicePrincipal: ServicePrincipal | undefined): Shown {
  const displayName = servicePrincipal?.displayName ?? '';
  const type = row.type ?? 'User';
  return {
    sourceSystem: { id: namedGuid(row.jobId, 'source'), displayName: sourceDirectory, details: {} },
    targetSystem: {
      id: namedGuid(row.jobId, 'target'),
      displayName: targetDirectory,
      details: {
        ApplicationId: servicePrincipal?.appId ?? '',
        ServicePrincipalId: row.servicePrincipalId,
        ServicePrincipalDisplayName: displayName,
      },
    },
    sourceIdentity: {
      id: row.source.id,
      displayName: row.source.displayName,
      identityType: type,
      details: {
        id: row.source.id,
        odatatype: type,
        DisplayName: row.source.displayName,
        UserPrincipalName: row.source.userPrincipalName,
      },
    },
    targetIdentity: { id: row.targetId ?? '', displayName: '', identityType: type, details: {} },
  };
}

function loggedScoping({ scoping }: OpenRow) {
  return {
    'Active in the source system': printed(scoping.active),
    'Assigned to the application': printed(scoping.assigned),
    'User has the required role': printed(scoping.assigned),
    'Scoping filter evaluation passed': printed(scoping.passed),
    ScopeEvaluationResult: JSON.stringify(scoping.clauses),
  };
}
