import { BotError } from '../errors';
import type { OpenImage } from '../steps/undo/phone-return-step';
import { findChangeRun } from '../store/change-runs';
import type { Store } from '../store/db';
import type { Sealer } from '../store/seal';

/** Opens what the before-image of a change keeps encrypted, named `PL-0031/0/0`. */
export function imageOpener({
  store,
  sealer,
}: {
  readonly store: Store;
  readonly sealer?: Sealer;
}): OpenImage {
  return async (image) => {
    const [planId = '', stepIndex, changeIndex] = image.split('/');
    const row = await findChangeRun(store.db, {
      planId,
      stepIndex: Number(stepIndex),
      changeIndex: Number(changeIndex),
    });
    if (!row?.sealed) {
      throw new BotError(
        'not-found',
        'opening a kept phone number',
        'Let the user register the phone again: numbers are kept for 30 days.',
      );
    }
    if (!sealer) throw new BotError('bad-settings', 'opening a kept phone number', 'Set BEFORE_IMAGE_KEYS.');
    return sealer.open(row.sealed, image);
  };
}
