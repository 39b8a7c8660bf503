import type { Link } from '../plan/types';
import type { TryOutcome } from './try-outcome';
import type { TryStep } from './try';

type Raw = TryOutcome['steps'][number];

/** The five steps of the guide, in order, each with a mark and a plain sentence (facts 4.7). */
export function trySteps(outcome: TryOutcome, link: Link): readonly TryStep[] {
  if (outcome.steps.length === 0) return [];
  const of = (pattern: RegExp) => outcome.steps.find(({ type, name }) => pattern.test(type ?? name ?? ''));
  const scoping = of(/scop/i);
  return [
    importStep(of(/import/i), link),
    scopingStep(scoping, outcome, link),
    matchingStep(of(/match/i), link),
    actionStep(of(/export|action/i), outcome, link),
    attributesStep(outcome),
  ];
}

function importStep(raw: Raw | undefined, { source }: Link): TryStep {
  const status = statusOf(raw);
  const says = {
    success: `Read from ${source.displayName}.`,
    skipped: `Not read from ${source.displayName}.`,
    failure: `Could not be read from ${source.displayName}.`,
    warning: `Read from ${source.displayName}, with a warning.`,
    none: 'Not reached.',
  }[status];
  return {
    name: 'Import',
    status,
    outcome: says,
    detail: status === 'success' ? '' : (raw?.description ?? ''),
  };
}

function scopingStep(raw: Raw | undefined, outcome: TryOutcome, link: Link): TryStep {
  const status = statusOf(raw);
  if (status === 'none') return { name: 'Scoping', status, outcome: 'Not reached.', detail: '' };
  const unmet = Object.entries(outcome.scope).find(([, isMet]) => !isMet)?.[0] ?? null;
  const details = raw?.details ?? {};
  if (status === 'success' && unmet === null) {
    return { name: 'Scoping', status, outcome: 'In scope: assigned, and every filter is met.', detail: '' };
  }
  const isFalse = (key: string) => /^false$/i.test(details[key] ?? '');
  const reasons = [
    isFalse('IsActive') ? `the user is disabled or deleted in ${link.source.displayName}` : '',
    isFalse('Assigned')
      ? 'the user is not assigned; a nested group does not count, and a new assignment needs a few minutes'
      : '',
    filterWords(outcome, unmet, link) ?? '',
  ].filter((reason) => reason !== '');
  const says = reasons.length === 0 ? 'Out of scope.' : `Out of scope: ${reasons.join('. Also: ')}.`;
  return {
    name: 'Scoping',
    status: 'failure',
    outcome: says,
    detail: unmet === null ? '' : `${unmet} = false`,
  };
}

/** One filter catches SMS sign-in and external users: what the user really is was read afterwards (facts 5.1). */
function filterWords({ filterCause }: TryOutcome, unmet: string | null, { source }: Link): string | null {
  switch (filterCause) {
    case 'sms':
      return 'SMS sign-in is on, and such users are left out. The number may stay; only signing in with it has to end';
    case 'external':
      return `the user is external in ${source.displayName}, and external users are never synchronized`;
    case 'neither':
      return 'the filter about external users is not met, though neither SMS sign-in nor an external account shows now; wait a few minutes and try again';
    case 'unknown':
      return 'either SMS sign-in is on or the user is external; which one could not be read';
    default:
      return unmet === null ? null : 'a scoping filter of this configuration is not met';
  }
}

function matchingStep(raw: Raw | undefined, { target }: Link): TryStep {
  const status = statusOf(raw);
  if (status === 'none') return { name: 'Matching', status, outcome: 'Not reached.', detail: '' };
  if (status !== 'success') {
    return { name: 'Matching', status, outcome: 'No clear match.', detail: raw?.description ?? '' };
  }
  const isNew = /Add$/.test(raw?.name ?? '');
  const says = isNew
    ? `Nobody in ${target.displayName} matches: the account is new.`
    : `An account in ${target.displayName} matches: it is used.`;
  return { name: 'Matching', status, outcome: says, detail: '' };
}

const done: Readonly<Record<string, string>> = {
  create: 'Created',
  update: 'Updated',
  delete: 'Deleted, recoverable for 30 days,',
  disable: 'Disabled',
};

function actionStep(raw: Raw | undefined, outcome: TryOutcome, { target }: Link): TryStep {
  const result = outcome.result?.toLowerCase();
  if (result === 'failure') {
    const code = outcome.errorCode ? ` (${outcome.errorCode})` : '';
    return { name: 'Action', status: 'failure', outcome: `Refused${code}.`, detail: outcome.reason ?? '' };
  }
  if (outcome.skipReason === 'RedundantExport' || outcome.errorCode === 'RedundantExport') {
    return {
      name: 'Action',
      status: 'skipped',
      outcome: 'Nothing to change: both sides are equal already.',
      detail: '',
    };
  }
  if (result === 'skipped') {
    return {
      name: 'Action',
      status: 'skipped',
      outcome: 'Nothing was done.',
      detail: outcome.skipReason ?? '',
    };
  }
  const verb = done[outcome.action?.toLowerCase() ?? ''];
  const says = verb ? `${verb} in ${target.displayName}.` : 'Done.';
  return { name: 'Action', status: statusOf(raw), outcome: says, detail: '' };
}

/** On a skip the service lists what it read, not what it wrote. */
function attributesStep({ result, modifiedProperties }: TryOutcome): TryStep {
  const count = modifiedProperties.length;
  if (result?.toLowerCase() !== 'success' || count === 0) {
    return { name: 'Attributes', status: 'none', outcome: 'None written.', detail: '' };
  }
  const says = `${count} ${count === 1 ? 'attribute' : 'attributes'} written.`;
  return { name: 'Attributes', status: 'success', outcome: says, detail: '' };
}

function statusOf(raw: Raw | undefined): TryStep['status'] {
  const word = raw?.status?.toLowerCase();
  return word === 'success' || word === 'skipped' || word === 'failure' || word === 'warning' ? word : 'none';
}
