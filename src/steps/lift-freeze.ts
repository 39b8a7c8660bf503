import { rolesFor } from '../graph/role-templates';
import type { FreezeSubject } from '../plan/subject';
import type { Change, Freeze, Side, Step, StepContext } from '../plan/types';
import { namesOf } from './step-words';
import { subjectOf } from './subject-of';

/** Where freezes are kept: in our own database, so this step touches no tenant. */
export interface Freezes {
  find(subject: FreezeSubject, link: StepContext['link']): Promise<Freeze | undefined>;
  /** Lifts this very freeze; nothing happens when it is gone. */
  lift(freezeId: string): Promise<void>;
}

/** Lifts a freeze: approved by two people of the tenant whose person froze it, and of no other. */
export function liftFreezeSteps(freezes: Freezes): readonly Step[] {
  return [liftFreeze('target', freezes), liftFreeze('source', freezes)] as readonly Step[];
}

function liftFreeze(side: Side, freezes: Freezes): Step<Freeze | null> {
  return {
    name: side === 'target' ? 'lift-freeze-target' : 'lift-freeze-source',
    side,
    tier: 'T3',
    roleTemplateIds: rolesFor.crossTenantAccess,
    permissions: [],
    title: (context) => `Lift the freeze of ${frozenWords(context)}`,
    meaning: (context) =>
      `Plans for ${frozenWords(context)} can run again. Those that are approved and still in time begin at once, each after a fresh look at both tenants.`,
    async observe(context) {
      const subject = subjectOf(context, 'freeze');
      if (!isOwn(context, side, subject)) return null;
      return (await freezes.find(subject, context.link)) ?? null;
    },
    diff(context, freeze) {
      const subject = subjectOf(context, 'freeze');
      return freeze?.id === subject.freezeId ? [changeOf(context, freeze)] : [];
    },
    async apply(_write, { parameters }) {
      await freezes.lift(String(parameters['freezeId']));
      return { requestIds: [] };
    },
  };
}

/** A freeze of all links is lifted in one tenant alone, which stands at both ends. */
function isOwn({ link }: StepContext, side: Side, { ownerTenantId }: FreezeSubject): boolean {
  const isOneTenant = link.source.tenantId === link.target.tenantId;
  return link[side].tenantId === ownerTenantId && !(isOneTenant && side === 'source');
}

function frozenWords(context: StepContext): string {
  const { source, target } = namesOf(context);
  return subjectOf(context, 'freeze').scope === 'all' ? 'all links' : `${source} → ${target}`;
}

function changeOf(context: StepContext, { id, by, reason }: Freeze): Change {
  return {
    operation: 'freeze.lift',
    title: `Freeze of ${frozenWords(context)}`,
    fields: [
      { field: 'frozen', before: `by ${by.displayName}`, after: 'no' },
      { field: 'reason of the freeze', before: reason, after: 'absent' },
    ],
    parameters: { freezeId: id },
    affectedUsers: 0,
    undo: 'Freeze again when it is needed: one person can.',
  };
}
