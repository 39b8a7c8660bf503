import { guideStepCard, type GuideItem } from '../cards/guide-step';
import { guide } from '../diagnose/guide';
import type { Link } from '../plan/types';
import type { CommandContext } from './context';
import type { CommandDefinition } from './definition';
import { guideItems, type StepNumber } from './guide-items';
import { knownLinks } from './known-links';
import { lookAt } from './look-at';
import { nextCommands } from './next-commands';
import { notFound } from './not-found-views';
import { mayOperateLink, mayViewLink } from './standing';

/** A button of a step: shown when something is open, when all is done, or always. */
interface NextCommand {
  readonly title: string;
  readonly command: string;
  readonly when: 'open' | 'done' | 'always';
}

const next: Readonly<Record<StepNumber, readonly NextCommand[]>> = {
  1: [
    { title: 'Connect the source', command: 'connect {source}', when: 'open' },
    { title: 'Connect the target', command: 'connect {target}', when: 'open' },
    { title: 'Check link', command: 'check {link}', when: 'done' },
  ],
  2: [
    { title: 'Plan setup', command: 'setup {link}', when: 'open' },
    { title: 'Show policy', command: 'policy {link}', when: 'always' },
  ],
  3: [
    { title: 'Scan for SMS sign-in', command: 'scan sms {link}', when: 'always' },
    { title: 'Check link', command: 'check {link}', when: 'always' },
  ],
  4: [
    { title: 'Plan setup', command: 'setup {link}', when: 'open' },
    { title: 'Show scope', command: 'scope {link}', when: 'done' },
    { title: 'Show mapping', command: 'map {link}', when: 'done' },
    { title: 'Show status', command: 'status {link}', when: 'always' },
  ],
  5: [
    { title: 'Show log', command: 'logs {link}', when: 'done' },
    { title: 'Show status', command: 'status {link}', when: 'always' },
  ],
};

export const step1 = guideStep(1, 'What is done of step 1: connect both tenants');
export const step2 = guideStep(2, 'What is done of step 2: the access policy');
export const step3 = guideStep(3, 'What is done of step 3: conflicting identities');
export const step4 = guideStep(4, 'What is done of step 4: the configuration');
export const step5 = guideStep(5, 'What is done of step 5: test and verify');

/** One command for each step of the guide: its card says what is missing and leads on by buttons. */
function guideStep(number: StepNumber, summary: string): CommandDefinition {
  return {
    name: `step${number}`,
    aliases: [],
    group: 'Start',
    summary,
    details:
      'For those who know the guide of five steps in PowerShell: what of this step is done, what is missing, the next command as a button, and what of the guide no longer works. Reads only. Without a link the first one is taken.',
    arguments: [{ name: 'link', kind: 'link', isOptional: true }],
    options: [],
    tier: 'R',
    who: 'viewer',
    examples: ({ source, target }) => [`step${number} ${source}>${target}`, `step${number}`],
    async run(context) {
      const link = context.link ?? (await firstLink(context));
      if (!link) return notFound('looking for a link to go through', 'Name it: source>target.', ['links']);
      return stepCard(context, link, number);
    },
  };
}

async function stepCard(context: CommandContext, link: Link, number: StepNumber) {
  const step = guide.find((one) => one.number === number);
  if (!step) throw new Error(`the guide has no step ${number}`);
  const items = await guideItems(lookAt(context, link), number);
  return guideStepCard({
    number,
    title: step.title,
    about: step.about,
    link,
    items,
    guide: step.lines,
    next: nextOf(context, link, number, items),
    canTry: number === 5 && canTry(context, link, items),
    readAt: context.graph.now().toISOString(),
  });
}

function nextOf(context: CommandContext, link: Link, number: StepNumber, items: readonly GuideItem[]) {
  const isOpen = items.some(({ state }) => state === 'missing');
  const job = items.find(({ title }) => title === 'Job');
  const start: readonly NextCommand[] =
    number === 5 && job?.state === 'missing' && job.current !== 'there is none'
      ? [{ title: 'Start sync', command: 'start {link}', when: 'always' }]
      : [];
  return [...start, ...next[number]]
    .filter((one) => one.when === 'always' || (one.when === 'open') === isOpen)
    .filter(({ command }) => concerns(command, link, items))
    .flatMap(({ title, command }) => {
      const line = command.replace('{source}', link.source.key).replace('{target}', link.target.key);
      return nextCommands(context, [line], { link, user: null }).map((ready) => ({ title, command: ready }));
    });
}

/** A tenant where nothing is missing needs no consent again. */
function concerns(command: string, { source, target }: Link, items: readonly GuideItem[]): boolean {
  const side = { 'connect {source}': source, 'connect {target}': target }[command];
  return (
    side === undefined ||
    items.some(({ state, title }) => state === 'missing' && title.includes(`, ${side.displayName} (`))
  );
}

function canTry({ standing }: CommandContext, link: Link, items: readonly GuideItem[]): boolean {
  const hasJob = items.every(({ title, current }) => title !== 'Job' || current !== 'there is none');
  return hasJob && standing !== null && mayOperateLink(standing, link);
}

/** The first link that exists and that this person may see, else the first pair of tenants. */
async function firstLink(context: CommandContext): Promise<Link | undefined> {
  const { standing, tenants } = context;
  const { links } = await knownLinks(context);
  return [...links, ...tenants.pairs()].find((link) => standing !== null && mayViewLink(standing, link));
}
