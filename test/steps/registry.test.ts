import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { operations } from '../../src/graph/operations';
import { roleTemplates } from '../../src/graph/role-templates';
import type { Step } from '../../src/plan/types';
import { fixSmsSteps, phoneRemoveSteps, setupSteps, stepsOf, trySteps } from '../../src/steps';

const authenticationAdministrator = roleTemplates.authenticationAdministrator;

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
    const { undo: _back, ...forward } = stepsOf;
    const listed = new Set(Object.values(forward).flat());
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

  it('asks more for a phone than for SMS sign-in, and another role for administrators (facts 2.3)', () => {
    expect(phoneRemoveSteps.every((step) => step.tier === 'T3')).toBe(true);
    expect(fixSmsSteps.slice(0, 2).every((step) => step.tier === 'T2')).toBe(true);
    const forAll = [fixSmsSteps[0], phoneRemoveSteps[0]];
    const forAdministrators = [fixSmsSteps[1], phoneRemoveSteps[1]];
    for (const step of forAll) expect(step?.roleTemplateIds).toContain(authenticationAdministrator);
    for (const step of forAdministrators)
      expect(step?.roleTemplateIds).not.toContain(authenticationAdministrator);
  });

  it('repeats nothing whose effect cannot be seen', () => {
    expect([...trySteps, ...fixSmsSteps.slice(2)].every((step) => step.isUnrepeatable)).toBe(true);
    expect([...phoneRemoveSteps, ...fixSmsSteps.slice(0, 2)].some((step) => step.isUnrepeatable)).toBe(false);
    expect(setupSteps.some((step) => step.isUnrepeatable)).toBe(false);
  });

  it('counts the connection test as a read and everything else as a write (I40)', () => {
    const reads = Object.entries(operations).filter(([, operation]) => operation.effect === 'read');
    expect(reads.map(([name]) => name)).toEqual(['jobs.validateCredentials']);
  });
});
