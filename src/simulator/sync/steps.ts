import { targetDirectory, sourceDirectory } from './default-schema';
import type { OpenRow } from './state';

export interface Step {
  readonly name: string;
  readonly type: 'import' | 'scoping' | 'matching' | 'export';
  readonly status: 'success' | 'failure' | 'skipped';
  readonly description: string;
  readonly details: Readonly<Record<string, string>>;
}

const verbs: Record<OpenRow['action'], { name: string; done: string; will: string }> = {
  create: { name: 'Add', done: 'created', will: 'create' },
  update: { name: 'Update', done: 'updated', will: 'update' },
  disable: { name: 'Update', done: 'disabled', will: 'disable' },
  delete: { name: 'Delete', done: 'deleted', will: 'delete' },
  stagedDelete: { name: 'Delete', done: 'staged for deletion', will: 'delete' },
  other: { name: 'Skip', done: 'skipped', will: 'skip' },
};

/** The steps of one event, as the log and provision on demand tell them (facts 4.7, 6.1). */
export function stepsOf(row: OpenRow): Step[] {
  const name = row.source.userPrincipalName;
  const inScope = row.scoping.active && row.scoping.assigned && row.scoping.passed;
  const steps: Step[] = [importStep(row, name), scopingStep(inScope)];
  if (row.matched && row.targetId) {
    steps.push({
      name: 'EntryImport',
      type: 'matching',
      status: 'success',
      description: `Retrieved '${name}' from ${targetDirectory}`,
      details: { objectId: row.targetId },
    });
  } else if (row.action === 'create') {
    steps.push({
      name: 'EntrySynchronizationAdd',
      type: 'matching',
      status: 'success',
      description: `User '${name}' will be created in ${targetDirectory} (User is active and assigned in ${sourceDirectory}, but no matching User was found in ${targetDirectory})`,
      details: {},
    });
  }
  return [...steps, exportStep(row, name)];
}

function importStep({ action, matched, isOnDemand, imported }: OpenRow, name: string): Step {
  const deletes = action === 'delete' || action === 'stagedDelete';
  const change = deletes ? 'Delete' : matched ? 'Update' : 'Add';
  return {
    name: isOnDemand ? 'EntryImport' : `EntryImport${change}`,
    type: 'import',
    status: 'success',
    description: isOnDemand
      ? `Retrieved User '${name}' from ${sourceDirectory}`
      : `Received User '${name}' change of type (${change}) from ${sourceDirectory}`,
    details: imported,
  };
}

function scopingStep(inScope: boolean): Step {
  return {
    name: 'EntrySynchronizationScoping',
    type: 'scoping',
    status: inScope ? 'success' : 'skipped',
    description: 'Determine if User in scope by evaluating against each scoping filter',
    details: {},
  };
}

function exportStep(row: OpenRow, name: string): Step {
  const verb = verbs[row.action];
  if (row.status === 'skipped') {
    return {
      name: 'EntrySynchronizationSkip',
      type: 'export',
      status: 'skipped',
      description: skipText(row, name),
      details: { SkipReason: row.skipReason ?? '' },
    };
  }
  const failed = row.status === 'failure';
  const details: Record<string, string> = { ReportableIdentifier: name };
  if (row.failure) Object.assign(details, { ErrorCode: row.failure.code, ErrorMessage: row.failure.reason });
  return {
    name: `EntryExport${verb.name}`,
    type: 'export',
    status: failed ? 'failure' : 'success',
    description: failed
      ? `Failed to ${verb.will} User '${name}' in ${targetDirectory}`
      : `User '${name}' was ${verb.done} in ${targetDirectory}`,
    details,
  };
}

/** Why a row was skipped, in words. */
export function skipText({ skipReason, scoping, type }: OpenRow, name: string): string {
  if (type === 'Group') return `The Group '${name}' will be skipped: objects of this type are not supported.`;
  if (skipReason === 'RedundantExport') {
    return `The state of the user in both the source and target systems already match. No change to the User '${name}' currently needs to be made.`;
  }
  const reasons = [
    scoping.active ? '' : 'This object is not active in the source system.',
    scoping.assigned ? '' : 'This object is not assigned to the application.',
    scoping.passed ? '' : 'This object does not pass the scoping filters.',
  ].filter(Boolean);
  return `The User '${name}' will be skipped. ${reasons.join(' ')}`.trim();
}

/** `errorInformation` of a row: null for a success. */
export function failureInformation(row: OpenRow) {
  if (row.failure) {
    return {
      errorCode: row.failure.code,
      reason: row.failure.reason,
      additionalDetails: null,
      errorCategory: 'nonServiceFailure',
      recommendedAction: null,
    };
  }
  if (row.status !== 'skipped') return null;
  return {
    errorCode: row.skipReason,
    reason: skipText(row, row.source.userPrincipalName),
    additionalDetails: null,
    errorCategory: 'nonServiceFailure',
    recommendedAction: null,
  };
}
