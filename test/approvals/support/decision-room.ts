import { count, eq } from 'drizzle-orm';
import { decide } from '../../../src/approvals/decide';
import type { DecisionOutcome, DecisionRequest } from '../../../src/approvals/outcome';
import type { ApprovalPorts } from '../../../src/approvals/ports';
import { Presses } from '../../../src/jobs/press';
import type { Person } from '../../../src/plan/types';
import { saveConversation } from '../../../src/store/conversations';
import type { Store } from '../../../src/store/db';
import { insertDecision, insertQuorums } from '../../../src/store/decisions';
import type { Job } from '../../../src/store/enqueue';
import { mintNonce } from '../../../src/store/nonces';
import { insertPlan } from '../../../src/store/plans';
import { changeRuns, decisions, plans, quorums } from '../../../src/store/schema';
import { tenantConfig } from '../../helpers/fake-directory';
import { affected, contentOf, personOf, quorumsOf, tierOf, votesOf } from './cell-plan';
import type { Cell } from './cells';
import { decidedBefore } from './oracle';
import { WireDirectory } from './wire-directory';

const tenantOf: Readonly<Record<Cell['tenant'], string>> = {
  source: 'aa',
  target: 'bb',
  delegate: 'cc',
  third: 'cc',
  stranger: 'zz',
};
const firstChange = {
  ...{ stepIndex: 0, changeIndex: 0, operation: 'partners.update', attempt: 1, fence: 1 },
  ...{ state: 'verified' as const, before: [], requestIds: [] },
};

/** One plan that becomes whatever a cell asks for, people who are whatever it asks for, and the real decision. */
export class DecisionRoom {
  readonly directory = new WireDirectory();
  private readonly queued: Job[] = [];
  private readonly nonces = new Map<string, string>();
  /** How many decisions stood before the last cell was played. */
  votesBefore = 0;
  private standing = '';
  private activity = 0;

  private constructor(
    private readonly store: Store,
    readonly planId: string,
    private readonly otherPlanId: string,
  ) {}

  static async open(store: Store): Promise<DecisionRoom> {
    const plan = (name: string) => ({
      content: contentOf('T2', personOf('asker', 'aa'), name, null),
      digest: name,
      tier: 'T2' as const,
      tierRaise: null,
      isDestructive: false,
      askedInConversationId: null,
    });
    const room = new DecisionRoom(
      store,
      await insertPlan(store.db, plan('one')),
      await insertPlan(store.db, plan('two')),
    );
    await room.meetApprovers();
    return room;
  }

  /** Sets everything up as the cell says, lets it happen, and gives the outcome and what the plan is like then. */
  async play(cell: Cell): Promise<{
    readonly outcome: DecisionOutcome;
    readonly state: string;
    readonly votes: number;
    readonly asked: number;
  }> {
    const person = personOf(`one-${cell.tenant}`, tenantOf[cell.tenant]);
    await this.arrange(cell, person);
    this.directory.show(cell, person);
    const before = this.directory.asked;
    const outcome = await this.happen(cell, await this.requestOf(cell, person), person);
    this.directory.isDown = false;
    if (outcome.type === 'recorded') this.standing = '';
    const [row] = await this.store.db
      .select({ state: plans.state, votes: count(decisions.planId) })
      .from(plans)
      .leftJoin(decisions, eq(decisions.planId, plans.id))
      .where(eq(plans.id, this.planId))
      .groupBy(plans.state);
    const asked = this.directory.asked - before;
    return { outcome, state: row?.state ?? '', votes: row?.votes ?? 0, asked };
  }

  /** The plan was moved by other means: the next cell writes it anew. */
  forget(): void {
    this.standing = '';
  }

  /** Jobs that were queued since the last look. */
  takeJobs(): readonly Job[] {
    return this.queued.splice(0);
  }

  private async happen(cell: Cell, request: DecisionRequest, person: Person): Promise<DecisionOutcome> {
    const ports = this.portsFor(cell);
    const remove = () => {
      if (cell.role === 'removed') this.directory.of(person).roles = [];
    };
    if (cell.surface !== 'job') {
      remove();
      return decide(ports, request);
    }
    // Stored first; the role is gone when the job comes to it.
    const stored: string[] = [];
    const enqueue: ApprovalPorts['enqueue'] = async (tx, job) => {
      if (job.name === 'decide') stored.push(job.pressId);
      await ports.enqueue(tx, job);
    };
    const presses = new Presses({ ...ports, enqueue });
    this.activity += 1;
    const pressing = presses.press(`activity-${this.activity}`, request);
    await until(() => stored.length > 0, pressing);
    remove();
    for (const pressId of stored) await presses.decide(pressId);
    return (await pressing).later;
  }

