import { z } from 'zod/v4';
import type { GraphList, GraphRead } from './client';
import { count, jsonInText, listOf, maybe, moment, text } from './parse';
import { quoted } from './path';
import {
  details,
  identity,
  modifiedProperty,
  statusInfo,
  type ModifiedProperty,
  type ProvisionStep,
} from './provision-on-demand';

export interface ProvisioningIdentity {
  readonly id: string | null;
  readonly displayName: string | null;
  readonly userPrincipalName: string | null;
}

/** One row of the provisioning log, old and new shapes made equal (facts 6.1). */
export interface ProvisioningEvent {
  readonly id: string;
  readonly at: string | null;
  readonly jobId: string | null;
  readonly cycleId: string | null;
  readonly changeId: string | null;
  /** Lower case first letter as in v1.0: `create`, `update`, `stagedDelete`… */
  readonly action: string | null;
  /** Lower case: `success`, `failure`, `skipped`, `warning`. */
  readonly status: string | null;
  readonly errorCode: string | null;
  readonly reason: string | null;
  readonly recommendedAction: string | null;
  readonly skipReason: string | null;
  /** Scoping filters and whether each was met: "Filter external users.alternativeSecurityIds EQUALS 'None'" → false. */
  readonly scopeEvaluation: Readonly<Record<string, boolean>>;
  readonly source: ProvisioningIdentity | null;
  readonly target: ProvisioningIdentity | null;
  readonly servicePrincipalId: string | null;
  readonly durationInMilliseconds: number | null;
  readonly steps: readonly ProvisionStep[];
  readonly modifiedProperties: readonly ModifiedProperty[];
}

const outcome = maybe(z.object({ status: text, errorInformation: statusInfo }));

const row = z.object({
  id: text,
  activityDateTime: moment,
  jobId: text,
  cycleId: text,
  changeId: text,
  provisioningAction: text,
  action: text,
  durationInMilliseconds: count,
  servicePrincipal: maybe(z.object({ id: text, displayName: text })),
  sourceIdentity: identity,
  targetIdentity: identity,
  provisioningStatusInfo: outcome,
  statusInfo,
  provisioningSteps: listOf(
    z.object({
      name: text,
      provisioningStepType: text,
      type: text,
      status: text,
      description: text,
      details,
    }),
  ),
  modifiedProperties: listOf(modifiedProperty),
});

export const provisioningEventSchema = row.transform((found): ProvisioningEvent => {
  const problem = found.provisioningStatusInfo?.errorInformation ?? found.statusInfo;
  const steps = found.provisioningSteps.map(({ type, provisioningStepType, ...step }) => ({
    ...step,
    type: (provisioningStepType ?? type)?.toLowerCase() ?? null,
  }));
  const action = found.provisioningAction ?? found.action;
  return {
    id: found.id ?? found.changeId ?? '',
    at: found.activityDateTime,
    jobId: found.jobId,
    cycleId: found.cycleId,
    changeId: found.changeId,
    action: action && action.charAt(0).toLowerCase() + action.slice(1),
    status: (found.provisioningStatusInfo?.status ?? found.statusInfo?.status)?.toLowerCase() ?? null,
    errorCode: problem?.errorCode ?? null,
    reason: problem?.reason ?? null,
    recommendedAction: problem?.recommendedAction ?? null,
    skipReason: steps.map((step) => step.details['SkipReason']).find(Boolean) ?? null,
    scopeEvaluation: scopeOf(steps),
    source: identityOf(found.sourceIdentity),
    target: identityOf(found.targetIdentity),
    servicePrincipalId: found.servicePrincipal?.id || null,
    durationInMilliseconds: found.durationInMilliseconds,
    steps,
    modifiedProperties: found.modifiedProperties,
  };
});

function identityOf(found: z.output<typeof identity>): ProvisioningIdentity | null {
  if (!found) return null;
  return {
    id: found.id || null,
    displayName: found.displayName || null,
    userPrincipalName: found.details['UserPrincipalName'] ?? null,
  };
}

/** JSON in text, inside the details of the scoping step. */
export function scopeOf(steps: readonly ProvisionStep[]): Readonly<Record<string, boolean>> {
  const said = steps.map((step) => step.details['ScopeEvaluationResult']).find(Boolean);
  const parsed = jsonInText(said);
  if (typeof parsed !== 'object' || parsed === null) return {};
  return Object.fromEntries(
    Object.entries(parsed).map(([filter, met]) => [filter, String(met).toLowerCase() === 'true']),
  );
}

export interface ProvisioningQuery {
  readonly jobId?: string;
  readonly sourceUserId?: string;
  /** ISO 8601; rows later than this. */
  readonly after?: string;
  /** Most rows, newest first. */
  readonly limit: number;
}

/** The provisioning log of the source tenant, newest first. Kept 30 days with P1 (facts 6.1); 5 reads per 10 s. */
export async function listProvisioningEvents(
  graph: GraphRead,
  query: ProvisioningQuery,
): Promise<GraphList<ProvisioningEvent>> {
  const filters = [
    ...(query.jobId ? [`jobId eq ${quoted(query.jobId)}`] : []),
    ...(query.sourceUserId ? [`sourceIdentity/id eq ${quoted(query.sourceUserId)}`] : []),
    ...(query.after ? [`activityDateTime gt ${query.after}`] : []),
  ];
  return graph.list('/auditLogs/provisioning', {
    doing: 'reading the provisioning log',
    permissions: ['ProvisioningLog.Read.All', 'AuditLog.Read.All', 'Directory.Read.All'],
    query: {
      ...(filters.length > 0 ? { $filter: filters.join(' and ') } : {}),
      $orderby: 'activityDateTime desc',
      $top: String(Math.min(query.limit, 500)),
    },
    schema: provisioningEventSchema,
    limit: query.limit,
  });
}
