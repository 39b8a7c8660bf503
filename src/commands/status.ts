import { linksCard } from '../cards/links';
import { statusCard, type StatusView } from '../cards/status';
import { readLinkStatus, type LinkHealth } from '../diagnose/link-status';
import type { Quarantine } from '../diagnose/quarantine';
import { scopeLimit } from '../diagnose/scope';
import type { AdaptiveCard } from '../store/ports';
import type { Link } from '../plan/types';
import type { CommandContext } from './context';
import type { CommandDefinition } from './definition';
import { knownLinks } from './known-links';
import { linkRow } from './link-row';
import { nextCommands } from './next-commands';
import { lookAt } from './look-at';
import { mayOperateLink, mayViewLink } from './standing';
import { operatorsOf } from './words';

export const status: CommandDefinition = {
  name: 'status',
  aliases: ['st'],
  group: 'Look',
  summary: 'State of the job, last and next cycle, counts and quarantine',
  details:
    'Counts come from the provisioning log of the last cycle. Without a link, or with all, every link is listed.',
  arguments: [{ name: 'link', kind: 'link-or-all', isOptional: true }],
  options: [],
  tier: 'R',
  who: 'viewer',
  examples: ({ source, target }) => [`status ${source}>${target}`, 'status all'],
  async run(context) {
    const { link, standing, tenants } = context;
    if (link) return oneStatus(context, link);
    const known = (await knownLinks(context)).links;
    const visible = known.filter((one) => standing !== null && mayViewLink(standing, one));
    if (visible.length === 1 && visible[0]) return oneStatus(context, visible[0]);
    const rows = await Promise.all(visible.map((one) => linkRow(context, one)));
    return linksCard({ links: rows, firstLink: tenants.pairs()[0] ?? null });
  },
};

const states: Readonly<Record<LinkHealth, StatusView['state']>> = {
  'not set up': 'not-set-up',
  'never started': 'never-started',
  'first cycle running': 'running',
  healthy: 'idle',
  failing: 'idle',
  paused: 'paused',
  quarantined: 'quarantined',
  'switched off': 'disabled',
};

async function oneStatus(context: CommandContext, link: Link): Promise<AdaptiveCard> {
  const look = lookAt(context, link);
  const found = await readLinkStatus(look);
  const scope = await look.scope();
  const canChange = context.standing !== null && mayOperateLink(context.standing, link);
  const { lastCycle, quarantine } = found;
  return statusCard({
    link,
    state: states[found.health],
    lastCycle: lastCycle && {
      startedAt: lastCycle.startedAt,
      endedAt: lastCycle.endedAt,
      counts: lastCycle,
    },
    nextCycleAt: found.nextCycleAt,
    intervalMinutes: found.job ? 40 : null,
    assignedUsers: scope.isComplete || scope.users.length < scopeLimit ? scope.users.length : null,
    quarantine: quarantine && quarantineView(quarantine),
    freeze: await context.plans.freezeHolding(link),
    failures: lastCycle?.problems ?? [],
    heldBack: lastCycle?.staged ?? 0,
    progress: found.progress,
    isFirstCycle: found.health === 'first cycle running',
    cycleFailure: found.failure && {
      code: found.failure.code,
      cause: found.failure.cause?.cause ?? null,
      remedy: found.failure.cause?.remedy ?? null,
    },
    next: nextCommands(context, quarantine?.cause?.commands ?? found.failure?.cause?.commands ?? [], {
      link,
      user: null,
    })
      .filter((line) => !line.startsWith(`${status.name} `))
      .slice(0, 2),
    canChange,
    whoMayChange: canChange ? null : operatorsOf(link.source, link.target),
    // The job's times are Graph's: ages are counted from Graph's own time.
    readAt: context.graph.now().toISOString(),
  });
}

function quarantineView(quarantine: Quarantine): StatusView['quarantine'] {
  return {
    reason: quarantine.reason,
    since: quarantine.since,
    nextAttemptAt: quarantine.nextAttempt,
    disabledAt: quarantine.disabledAt,
    cause: quarantine.cause?.cause ?? null,
    said: quarantine.said,
    remedy:
      quarantine.cause?.remedy ??
      'Find the reason before anything is restarted: this one is not in the catalogue.',
  };
}
