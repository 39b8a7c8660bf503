import type { GuideItem } from '../cards/guide-step';
import { collaborationChecks } from '../diagnose/checks/collaboration';
import { configurationChecks } from '../diagnose/checks/configuration';
import { consentChecks } from '../diagnose/checks/consent';
import { peopleChecks } from '../diagnose/checks/people';
import { smsChecks } from '../diagnose/checks/sms-sign-in';
import { switchChecks } from '../diagnose/checks/switches';
import { tenantChecks } from '../diagnose/checks/tenants';
import { readLinkStatus, type LinkStatus } from '../diagnose/link-status';
import type { Look } from '../diagnose/look';
import { preflight } from '../diagnose/preflight';
import { scopeWords } from '../diagnose/scope';
import type { Check, PreflightLine, Verdict } from '../diagnose/types';

export type StepNumber = 1 | 2 | 3 | 4 | 5;

/** Which checks of the preflight belong to a step of the guide; step 5 is about the job itself. */
const checksOf: Readonly<Record<StepNumber, readonly Check[]>> = {
  1: [...consentChecks, ...tenantChecks, ...peopleChecks],
  2: [...collaborationChecks, ...switchChecks],
  3: smsChecks,
  4: configurationChecks,
  5: [],
};

/** What is done and what is missing of a step, read now. */
export async function guideItems(look: Look, number: StepNumber): Promise<readonly GuideItem[]> {
  if (number === 5) return jobItems(await readLinkStatus(look));
  if (number === 4 && !(await look.job())) return [await nothingToRun(look)];
  if (number === 3 && (await isNobodyInScope(look))) return [nobodyAsked(look)];
  const lines = await preflight(look, checksOf[number]);
  const items = lines.map((line) => itemOf(line, look));
  return number === 4 ? [...items, await scopeItem(look)] : items;
}

const states: Readonly<Record<Verdict, GuideItem['state']>> = {
  pass: 'done',
  stop: 'missing',
  warn: 'look',
  unknown: 'unknown',
};

function itemOf({ verdict, title, side, current, remedy, role }: PreflightLine, look: Look): GuideItem {
  const who = role === null ? '' : ` Who can: ${role}.`;
  return {
    state: states[verdict],
    title: `${title}, ${look.tenant(side).displayName} (${side})`,
    current,
    remedy: remedy === null ? '' : `${remedy}${who}`,
  };
}

async function isNobodyInScope(look: Look): Promise<boolean> {
  return (await look.scope()).users.length === 0;
}

/** Nobody in scope means nobody was asked: not the same as nobody who signs in by SMS. */
function nobodyAsked(look: Look): GuideItem {
  return {
    state: 'look',
    title: `SMS sign-in of users in scope, ${look.tenant('source').displayName} (source)`,
    current: 'nobody is in scope yet',
    remedy: 'Scan: while nobody is assigned it looks at all members.',
  };
}

/** The preflight calls it fine that setup has not been run yet; in the guide it is what is missing. */
async function nothingToRun(look: Look): Promise<GuideItem> {
  const hasConfiguration = Boolean(await look.configuration());
  return {
    state: 'missing',
    title: `${hasConfiguration ? 'Synchronization job' : 'Configuration'}, ${look.tenant('source').displayName} (source)`,
    current: 'none yet',
    remedy:
      'Plan the setup: it creates the configuration, its job, the mapping, the guard and who is in scope.',
  };
}

async function scopeItem(look: Look): Promise<GuideItem> {
  const scope = await look.scope();
  const isEmpty = scope.users.length === 0;
  return {
    state: isEmpty ? 'missing' : 'done',
    title: `Users in scope, ${look.link.source.displayName} (source)`,
    current: isEmpty ? 'nobody' : scopeWords(scope),
    remedy: isEmpty ? 'Assign a user, or a group with direct members.' : '',
  };
}

/** The job: started, its first cycle, whether users are left out. */
function jobItems({ health, lastCycle, quarantine }: LinkStatus): readonly GuideItem[] {
  const item = (state: GuideItem['state'], title: string, current: string, remedy = ''): GuideItem => ({
    state,
    title,
    current,
    remedy,
  });
  if (health === 'not set up')
    return [item('missing', 'Job', 'there is none', 'Set the link up first: step 4.')];
  const isOff = health === 'never started' || health === 'paused' || health === 'switched off';
  const job = item(
    isOff ? 'missing' : 'done',
    'Job',
    health,
    isOff ? 'Try one user, then start the cycles.' : '',
  );
  const cure = quarantine?.cause?.remedy ?? 'Look at the status.';
  const held = quarantine
    ? [item('missing', 'Quarantine', quarantine.cause?.cause ?? quarantine.reason, cure)]
    : [];
  if (!lastCycle)
    return [job, ...held, item('missing', 'First cycle', 'none has ended yet', 'Wait for its end.')];
  const { created, updated, skipped, failed } = lastCycle;
  const out = skipped + failed;
  const cycle = item('done', 'Last cycle', `${created} created, ${updated} updated`);
  const left = item(
    out > 0 ? 'look' : 'done',
    'Left out',
    out > 0 ? `${skipped} skipped, ${failed} failed` : 'nobody',
    out > 0 ? 'The log groups them by cause.' : '',
  );
  return [job, ...held, cycle, left];
}
