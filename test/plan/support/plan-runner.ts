import { applyPlan, type ApplyOutcome } from '../../../src/plan/apply';
import { makePlan, type MadePlan } from '../../../src/plan/make';
import { imageName } from '../../../src/plan/sealed-image';
import type { ApplyPorts } from '../../../src/plan/run';
import type { PlanSubject } from '../../../src/plan/subject';
import type { DesiredState, PlanKind, PlanRecord, StepContext } from '../../../src/plan/types';
import { stepsOf } from '../../../src/steps';
import { assessUndo, type Assessment } from '../../../src/steps/undo/assess-undo';
import { listBeforeImages } from '../../../src/store/change-runs';
import { currentDesired } from '../../../src/store/links';
import { insertPlan, movePlan } from '../../../src/store/plans';
import { readRecord } from '../../../src/store/records';
import type { TestStore } from '../../helpers/stores';
import type { StepWorld } from '../../steps/support/step-world';

export interface Wished {
  readonly kind: PlanKind;
  readonly subject?: PlanSubject | null;
  readonly desired?: DesiredState | null;
}

/** Makes, approves and runs plans on a simulated world, with time that flies. */
export interface PlanRunner {
  context(): Promise<StepContext>;
  make(wish: Wished): Promise<MadePlan | null>;
  /** Drafted and approved, not begun. */
  approved(wish: Wished): Promise<string>;
  apply(planId: string): Promise<ApplyOutcome>;
  /** Approves and applies; throws unless it is applied. */
  done(wish: Wished): Promise<PlanRecord>;
  assess(record: PlanRecord): Promise<Assessment>;
  /** The wish to take a plan back, as the command words it. */
  undoOf(record: PlanRecord): Promise<Wished & { readonly left: Assessment['left'] }>;
}

export function planRunner(
  opened: TestStore,
  world: () => StepWorld,
  ports: () => Partial<ApplyPorts> = () => ({}),
): PlanRunner {
  const { db } = opened.store;
  let now = 0;
  const applyPorts = (): ApplyPorts => ({
    store: opened.store,
    enqueue: async () => undefined,
    steps: stepsOf,
    graph: world().graph,
    findLink: () => world().context().link,
    checkAuthority: async () => ({ type: 'stands' }),
    pace: {
      sleep: async (milliseconds) => {
        now += milliseconds;
        await new Promise((resolve) => setTimeout(resolve, 2));
      },
      elapsed: () => now,
    },
    isStopping: () => false,
    ...ports(),
  });
  const linkKey = () => {
    const { source, target } = world().context().link;
    return { sourceTenantId: source.tenantId, targetTenantId: target.tenantId };
  };
  const runner: PlanRunner = {
    async context() {
      const desired = (await currentDesired(db, linkKey())) ?? null;
      return { ...world().context(), desired, verified: desired };
    },
    async make({ kind, subject = null, desired }) {
      const context = await runner.context();
      const requester = { tenantId: linkKey().sourceTenantId, objectId: 'asker', displayName: 'Asker' };
      const wished = desired === undefined ? context.desired : desired;
      return makePlan({ ...context, kind, subject, desired: wished, requester, steps: stepsOf[kind] });
    },
    async approved(wish) {
      const made = await runner.make(wish);
      if (!made) throw new Error(`nothing to do for ${wish.kind}`);
      const planId = await insertPlan(db, { ...made, askedInConversationId: null });
      const move = { planId, revision: 1, from: 'draft', to: 'approved' } as const;
      await movePlan(db, move, { startInSeconds: 3600 });
      return planId;
    },
    apply: (planId) => applyPlan(planId, applyPorts()),
    async done(wish) {
      const planId = await runner.approved(wish);
      const outcome = await runner.apply(planId);
      const record = await readRecord(db, planId);
      if (!record || record.state !== 'applied') {
        throw new Error(`${wish.kind}: ${JSON.stringify([outcome, record?.ending, record?.runs])}`);
      }
      return record;
    },
    async assess({ id, content }) {
      const images = await listBeforeImages(db, id);
      const done = images.flatMap(({ stepIndex, changeIndex, fields, isSealed }) => {
        const step = content.steps[stepIndex];
        const change = step?.changes[changeIndex];
        return step && change
          ? [
              {
                content,
                step,
                change,
                fields,
                image: isSealed ? imageName(id, { stepIndex, changeIndex }) : null,
              },
            ]
          : [];
      });
      return assessUndo(await runner.context(), id, done);
    },
    async undoOf(record) {
      const assessed = await runner.assess(record);
      const { id, tier, content } = record;
      const words = { command: `undo ${id}`, displayName: id } as const;
      const subject = { type: 'undo', ...words, planId: id, tier, kind: content.kind, ...assessed } as const;
      return { kind: 'undo', subject, left: assessed.left };
    },
  };
  return runner;
}
