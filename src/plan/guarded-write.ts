import { BotError } from '../errors';
import type { GraphWrite } from '../graph/client';
import { operations } from '../graph/operations';
import type { Change } from './types';

/**
 * The write door for one approved change: only its resource may be written (I26), and each request carries the
 * id that the intent row names (I22) and is kept back by what `beforeSend` throws. A step may look first and then create or update; it may not leave its resource.
 */
export function guardWrite(
  write: GraphWrite,
  change: Change,
  clientRequestId: string,
  beforeSend: () => void,
): GraphWrite {
  const guarded = Object.create(write) as GraphWrite;
  guarded.send = async (operation, options) => {
    const isRead = operations[operation].effect === 'read';
    if (!isRead && resourceOf(operation) !== resourceOf(change.operation)) {
      throw new BotError(
        'egress-refused',
        `sending ${operation} for an approval of ${change.operation}`,
        'Plan it anew.',
      );
    }
    return write.send(operation, { clientRequestId, beforeSend, ...options });
  };
  return guarded;
}

/** `partners` of `partners.create`. */
function resourceOf(operation: string): string {
  return operation.slice(0, operation.indexOf('.'));
}
