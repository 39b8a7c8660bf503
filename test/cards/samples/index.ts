import { answerMakers } from './answer-views';
import { auditMakers } from './audit';
import { breakGlassMakers } from './break-glass-views';
import { canaryMakers } from './canary-views';
import { contoso, german, hostile, longest, type Cast } from './cast';
import { diffMakers } from './diff';
import { guideMakers } from './guide-views';
import { linkMakers } from './link-views';
import { logMakers } from './log-views';
import { noticeMakers } from './notices';
import { planMakers } from './plans';
import { powershellMakers } from './powershell';
import { leaverMakers } from './leaver-plans';
import type { Maker, Sample } from './sample';
import { scopeMakers } from './scope-views';
import { scanMakers } from './scan-views';
import { startMakers } from './start-views';
import { undoMakers } from './undo-views';

const variants: readonly { readonly name: string; readonly cast: Cast; readonly count: number }[] = [
  { name: 'typical', cast: contoso, count: 3 },
  { name: 'empty', cast: contoso, count: 0 },
  { name: 'one', cast: contoso, count: 1 },
  { name: 'many', cast: contoso, count: 10_000 },
  { name: 'hostile', cast: hostile, count: 3 },
  { name: 'longest', cast: longest, count: 3 },
  { name: 'german', cast: german, count: 3 },
];

/** How each card is drawn, for tests that bring their own names and counts. */
export const makers: readonly Maker[] = [
  ...startMakers,
  ...linkMakers,
  ...logMakers,
  ...guideMakers,
  ...answerMakers,
  ...planMakers,
  ...powershellMakers,
  ...scopeMakers,
  ...leaverMakers,
  ...diffMakers,
  ...scanMakers,
  ...noticeMakers,
  ...auditMakers,
  ...undoMakers,
  ...breakGlassMakers,
  ...canaryMakers,
];

/** Every card in every variant. */
export const samples: readonly Sample[] = makers.flatMap(({ card, of, draw }) =>
  variants.map((variant) => ({
    card,
    name: of === '' ? variant.name : `${of}-${variant.name}`,
    draw: () => draw(variant.cast, variant.count),
  })),
);
