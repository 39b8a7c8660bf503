import { BotError } from '../errors';
import type { Partner } from '../graph/cross-tenant-access-policy';
import type { Side, StepContext } from '../plan/types';
import { observeJob } from './job';
import { desiredOf, namesOf } from './step-words';

/** Whether a switch shall be on: always in a set-up, as the subject says in a plan of that switch alone. */
export function isWantedOn({ subject }: Pick<StepContext, 'subject'>): boolean {
  return subject?.type === 'switch' ? subject.isOn : true;
}

/**
 * A switch alone makes no partner entry; a set-up makes it before.
 * @throws BotError `not-found` when there is nothing to switch on
 */
export function requirePartner(context: StepContext, side: Side, partner: Partner | null): void {
  if (partner || context.subject?.type !== 'switch' || !isWantedOn(context)) return;
  const { source, target } = namesOf(context);
  const [own, other] = side === 'source' ? [source, target] : [target, source];
  const { link } = context;
  throw new BotError(
    'not-found',
    `looking for the partner entry for ${other} in ${own}`,
    `Run setup ${link.source.key}>${link.target.key}: it makes the entry first.`,
  );
}

/** What reading the job ends in where the source did not consent to it. */
const unreadable = ['consent-missing', 'permission-missing', 'bad-settings', 'conflict'];

/**
 * Users that the link keeps in the target: what the job counts, else those who are assigned by plans. The count of the
 * job does not go down on deletions (facts 4.5), so it is the most that can be affected.
 */
export async function countSynchronizedUsers(context: StepContext): Promise<number> {
  const assigned = desiredOf(context).assignments.reduce((sum, one) => sum + one.userCount, 0);
  try {
    const { job } = await observeJob(context);
    const users = job?.status?.synchronizedEntryCountByType.find(({ key }) => key === 'User');
    return Math.max(assigned, users?.value ?? 0);
  } catch (error) {
    if (error instanceof BotError && unreadable.includes(error.code)) return assigned;
    throw error;
  }
}
