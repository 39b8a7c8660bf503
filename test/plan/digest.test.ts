import fc from 'fast-check';
import { digestOf } from '../../src/plan/digest';
import type { JsonValue, PlanContent } from '../../src/plan/types';

const content: PlanContent = {
  kind: 'setup',
  sourceTenantId: 'aa',
  targetTenantId: 'bb',
  requester: { tenantId: 'aa', objectId: 'one', displayName: 'One' },
  revision: 1,
  policyVersion: 1,
  desired: { userType: 'member', assignments: [], deletionGuard: 5, notificationMail: null },
  subject: null,
  steps: [
    {
      name: 'partner-target',
      side: 'target',
      tenantId: 'bb',
      tier: 'T2',
      title: 'Create',
      meaning: 'Nothing',
      roleTemplateIds: ['role'],
      changes: [
        {
          operation: 'partners.create',
          title: 'Entry',
          fields: [{ field: 'tenantId', before: 'absent', after: 'aa' }],
          parameters: { partnerTenantId: 'aa' },
          affectedUsers: 0,
          undo: true,
        },
      ],
    },
  ],
};

/** Every path to a value that is no object or list. */
function leaves(value: unknown, path: readonly string[] = []): string[][] {
  if (value === null || typeof value !== 'object') return [[...path]];
  return Object.entries(value).flatMap(([key, one]) => leaves(one, [...path, key]));
}

function withLeaf(value: unknown, [key, ...rest]: readonly string[], leaf: JsonValue): unknown {
  if (key === undefined) return leaf;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, unknown>;
  copy[key] = withLeaf(copy[key], rest, leaf);
  return copy;
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce((one, key) => (one as Record<string, unknown>)[key], value);
}

describe('the digest of a plan', () => {
  it('moves when any single value of the plan moves', () => {
    const paths = leaves(content);
    expect(paths.length).toBeGreaterThan(20);
    const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
    fc.assert(
      fc.property(fc.constantFrom(...paths), leaf, (path, value) => {
        fc.pre(at(content, path) !== value);
        return digestOf(withLeaf(content, path, value) as PlanContent) !== digestOf(content);
      }),
      { numRuns: 500 },
    );
  });

  it('stays when the plan comes back from the database', () => {
    expect(digestOf(JSON.parse(JSON.stringify(content)))).toBe(digestOf(content));
  });

  it('moves with the order of steps and changes', () => {
    const [step] = content.steps;
    const second = { ...step!, name: 'inbound-sync' as const };
    expect(digestOf({ ...content, steps: [step!, second] })).not.toBe(
      digestOf({ ...content, steps: [second, step!] }),
    );
  });
});
