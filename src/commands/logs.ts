import { logsCard, type LogCauseView } from '../cards/logs';
import { momentOf } from '../diagnose/log-period';
import type { LogGroup } from '../diagnose/log-causes';
import { readLog } from '../diagnose/read-log';
import { findUser, isObjectId, type User } from '../graph/users';
import type { Link } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import { whereWords } from './cause-words';
import type { CommandContext } from './context';
import type { CommandDefinition } from './definition';
import { faultyText } from './help-views';
import { lookAt } from './look-at';
import { nextCommands } from './next-commands';
import { unknownUser } from './not-found-views';
import { linkName } from './tenant-names';

export const logs: CommandDefinition = {
  name: 'logs',
  aliases: ['log'],
  group: 'Look',
  summary: 'The provisioning log grouped by cause, with what to do next',
  details:
    'Reads the last 24 hours, or since a moment: 90m, 24h, 7d, a date like 2026-11-20. With a user or a code only the rows about it. Microsoft keeps this log 30 days, 7 without Entra ID P1; at most the newest 2,000 events are read.',
  arguments: [
    { name: 'link', kind: 'link' },
    { name: 'user', kind: 'user', isOptional: true },
  ],
  options: [
    { name: 'code', summary: 'only events with this code', value: { type: 'text', placeholder: 'code' } },
    { name: 'since', summary: 'how far back', value: { type: 'text', placeholder: '24h|7d|date' } },
  ],
  tier: 'R',
  who: 'viewer',
  examples: ({ source, target }) => [
    `logs ${source}>${target}`,
    `logs ${source}>${target} user@domain --since 7d`,
    `logs ${source}>${target} --code RedundantExport`,
  ],
  async run(context, { words, options }) {
    const { link } = context;
    if (!link) throw new Error('logs needs a link');
    const since = options['since'] ?? '24h';
    const now = context.graph.now();
    const moment = momentOf(since, now);
    if (moment === null || moment > now) {
      const fault = moment === null ? 'is not understood' : 'lies in the future';
      return faultyText(
        lineOf(link, words['user'], options),
        logs,
        `--since ${short(since)} ${fault}: write 24h, 7d or a date like 2026-11-20.`,
      );
    }
    const typed = words['user'];
    const who = typed === undefined ? null : await userOf(context, link, typed);
    if (who && 'card' in who) return who.card;
    return logCard(context, link, {
      moment,
      who,
      code: options['code'] ?? null,
      line: lineOf(link, typed, options),
    });
  },
};

interface Who {
  readonly id: string;
  readonly name: string;
}

/** A deleted user has a log too: an object id is taken as it is. */
async function userOf(
  { graph }: CommandContext,
  link: Link,
  typed: string,
): Promise<Who | { readonly card: AdaptiveCard }> {
  const found = await findUser(graph.read(link.source.tenantId), typed);
  if (found.outcome === 'found') return { id: found.user.id, name: nameOf(found.user) };
  if (isObjectId(typed)) return { id: typed, name: typed };
  return { card: unknownUser(typed, found, link.source, (name) => `logs ${linkName(link)} ${name}`) };
}

interface LogQuestion {
  readonly moment: Date;
  readonly who: Who | null;
  readonly code: string | null;
  /** The same question again, as it is typed. */
  readonly line: string;
}

async function logCard(
  context: CommandContext,
  link: Link,
  { moment, who, code, line }: LogQuestion,
): Promise<AdaptiveCard> {
  const now = context.graph.now();
  const found = await readLog(lookAt(context, link), { moment, userId: who?.id ?? null, code }, now);
  return logsCard({
    link,
    user: who?.name ?? null,
    code,
    rows: found?.rows ?? 0,
    succeeded: found?.succeeded ?? 0,
    unchanged: found?.unchanged ?? 0,
    causes: (found?.groups ?? []).map((group) => causeView(context, link, group)),
    since: found?.period.after ?? moment.toISOString(),
    retentionDays: found?.period.retentionDays ?? 30,
    isCut: found?.period.isCut ?? false,
    isComplete: found?.isComplete ?? true,
    oldestAt: found?.oldestAt ?? null,
    hasJob: found !== null,
    again: line,
    readAt: now.toISOString(),
  });
}

const sampleSize = 3;

function causeView(context: CommandContext, link: Link, group: LogGroup): LogCauseView {
  const { cause, code, clause } = group;
  const first = group.users[0];
  const user = group.users.length === 1 ? (first?.userPrincipalName ?? first?.id ?? null) : null;
  return {
    cause: cause?.cause ?? null,
    where: cause && whereWords(cause.side, link),
    remedy: cause?.remedy ?? null,
    code,
    said: cause === null || cause.name === 'own-filter' ? (clause ?? group.text) : null,
    failed: group.failed,
    skipped: group.skipped,
    staged: group.staged,
    userCount: group.users.length,
    users: group.users.slice(0, sampleSize).map(({ name }) => name),
    lastAt: group.lastAt,
    command: nextCommands(context, cause?.commands ?? [], { link, user })[0] ?? null,
  };
}

function lineOf(link: Link, user: string | undefined, options: Readonly<Record<string, string>>): string {
  const given = Object.entries(options).map(([name, value]) => `--${name} "${value.replaceAll('"', '')}"`);
  return [
    'logs',
    linkName(link),
    ...(user === undefined ? [] : [`"${user.replaceAll('"', '')}"`]),
    ...given,
  ].join(' ');
}

function nameOf({ displayName, userPrincipalName, id }: User): string {
  return displayName ?? userPrincipalName ?? id;
}

function short(text: string): string {
  return text.length > 32 ? `${text.slice(0, 32)}…` : text;
}
