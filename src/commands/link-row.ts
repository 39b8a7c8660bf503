import type { LinksView } from '../cards/links';
import { readLinkStatus, type LinkHealth, type LinkStatus } from '../diagnose/link-status';
import { BotError } from '../errors';
import type { Link } from '../plan/types';
import type { CommandContext } from './context';
import { lookAt } from './look-at';

const colours: Readonly<Record<LinkHealth, LinksView['links'][number]['health']>> = {
  'not set up': 'none',
  'never started': 'none',
  'first cycle running': 'good',
  healthy: 'good',
  paused: 'warning',
  failing: 'attention',
  quarantined: 'attention',
  'switched off': 'attention',
};

/** One link of a list; what could not be read is said and not guessed. */
export async function linkRow(
  context: Pick<CommandContext, 'graph'>,
  link: Link,
): Promise<LinksView['links'][number]> {
  try {
    const status = await readLinkStatus(lookAt(context, link));
    return { link, state: status.health, health: colours[status.health], detail: detailOf(status) };
  } catch (error) {
    if (!(error instanceof BotError)) throw error;
    return { link, state: 'not readable', health: 'none', detail: `${error.remedy}` };
  }
}

function detailOf({ lastCycle, quarantine, assignmentCount }: LinkStatus): string {
  if (quarantine) return quarantine.cause?.cause ?? `Reason: ${quarantine.reason}.`;
  if (!lastCycle) return `${assignmentCount} assigned. No cycle has ended yet.`;
  const { created, updated, deleted, skipped, failed } = lastCycle;
  return `Last cycle: ${created} created, ${updated} updated, ${deleted} deleted, ${skipped} skipped, ${failed} failed.`;
}
