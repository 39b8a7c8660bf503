import { BotError } from '../errors';
import { collaborationChecks } from './checks/collaboration';
import { consentChecks } from './checks/consent';
import { configurationChecks } from './checks/configuration';
import { peopleChecks } from './checks/people';
import { smsChecks } from './checks/sms-sign-in';
import { switchChecks } from './checks/switches';
import { tenantChecks } from './checks/tenants';
import type { Look } from './look';
import type { Check, PreflightLine, Verdict } from './types';

/** All checks, in the order in which somebody would fix them. */
export const checks: readonly Check[] = [
  ...consentChecks,
  ...tenantChecks,
  ...peopleChecks,
  ...collaborationChecks,
  ...switchChecks,
  ...configurationChecks,
  ...smsChecks,
];

/**
 * What stops synchronization, on which side, and who can fix it. A check that cannot be read says so and why; it is
 * never taken for a pass.
 */
export async function preflight(
  look: Look,
  which: readonly Check[] = checks,
): Promise<readonly PreflightLine[]> {
  const lines = await Promise.all(which.map((check) => runCheck(look, check)));
  const order: readonly Verdict[] = ['stop', 'warn', 'unknown', 'pass'];
  return lines.flat().toSorted((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
}

async function runCheck(look: Look, check: Check): Promise<readonly PreflightLine[]> {
  const { name, side } = check;
  try {
    const findings = await check.run(look);
    return findings.map(({ title, fix, ...finding }) => ({
      name,
      side,
      title: title ?? check.title,
      role: fix?.role ?? null,
      remedy: fix?.remedy ?? null,
      ...finding,
    }));
  } catch (error) {
    if (!(error instanceof BotError)) throw error;
    return [{ name, side, title: check.title, ...unreadable(error) }];
  }
}

/** Missing consent stops everything behind it; other reasons may pass by themselves. */
function unreadable(
  error: BotError,
): Pick<PreflightLine, 'verdict' | 'current' | 'needed' | 'role' | 'remedy'> {
  const isConsent = error.code === 'consent-missing' || error.code === 'permission-missing';
  return {
    verdict: isConsent || error.code === 'conflict' ? 'stop' : 'unknown',
    current: `could not be read: ${error.code}`,
    needed: 'readable',
    role: isConsent ? 'Privileged Role Administrator' : null,
    remedy: error.remedy,
  };
}
