import { rolesFor } from '../../../src/graph/role-templates';
import type { Person, PlanContent, PlannedStep, PlanRecord, Side } from '../../../src/plan/types';
import type { insertDecision } from '../../../src/store/decisions';
import type { Cell } from './cells';
import { decidedBefore } from './oracle';

const [switches, jobs] = [rolesFor.crossTenantAccess, rolesFor.synchronization];
/** How many people the T3 plans touch. */
export const affected = 40;

export function personOf(name: string, tenantId: string): Person {
  return { tenantId, objectId: `${name}-id`, displayName: name };
}

export function quorumsOf({ tier }: Cell): PlanRecord['quorums'] {
  const candidates = [personOf('first', 'aa'), personOf('second', 'aa')];
  if (tier === 'T3-one') return [{ tenantId: 'aa', needed: 2, candidates }];
  return [
    { tenantId: 'aa', needed: 1, candidates },
    { tenantId: 'bb', needed: 1, candidates: [personOf('there', 'bb')] },
  ];
}

type Vote = Pick<Parameters<typeof insertDecision>[1], 'person' | 'forTenantId' | 'decision'>;

/** What was decided before: by this person, and (`others`) everything that is needed besides them. */
export function votesOf(cell: Cell, person: Person): readonly Vote[] {
  const mine = decidedBefore(cell);
  const isTarget = cell.tenant === 'target' || cell.tenant === 'delegate';
  const own: Vote[] = mine
    ? [{ person, forTenantId: isTarget ? 'bb' : 'aa', decision: mine as Vote['decision'] }]
    : [];
  if (cell.voices !== 'others') return own;
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
    steps: [...stepsOf('source', tier), ...(isBoth ? stepsOf('target', tier) : [])],
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

function stepsOf(side: Side, tier: Cell['tier']): readonly PlannedStep[] {
  const step = (name: PlannedStep['name'], roleTemplateIds: readonly string[]): PlannedStep => ({
    name,
    side,
    roleTemplateIds,
    tenantId: side === 'source' ? 'aa' : 'bb',
    tier: tier === 'T3-one' ? 'T3' : tier,
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
