import { deletionGuardOf } from '../diagnose/deletion-guard';
import type { ResetScope } from '../graph/synchronization-jobs';
import { errorCard } from '../cards/error';
import { BotError } from '../errors';
import type { AdaptiveCard } from '../store/ports';
import type { Link } from '../plan/types';
import type { CommandContext } from './context';
import type { CommandDefinition } from './definition';
import { draftPlan } from './draft';
import { faultyText, runnable } from './help-views';
import { lookAt } from './look-at';
import { linkName } from './tenant-names';

/** `full` is what the admin center's own restart does; `Full` of Graph is never sent: it forces deletions (facts 4.4). */
const scopes: Readonly<Record<'light' | 'full', readonly ResetScope[]>> = {
  light: ['QuarantineState', 'Watermark'],
  full: ['QuarantineState', 'Watermark', 'Escrows'],
};

export const restart: CommandDefinition = {
  name: 'restart',
  aliases: [],
  group: 'Change',
  summary: 'Evaluate everybody again, and lift a quarantine',
  details:
    'A running job needs no restart to pick up changes: each cycle does. Use it after a cause of many failures or of a quarantine is gone. --light keeps the retries of failures, --full forgets them, as the restart of the Entra admin center does. Neither lets staged deletions run; it is refused while as many are held back as the deletion guard allows. A paused job is switched on again.',
  arguments: [{ name: 'link', kind: 'link' }],
  options: [
    { name: 'light', summary: 'keep the retries of failures (the default)', value: { type: 'flag' } },
    { name: 'full', summary: 'forget failures and their retries too', value: { type: 'flag' } },
  ],
  tier: 'T2',
  who: 'operator',
  examples: ({ source, target }) => [
    `restart ${source}>${target} --light`,
    `restart ${source}>${target} --full`,
  ],
  async run(context, { options }) {
    const { link, plans } = context;
    if (!link) throw new Error('restart needs a link');
    if (options['light'] && options['full']) {
      return faultyText(
        `restart ${linkName(link)} --light --full`,
        restart,
        'Choose one: --light or --full.',
      );
    }
    const depth = options['full'] ? 'full' : 'light';
    return refusing(context, link, async () =>
      draftPlan(context, link, {
        kind: 'restart',
        desired: await plans.currentDesired(link),
        subject: {
          type: 'restart',
          command: `restart ${linkName(link)} --${depth}`,
          displayName: '',
          resetScope: scopes[depth],
          deletionGuard: await guardOf(context, link),
        },
      }),
    );
  },
};

/** Where there is nothing to restart, or deletions are held back: what to do instead, as buttons. */
async function refusing(
  { commands }: CommandContext,
  link: Link,
  draft: () => Promise<AdaptiveCard>,
): Promise<AdaptiveCard> {
  try {
    return await draft();
  } catch (error) {
    if (!(error instanceof BotError) || !['not-allowed', 'not-found'].includes(error.code)) throw error;
    const { code, doing, remedy } = error;
    const name = linkName(link);
    const lines = [`logs ${name} --code StagedDelete`, `setup ${name}`, `start ${name}`, `status ${name}`];
    const named = lines.filter((line) => remedy.includes(line) || line.startsWith('status'));
    return errorCard({ code, doing, remedy, retryCommand: null, suggestions: runnable(named, commands) });
  }
}

/** As it stands now; what cannot be read counts as one, so that nothing staged is let through. */
async function guardOf(context: CommandContext, link: Link): Promise<number | null> {
  const look = lookAt(context, link);
  const configuration = await look.configuration();
  const guard = deletionGuardOf(configuration?.secrets ?? null, await look.job());
  return guard === 'unreadable' ? 1 : guard.limit;
}
