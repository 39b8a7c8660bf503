import { rolesFor } from '../../../src/graph/role-templates';
import type { Person, PlanContent, PlannedStep, PlanRecord, Side, Tier } from '../../../src/plan/types';
import type { insertDecision } from '../../../src/store/decisions';
import type { Cell } from './cells';
import { decidedBefore } from './oracle';

const [switches, jobs] = [rolesFor.crossTenantAccess, rolesFor.synchronization];
/** How many people the T3 plans touch. */
export const affected = 40;

export function personOf(name: string, tenantId: string): Person {
  return { tenantId, objectId: `${name}-id`, displayName: name };
}

/** Of the plan, for what the table calls a tier. */
export function tierOf(tier: Cell['tier']): Tier {
  return tier === 'T3-one' ? 'T3' : tier === 'T2-many' ? 'T2' : tier;
}

export function quorumsOf({ tier }: Cell): PlanRecord['quorums'] {
  const candidates = [personOf('first', 'aa'), personOf('second', 'aa')];
  if (tier === 'T2-many') return [{ tenantId: 'aa', needed: 1, candidates }];
  if (tier === 'T3-one') return [{ tenantId: 'aa', needed: 2, candidates }];
  return [
    { tenantId: 'aa', needed: 1, candidates },
    { tenantId: 'bb', needed: 1, candidates: [personOf('there', 'bb')] },
  ];
}

type Vote = Pick<Parameters<typeof insertDecision>[1], 'person' | 'forTenantId' | 'decision' | 'onlyFirst'>;

/** What was decided before: by this person, and (`others`) everything that is needed besides them. */
export function votesOf(cell: Cell, person: Person): readonly Vote[] {
  const mine = decidedBefore(cell);
  const onlyFirst = mine === 'approved-canary' ? 1 : null;
  const isTarget = cell.tenant === 'target' || cell.tenant === 'delegate';
  const own: Vote[] = mine
    ? [
        {
          person,
          forTenantId: isTarget ? 'bb' : 'aa',
          decision: onlyFirst === null ? (mine as Vote['decision']) : 'approved',
          onlyFirst,
        },
      ]
    : [];
  if (cell.voices !== 'others') return own;
  if (cell.tier === 'T2-many') return own; // one voice is all that is needed
  const isOneTenant = cell.tier === 'T3-one';
  const other: Vote =
    isTarget || isOneTenant
      ? { person: personOf('first', 'aa'), forTenantId: 'aa', decision: 'approved' }
      : { person: personOf('there', 'bb'), forTenantId: 'bb', decision: 'approved' };
  return [...own, other];
}

export function contentOf(
  tier: Cell['tier'],
  requester: Person,
  name: string,
  named: Person | null,
): PlanContent {
  const isBoth = tier === 'T2' || tier === 'T3';
  return {
    kind: 'assign',
    sourceTenantId: 'aa',
    targetTenantId: 'bb',
    requester,
    revision: 2,
    policyVersion: 1,
    desired: null,
    subject: named && { ...subjectOf(named), command: name },
    steps:
      tier === 'T2-many'
        ? [manyChanges()]
        : [...stepsOf('source', tier), ...(isBoth ? stepsOf('target', tier) : [])],
  };
}

function subjectOf(named: Person) {
  return {
    type: 'user',
    command: '',
    displayName: '',
    userId: named.objectId.toUpperCase(),
    userPrincipalName: 'named@one.example',
    phoneType: null,
  } as const;
}

function manyChanges(): PlannedStep {
  const [step] = stepsOf('source', 'T2');
  const [change] = step?.changes ?? [];
  if (!step || !change) throw new Error('a step without a change');
  const changes = ['one', 'two', 'three', 'four'].map((title) => ({ ...change, title }));
  return { ...step, changes };
}

function stepsOf(side: Side, tier: Cell['tier']): readonly PlannedStep[] {
  const step = (name: PlannedStep['name'], roleTemplateIds: readonly string[]): PlannedStep => ({
    name,
    side,
    roleTemplateIds,
    tenantId: side === 'source' ? 'aa' : 'bb',
    tier: tierOf(tier),
    title: name,
    meaning: '',
    changes: [
      {
        operation: 'partners.update',
        title: '',
        fields: [],
        parameters: {},
        affectedUsers: affected,
        undo: true,
      },
    ],
  });
  return [step('partner-source', switches), step('start-job', jobs)];
}
