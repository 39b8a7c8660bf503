import type { Db } from '../store/db';
import { findStop } from '../store/executions';
import { findFreezeForWrite } from '../store/freezes';
import { findHoldPoint } from '../store/holds';
import { Halt, headWords, type PlannedChange, type Run } from './run';
import type { Freeze, PlanContent } from './types';

/** Lifting a freeze is the one thing that a freeze does not hold; that plan writes nothing in Graph. */
const neverHeld: readonly PlanContent['kind'][] = ['unfreeze'];

/** Whether a freeze keeps the plan from writing. In the transaction of what would begin: nobody freezes in between. */
export async function isHeld(tx: Db, content: PlanContent): Promise<boolean> {
  return !neverHeld.includes(content.kind) && (await findFreezeForWrite(tx, content)) !== undefined;
}

/**
 * Before each intent, with the plan's row locked by the lease: nothing begins once somebody asked to stop, or froze the
 * link, nor beyond the changes that every voice is for. What was begun before has been read back by then.
 *
 * @throws Halt to `failed`: what is left is planned anew; to `hold`: it goes on when it is continued
 */
export async function refuseToBegin(run: Run, tx: Db, at: PlannedChange): Promise<void> {
  const { content, id } = run.record;
  const asked = await findStop(tx, id);
  if (asked) {
    const { hold } = run.record;
    const where = hold?.isReached ? headWords(hold.after) : 'the change that was running';
    throw new Halt({
      to: 'failed',
      code: 'stopped',
      text: `${asked.displayName} asked to stop after ${where}.`,
      remedy: 'Plan what is left anew, or undo what was done.',
    });
  }
  const freeze = neverHeld.includes(content.kind) ? undefined : await findFreezeForWrite(tx, content);
  if (freeze) throw frozen(freeze);
  if (await isBeyondHold(run, tx, at)) throw new Halt({ to: 'hold' });
}

/** Read from the database, whatever this run knew when it began: another may have been told to go on, or not. */
async function isBeyondHold({ record }: Run, tx: Db, at: PlannedChange): Promise<boolean> {
  const after = await findHoldPoint(tx, { planId: record.id, revision: record.revision });
  if (after === null) return false;
  const before = record.content.steps.slice(0, at.stepIndex);
  return before.reduce((count, { changes }) => count + changes.length, at.changeIndex) >= after;
}

function frozen(freeze: Freeze): Halt {
  return new Halt({
    to: 'failed',
    code: 'frozen',
    text: `${freeze.by.displayName} froze ${freeze.scope === 'all' ? 'all links' : 'the link'} while it ran: ${freeze.reason}`,
    remedy: 'Once the freeze is lifted, plan what is left anew.',
  });
}
