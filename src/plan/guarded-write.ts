import { BotError } from '../errors';
import type { GraphWrite } from '../graph/client';
import { operations } from '../graph/operations';
import type { Change } from './types';

/**
 * The write door for one approved change: only its resource may be written (I26), each request carries the id that
 * the intent row names (I22), and none leaves when `beforeSend` throws (I24). A step may look first and then create or
 * update; it may not leave its resource.
 */
export function guardWrite(
  write: GraphWrite,
  change: Change,
  { clientRequestId, beforeSend }: { readonly clientRequestId: string; readonly beforeSend: () => void },
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
    return write.send(operation, { clientRequestId, ...options, beforeSend });
  };
  return guarded;
}

/** `partners` of `partners.create`. */
function resourceOf(operation: string): string {
  return operation.slice(0, operation.indexOf('.'));
}
