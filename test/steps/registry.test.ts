import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { operations } from '../../src/graph/operations';
import type { Step } from '../../src/plan/types';
import { setupSteps, stepsOf, trySteps } from '../../src/steps';

function isStep(value: unknown): value is Step {
  return (
    typeof value === 'object' && value !== null && 'observe' in value && 'diff' in value && 'apply' in value
  );
}

describe('the list of steps', () => {
  it('has the set-up in the documented order (facts 9.1)', () => {
    expect(setupSteps.map((step) => `${step.side} ${step.name}`)).toEqual([
      'target partner-target',
      'target inbound-sync',
      'target redemption-inbound',
      'source partner-source',
      'source redemption-outbound',
      'source configuration',
      'source job',
      'source secrets',
      'source assignments',
      'source mapping',
    ]);
  });

  it('has every step that a file of the folder exports, each in a file of its name, no name twice', async () => {
    const folder = join(__dirname, '../../src/steps');
    const exported = new Set<Step>();
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.ts'))) {
      const module = (await import(join(folder, file))) as Record<string, unknown>;
      for (const value of Object.values(module)) if (isStep(value)) exported.add(value);
    }
    const listed = new Set(Object.values(stepsOf).flat());
    expect([...exported].map(({ name }) => name).sort()).toEqual([...listed].map(({ name }) => name).sort());
    expect(new Set([...listed].map(({ name }) => name)).size).toBe(listed.size);
    for (const { name } of listed)
      expect([name, existsSync(join(folder, `${name}.ts`))]).toEqual([name, true]);
  });

  it('asks for two people where two tenants change, for the requester alone where nothing new is reached', () => {
    expect(stepsOf.setup.every((step) => step.tier === 'T2')).toBe(true);
    expect([...stepsOf.start, ...stepsOf.pause, ...stepsOf.try].every((step) => step.tier === 'T1')).toBe(
      true,
    );
  });

  it('repeats nothing whose effect cannot be seen', () => {
    expect(trySteps.every((step) => step.isUnrepeatable)).toBe(true);
    expect(setupSteps.some((step) => step.isUnrepeatable)).toBe(false);
  });

  it('counts the connection test as a read and everything else as a write (I40)', () => {
    const reads = Object.entries(operations).filter(([, operation]) => operation.effect === 'read');
    expect(reads.map(([name]) => name)).toEqual(['jobs.validateCredentials']);
  });
});
