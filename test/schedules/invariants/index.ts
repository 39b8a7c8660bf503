import type { Evidence } from '../evidence';
import { binding } from './binding';
import { execution } from './execution';
import { lifecycle } from './lifecycle';
import { telling } from './telling';
import { voices } from './voices';

const checks: Readonly<Record<string, (evidence: Evidence) => readonly string[]>> = {
  ...binding,
  ...voices,
  ...lifecycle,
  ...execution,
  ...telling,
};

export const invariantNames = Object.keys(checks);

/** What does not hold, as "invariant: what was seen"; empty when all is well. */
export function violations(evidence: Evidence): readonly string[] {
  return Object.entries(checks).flatMap(([name, check]) => check(evidence).map((seen) => `${name}: ${seen}`));
}
