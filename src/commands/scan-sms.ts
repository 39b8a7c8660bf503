import { emptyCard } from '../cards/empty';
import { scanCard } from '../cards/scan';
import { workingCard } from '../cards/working';
import { readScope } from '../diagnose/scope';
import { isExternal } from '../graph/directory';
import { phoneBatchSize } from '../graph/authentication-methods';
import { listMembers } from '../graph/users';
import type { Link } from '../plan/types';
import { scanSms as scan, type ScannedUser, type ScanProgress, type SmsScan } from '../scans';
import type { AdaptiveCard } from '../store/ports';
import type { RunningScan } from '../store/scans';
import type { CommandContext } from './context';
import type { CommandDefinition } from './definition';
import { lookAt } from './look-at';
import type { LastScan } from './scan-desk';
import { mayOperateLink, mayView, type Known } from './standing';
import { linkName } from './tenant-names';
import { operatorsOf } from './words';

/** Users of a scope that one scan looks at. */
const userLimit = 10_000;

export const scanSms: CommandDefinition = {
  name: 'scan sms',
  aliases: [],
  group: 'Look',
  summary: 'Find users whom SMS sign-in keeps out',
  details:
    'Looks at the users in scope, or at all members while nobody is assigned. Leaves out whom the SMS method policy or the registration report rules out and asks Microsoft Graph about the rest: about two seconds each. Changes nothing.',
  arguments: [{ name: 'link', kind: 'link' }],
  options: [
    {
      name: 'page',
      summary: 'A page of the last result, without scanning again',
      value: { type: 'number', least: 1, most: 9999 },
    },
    { name: 'more', summary: 'Go on where a long scan stopped', value: { type: 'flag' } },
  ],
  tier: 'R',
  who: 'viewer',
  examples: ({ source, target }) => [`scan sms ${source}>${target}`, `scan sms ${source}>${target} --page 2`],
  async run(context, { options }) {
    const { link, scans } = context;
    if (!link) throw new Error('scan sms needs a link');
    const last = await scans.findLast(link);
    if (options['page'] !== undefined) return page(context, link, last, Number(options['page']));
    const previous = options['more'] === 'true' && last?.scan.lastAskedId ? last.scan : null;
    const started = context.now.toISOString();
    const person = context.standing?.person ?? context.person;
    const found = await scans.run(link, person, (note) =>
      search(context, link, previous, async (progress) => {
        await note(progress);
        await context.showProgress(() => progressCard(link, progress, started));
      }),
    );
    return 'running' in found ? runningCard(link, found.running) : resultCard(context, link, found, null);
  },
};

async function search(
  context: CommandContext,
  link: Link,
  previous: SmsScan | null,
  onProgress: (progress: ScanProgress) => Promise<void>,
): Promise<SmsScan> {
  const graph = context.graph.read(link.source.tenantId);
  const { users, ...scope } = await scopeOf(context, link);
  return scan({ graph, scope: { ...scope, users: users.length }, users, previous, onProgress });
}

/** Those assigned; before anybody is, all internal members of the source. */
async function scopeOf(context: CommandContext, link: Link) {
  const look = lookAt(context, link);
  const assignments = await look.assignments();
  if (assignments.length > 0) {
    const { users, isComplete } = await readScope(look.source, assignments, userLimit);
    return { kind: 'assigned' as const, isComplete, users };
  }
  const { items, isComplete } = await listMembers(look.source, userLimit);
  const users: ScannedUser[] = items
    .filter((user) => !isExternal(user))
    .map(({ id, displayName }) => ({ id, name: displayName ?? id }));
  return { kind: 'everybody' as const, isComplete, users };
}

async function page(
  context: CommandContext,
  link: Link,
  last: LastScan | undefined,
  wanted: number,
): Promise<AdaptiveCard> {
  const running = await context.scans.findRunning(link);
  if (running) return runningCard(link, running);
  if (last) return resultCard(context, link, last, wanted);
  return emptyCard({
    title: 'Scan for SMS sign-in',
    sentence: `${link.source.displayName} → ${link.target.displayName} was not scanned yet.`,
    nextStep: 'Scan it first: the pages show the last result.',
    suggestions: [`scan sms ${linkName(link)}`],
  });
}

function resultCard(
  { incoming, standing, now }: CommandContext,
  link: Link,
  { scan: result, scannedAt }: LastScan,
  wanted: number | null,
): AdaptiveCard {
  const canPlan = standing !== null && mayOperateLink(standing, link);
  return scanCard({
    link,
    scan: result,
    scannedAt,
    now: new Date(Math.max(now.getTime(), Date.parse(scannedAt))),
    page: wanted,
    whyNoNames: whyNoNames(incoming.conversation.kind === 'personal', standing, link),
    canPlan,
    whoMayPlan: canPlan || result.findings.length === 0 ? null : operatorsOf(link.source, link.target),
  });
}

/** Who signs in how is nobody's business outside the source, nor in a channel. */
function whyNoNames(isPersonal: boolean, standing: Known | null, { source }: Link): string | null {
  if (standing === null || !mayView(standing, source)) {
    return `Names are shown to administrators and readers of ${source.displayName} only.`;
  }
  return isPersonal ? null : 'Names are shown in your chat with me.';
}

/** Seconds for one batch of questions (facts 7.2). */
const batchSeconds = 10.3;

function progressCard(link: Link, { done, total, found }: ScanProgress, since: string): AdaptiveCard {
  const minutes = Math.ceil((((total - done) / phoneBatchSize) * batchSeconds) / 60);
  return workingCard({
    title: `Scanning ${link.source.displayName} → ${link.target.displayName} for SMS sign-in`,
    sentence: `${found} found so far. About ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} left: Microsoft Graph lets me ask about five users in ten seconds.`,
    progress: { done, total },
    since,
  });
}

function runningCard(link: Link, { done, total }: RunningScan): AdaptiveCard {
  const line = `scan sms ${linkName(link)} --page 1`;
  return emptyCard({
    title: 'Scan for SMS sign-in',
    sentence: `${link.source.displayName} → ${link.target.displayName} is being scanned already.`,
    nextStep: `${done.toLocaleString('en-GB')} of ${total.toLocaleString('en-GB')} users asked. Look again when it is done.`,
    suggestions: [{ title: 'Look again', command: line }],
  });
}
