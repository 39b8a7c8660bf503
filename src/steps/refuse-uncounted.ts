import { mostMembers, type Members } from '../engine/members';
import { BotError } from '../errors';

/** Nobody is taken out of a scope that cannot be read to its end: who leaves could not be told. @throws BotError */
export function refuseUncounted({ isComplete }: Members): void {
  if (isComplete) return;
  throw new BotError(
    'conflict',
    `listing who would leave a scope of more than ${mostMembers} users`,
    'Take the users out in smaller groups.',
  );
}
