import { pages, type Cause } from './cause';

const tooMany = (code: string, name: string, cause: string): Cause => ({
  name,
  kind: 'quarantine',
  codes: [code],
  cause,
  side: 'both',
  remedy: 'Group the failures by cause, clear the largest, then restart.',
  commands: ['logs {link}', 'status {link}', 'restart {link} --light'],
  source: pages.quarantine,
});

/** Why the service slows a job down to a daily attempt (facts 4.5, 4.6). */
export const quarantineCauses: readonly Cause[] = [
  {
    name: 'too-many-deletes',
    kind: 'quarantine',
    codes: ['TooManyDeletes'],
    cause:
      'More users would be deleted or disabled in one cycle than the deletion guard allows. They are staged, not deleted.',
    side: 'source',
    remedy:
      'Find out why so many left the scope, and put the scope right; restart after that. Nothing is deleted meanwhile.',
    commands: ['logs {link} --code StagedDelete', 'status {link}', 'restart {link} --light'],
    source: pages.deletions,
  },
  {
    name: 'staged-delete',
    kind: 'quarantine',
    codes: ['StagedDelete', 'StagedAction'],
    cause: 'This deletion was held back, because the cycle reached the deletion guard.',
    side: 'source',
    remedy: 'Put the scope right if the user shall stay. Nothing is deleted until somebody forces it.',
    commands: ['status {link}', 'verify {user} {link}'],
    source: pages.deletions,
  },
  {
    name: 'cannot-connect',
    kind: 'quarantine',
    codes: ['EncounteredQuarantineException'],
    cause: 'The job cannot connect: a switch of the access settings is off, or the credentials do not hold.',
    side: 'both',
    remedy: 'Look at the switches in both tenants, put them on, then restart.',
    commands: ['check {link}', 'policy {link}', 'restart {link} --light'],
    source: pages.quarantine,
  },
  tooMany(
    'EncounteredEscrowProportionThreshold',
    'too-many-failures-share',
    'More than 40 % of at least 5,000 changes failed.',
  ),
  tooMany('EncounteredBaseEscrowThreshold', 'too-many-failures-base', 'More than 40,000 changes failed.'),
  tooMany(
    'EncounteredTotalEscrowThreshold',
    'too-many-failures-total',
    'More than 60,000 changes failed, references to managers and members included.',
  ),
  {
    name: 'ingestion-interrupted',
    kind: 'quarantine',
    codes: ['IngestionInterrupted'],
    cause: 'Reading the source directory was interrupted.',
    side: 'service',
    remedy: 'Wait for the next attempt; restart if it stays.',
    commands: ['status {link}', 'restart {link} --light'],
    source: 'Graph docs: synchronizationQuarantine',
  },
  {
    name: 'quarantined-on-demand',
    kind: 'quarantine',
    codes: ['QuarantinedOnDemand', 'QuarantineOnDemand'],
    cause: 'Somebody put the job into quarantine on purpose, or Microsoft did.',
    side: 'service',
    remedy: 'Ask Microsoft support why, before anything is restarted.',
    commands: ['status {link}'],
    source: `${pages.quarantine}; the spelling differs between pages`,
  },
  {
    name: 'quarantine-unknown',
    kind: 'quarantine',
    codes: ['Unknown'],
    cause: 'The service names no reason for the quarantine.',
    side: 'service',
    remedy: 'Look at the switches and at the log; ask Microsoft support when both are clean.',
    commands: ['check {link}', 'logs {link}'],
    source: pages.quarantine,
  },
];
