import type { Db } from '../store/db';
import { findStop } from '../store/executions';
import { findFreezeForWrite } from '../store/freezes';
import { Halt, type Run } from './run';
import type { PlanContent } from './types';

/** Lifting a freeze is the one thing that a freeze does not hold; that plan writes nothing in Graph. */
const neverHeld: readonly PlanContent['kind'][] = ['unfreeze'];

/** Whether a freeze keeps the plan from writing. In the transaction of what would begin: nobody freezes in between. */
export async function isHeld(tx: Db, content: PlanContent): Promise<boolean> {
  return !neverHeld.includes(content.kind) && (await findFreezeForWrite(tx, content)) !== undefined;
}

/**
 * Before each intent, with the plan's row locked by the lease: nothing begins once somebody asked to stop, or froze the
 * link. What was begun before has been read back by then.
 *
 * @throws Halt to `failed`: what is left is planned anew
 */
export async function refuseToBegin(run: Run, tx: Db): Promise<void> {
  const { content, id } = run.record;
  const asked = await findStop(tx, id);
  if (asked) {
    throw new Halt({
      to: 'failed',
      code: 'stopped',
      text: `${asked.displayName} asked to stop after the change that was running.`,
      remedy: 'Plan what is left anew, or undo what was done.',
    });
  }
  const freeze = neverHeld.includes(content.kind) ? undefined : await findFreezeForWrite(tx, content);
  if (!freeze) return;
  throw new Halt({
    to: 'failed',
    code: 'frozen',
    text: `${freeze.by.displayName} froze ${freeze.scope === 'all' ? 'all links' : 'the link'} while it ran: ${freeze.reason}`,
    remedy: 'Once the freeze is lifted, plan what is left anew.',
  });
}
