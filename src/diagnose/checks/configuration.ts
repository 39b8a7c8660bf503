import { listAllConfigurations } from '../../graph/configurations';
import type { SynchronizationJob } from '../../graph/synchronization-jobs';
import { deletionGuardOf } from '../deletion-guard';
import type { Look } from '../look';
import { scopeWords } from '../scope';
import type { Check, Finding } from '../types';

/** The configuration, its job and its deletion guard, as they stand in the source (facts 4). */
export const configurationChecks: readonly Check[] = [
  { name: 'configuration', side: 'source', title: 'Configuration', run: configurationFindings },
  { name: 'job', side: 'source', title: 'Synchronization job', run: jobFindings },
  { name: 'deletion-guard', side: 'source', title: 'Deletion guard', run: guardFindings },
];

async function configurationFindings(look: Look): Promise<readonly Finding[]> {
  const { source, target } = look.link;
  const found = await look.configuration();
  const needed = 'one per link';
  if (!found) return [{ verdict: 'pass', current: 'none yet: setup creates it', needed }];
  const all = await listAllConfigurations(look.source);
  const same = all.filter((one) => one.targetTenantId === target.tenantId.toLowerCase());
  if (same.length > 1) {
    const fix = {
      role: `Application Administrator of ${source.displayName}`,
      remedy: 'Keep one configuration and remove the others in the Entra admin center.',
    };
    return [
      { verdict: 'warn', current: `${same.length} configurations for ${target.displayName}`, needed, fix },
    ];
  }
  return [{ verdict: 'pass', current: `“${found.displayName ?? found.id}” exists`, needed }];
}

async function jobFindings(look: Look): Promise<readonly Finding[]> {
  const job = await look.job();
  const needed = 'active, not in quarantine';
  if (!job) return [{ verdict: 'pass', current: 'none yet: setup creates it', needed }];
  const { source, target } = look.link;
  const fix = (remedy: string) => ({
    role: `Hybrid Identity Administrator of ${source.displayName}`,
    remedy,
  });
  const reason = job.status?.quarantine?.reason;
  if (job.status?.code === 'Quarantine' || reason) {
    return [
      {
        verdict: 'stop',
        current: `in quarantine: ${reason ?? 'no reason given'}`,
        needed,
        fix: fix('Read the reason in the Entra admin center and mend it before anything is restarted.'),
      },
    ];
  }
  return isActive(job)
    ? [{ verdict: 'pass', current: 'active', needed }]
    : [
        {
          verdict: 'warn',
          current: 'not running',
          needed,
          fix: fix(`Run start ${source.key}>${target.key} when it shall run.`),
        },
      ];
}

async function guardFindings(look: Look): Promise<readonly Finding[]> {
  const [configuration, job] = [await look.configuration(), await look.job()];
  if (!configuration || !job) {
    return [
      {
        verdict: 'pass',
        current: 'none yet: give setup --guard n',
        needed: 'below the number of users in scope',
      },
    ];
  }
  const guard = deletionGuardOf(configuration.secrets, job);
  const scope = await look.scope();
  const needed = `below the scope of ${scopeWords(scope)}`;
  const { source, target } = look.link;
  const fix = {
    role: `Application Administrator of ${source.displayName}`,
    remedy: `Run setup ${source.key}>${target.key} --guard with a number below the scope.`,
  };
  if (guard === 'unreadable') return [{ verdict: 'warn', current: 'not readable', needed, fix }];
  if (guard.limit === null) return [{ verdict: 'warn', current: 'off', needed, fix }];
  const current = `${guard.limit.toLocaleString('en-US')} deletions${guard.isDefault ? ' (the service default)' : ''}`;
  const isTooHigh = scope.isComplete && scope.users.length > 0 && guard.limit >= scope.users.length;
  return [isTooHigh ? { verdict: 'warn', current, needed, fix } : { verdict: 'pass', current, needed }];
}

function isActive(job: SynchronizationJob): boolean {
  return job.schedule?.state === 'Active';
}
