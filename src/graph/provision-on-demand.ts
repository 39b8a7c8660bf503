import { z } from 'zod/v4';
import { maskedIfPhone } from './authentication-methods';
import type { GraphWrite, Sent } from './client';
import { jsonInText, listOf, maybe, moment, text } from './parse';

export interface ProvisionStep {
  readonly name: string | null;
  /** `Import`, `Scoping`, `Matching`, `Export`… as Graph spells it. */
  readonly type: string | null;
  readonly status: string | null;
  readonly description: string | null;
  readonly details: Readonly<Record<string, string>>;
}

export interface ModifiedProperty {
  readonly displayName: string | null;
  readonly oldValue: string | null;
  readonly newValue: string | null;
}

/** What provisioning one user came to (facts 4.7); fields that Graph left out are `null`. */
export interface ProvisionResult {
  /** `Success`, `Skipped`, `Failure`…; `null` when Graph's text could not be understood. */
  readonly result: string | null;
  /** `Create`, `Update`, `Delete`, `Disable`, `Other`. */
  readonly action: string | null;
  readonly errorCode: string | null;
  readonly reason: string | null;
  readonly recommendedAction: string | null;
  /** `RedundantExport`, `NotEffectivelyEntitled`… (facts 6.3). */
  readonly skipReason: string | null;
  readonly steps: readonly ProvisionStep[];
  readonly modifiedProperties: readonly ModifiedProperty[];
  readonly sourceId: string | null;
  readonly targetId: string | null;
  readonly reportableIdentifier: string | null;
}

export const details = z.unknown().transform((value): Record<string, string> => {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]: [string, unknown]) =>
      member === null || member === undefined
        ? []
        : [
            [
              key,
              maskedIfPhone(key, typeof member === 'string' ? member : JSON.stringify(member)) ?? '',
            ] as const,
          ],
    ),
  );
});

export const modifiedProperty = z
  .object({ displayName: text, oldValue: text, newValue: text })
  .transform(({ displayName, oldValue, newValue }) => ({
    displayName,
    oldValue: maskedIfPhone(displayName, oldValue),
    newValue: maskedIfPhone(displayName, newValue),
  }));
export const statusInfo = maybe(
  z.object({
    status: text,
    errorCode: text,
    reason: text,
    additionalDetails: text,
    errorCategory: text,
    recommendedAction: text,
  }),
);
export const identity = maybe(z.object({ id: text, displayName: text, details }));

const entry = z.object({
  action: text,
  reportableIdentifier: text,
  startTime: moment,
  endTime: moment,
  modifiedProperties: listOf(modifiedProperty),
  provisioningSteps: listOf(
    z.object({
      name: text,
      type: text,
      provisioningStepType: text,
      status: text,
      description: text,
      details,
    }),
  ),
  statusInfo,
  provisioningStatusInfo: statusInfo,
  sourceIdentity: identity,
  targetIdentity: identity,
});

const verdict = maybe(
  z.object({ result: text, details: maybe(z.object({ errorCode: text, errorMessage: text })) }),
);

/** `key` and `value` hold JSON in text: `value` an object or a list, `key` JSON or a type name (facts 4.7). */
export const provisionAnswerSchema = z
  .object({ key: text, value: z.unknown() })
  .transform(({ key, value }): ProvisionResult => {
    const inner = jsonInText(value);
    const first: unknown = Array.isArray(inner) ? inner[0] : inner;
    const read = entry.safeParse(first ?? {});
    return toResult(verdict.parse(jsonInText(key)), read.success ? read.data : entry.parse({}));
  });

function toResult(said: z.output<typeof verdict>, found: z.output<typeof entry>): ProvisionResult {
  const state = found.statusInfo ?? found.provisioningStatusInfo;
  const steps = found.provisioningSteps.map(({ provisioningStepType, type, ...step }) => ({
    ...step,
    type: type ?? provisioningStepType,
  }));
  return {
    result: said?.result ?? state?.status ?? null,
    action: found.action,
    errorCode: state?.errorCode ?? said?.details?.errorCode ?? null,
    reason: state?.reason ?? said?.details?.errorMessage ?? null,
    recommendedAction: state?.recommendedAction ?? null,
    skipReason: steps.map((step) => step.details['SkipReason']).find(Boolean) ?? null,
    steps,
    modifiedProperties: found.modifiedProperties,
    sourceId: found.sourceIdentity?.id || null,
    targetId: found.targetIdentity?.id || null,
    reportableIdentifier: found.reportableIdentifier,
  };
}

/** Runs the engine for one user now; a real write in the target. At most 5 per 10 s (facts 4.7). Groups do not work. */
export async function provisionOnDemand(
  write: GraphWrite,
  subject: {
    readonly servicePrincipalId: string;
    readonly jobId: string;
    readonly ruleId: string;
    readonly userId: string;
  },
): Promise<Sent<ProvisionResult>> {
  return write.send('jobs.provisionOnDemand', {
    parameters: { servicePrincipalId: subject.servicePrincipalId, jobId: subject.jobId },
    body: {
      parameters: [
        {
          ruleId: subject.ruleId,
          subjects: [{ objectId: subject.userId, objectTypeName: 'User' }],
        },
      ],
    },
    doing: 'provisioning one user',
    schema: provisionAnswerSchema,
  });
}