  /** What decisions are made with in a cell. */
  portsFor({ tenant }: Cell): ApprovalPorts {
    const isDelegated = tenant === 'delegate';
    const home = isDelegated ? 'cc' : 'bb';
    const groups = (tenantId: string) => ({
      approvers: { tenantId, groupId: 'approvers' },
      operators: { tenantId, groupId: 'operators' },
    });
    return {
      store: this.store,
      directory: this.directory,
      tenants: [tenantConfig('aa', groups('aa')), tenantConfig('bb', groups(home)), tenantConfig('cc')],
      enqueue: async (_tx, job) => void this.queued.push(job),
      readBack: async () => 'different',
    };
  }

  private async requestOf(cell: Cell, person: Person): Promise<DecisionRequest> {
    const { verb, surface } = cell;
    const revision = { present: 2, older: 1, none: null }[cell.revision];
    const nonce = await this.nonceOf(cell, person);
    const isFull = cell.given === 'all';
    return {
      verb,
      planId: this.planId,
      revision,
      nonce,
      person,
      reason: isFull ? 'because' : null,
      typedCount: isFull ? affected : null,
      surface,
    };
  }

  private async nonceOf({ nonce, verb, tenant, revision }: Cell, person: Person): Promise<string | null> {
    const isVote = ['approve', 'approve-canary', 'continue', 'reject', 'close'].includes(verb);
    const forTenantId = isVote ? (tenant === 'delegate' ? 'bb' : tenantOf[tenant]) : null;
    const reader = { planId: this.planId, revision: revision === 'older' ? 1 : 2, person, forTenantId };
    switch (nonce) {
      case 'none':
        return null;
      case 'garbage':
        return 'x'.repeat(22);
      case 'own':
        return this.minted(reader);
      case 'other-person':
        return this.minted({ ...reader, person: { ...person, objectId: 'another-id' } });
      case 'other-plan':
        return this.minted({ ...reader, planId: this.otherPlanId });
    }
  }

  private async minted(reader: Parameters<typeof mintNonce>[1]): Promise<string> {
    const key = JSON.stringify(reader);
    const known = this.nonces.get(key) ?? (await mintNonce(this.store.db, reader));
    this.nonces.set(key, known);
    return known;
  }

  /** The plan as the cell says; written anew only when the last cell left it otherwise. */
  private async arrange(cell: Cell, person: Person): Promise<void> {
    const requester = cell.isRequester ? person : personOf('asker', 'aa');
    const content = contentOf(cell.tier, requester, 'one', cell.isNamed ? person : null);
    const { state, tier, voices, isOverdue, isHeld } = cell;
    const key = JSON.stringify([content, state, voices, isOverdue, isHeld, decidedBefore(cell), person]);
    if (key === this.standing) return;
    const { db } = this.store;
    const planId = this.planId;
    const isSubmitted = tier !== 'T1' && state !== 'draft';
    await db.delete(decisions).where(eq(decisions.planId, planId));
    await db.delete(quorums).where(eq(quorums.planId, planId));
    await db
      .update(plans)
      .set({
        content,
        state,
        revision: 2,
        tier: tierOf(tier),
        windowEndsAt: new Date(Date.now() + 3_600_000),
        requesterTenantId: requester.tenantId,
        requesterObjectId: requester.objectId,
        stopAskedBy: null,
        stopAskedAt: null,
        submittedAt: isSubmitted ? new Date() : null,
        expiresAt: new Date(Date.now() + (isOverdue ? -1 : 1) * 3_600_000),
      })
      .where(eq(plans.id, planId));
    await db.delete(changeRuns).where(eq(changeRuns.planId, planId));
    if (isHeld) await db.insert(changeRuns).values({ planId, ...firstChange });
    if (isSubmitted) await insertQuorums(db, planId, 2, quorumsOf(cell));
    const votes = votesOf(cell, person);
    this.votesBefore = votes.length;
    for (const vote of votes) {
      const rest = { reason: null, authority: 'before', surface: 'execute' };
      await insertDecision(db, { planId, revision: 2, ...rest, ...vote });
    }
    this.standing = key;
  }

  private async meetApprovers(): Promise<void> {
    for (const [name, tenantId] of [
      ['first', 'aa'],
      ['second', 'aa'],
      ['there', 'bb'],
    ] as const) {
      const person = this.directory.addApprover(tenantId, name);
      await saveConversation(this.store.db, {
        conversationId: `chat-${name}`,
        kind: 'personal',
        serviceUrl: 'http://127.0.0.1:1/',
        tenantId,
        botId: 'bot',
        person: { ...person, teamsUserId: name },
      });
    }
  }
}

async function until(isTrue: () => boolean, ended: Promise<unknown>): Promise<void> {
  let isOver = false;
  void ended.finally(() => (isOver = true));
  while (!isTrue() && !isOver) await new Promise((resolve) => setImmediate(resolve));
}
