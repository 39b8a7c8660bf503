import { Halt, type PlannedChange, type Run } from './run';

/** What a kept secret belongs to: it opens for nothing else. */
export function imageName(
  planId: string,
  at: { readonly stepIndex: number; readonly changeIndex: number },
): string {
  return `${planId}/${at.stepIndex}/${at.changeIndex}`;
}

/**
 * What the before-image keeps encrypted; `null` when the step has nothing of the kind.
 * @throws Halt when it could not be kept: then nothing is written
 */
export async function sealedImage(run: Run, at: PlannedChange): Promise<string | null> {
  const clear = (await at.step.secretImage?.(run.context)) ?? null;
  if (clear === null) return null;
  const { sealer } = run.ports;
  if (sealer) return sealer.seal(clear, imageName(run.lease.planId, at));
  throw new Halt({
    to: 'failed',
    code: 'bad-settings',
    text: `What "${at.change.title}" deletes could not be kept: there is no key to encrypt it. Nothing was written.`,
    remedy: 'Set BEFORE_IMAGE_KEYS, then plan it anew.',
  });
}
