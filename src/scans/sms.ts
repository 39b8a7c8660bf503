import { BotError } from '../errors';
import {
  hasSmsSignIn,
  mobilePhoneMethodId,
  phoneBatchSize,
  readPhonesOf,
  type PhoneMethod,
} from '../graph/authentication-methods';
import type { GraphRead } from '../graph/client';
import { listMobileRegistrations, type Registration } from '../graph/registration-report';
import { readUsersOf } from '../graph/users';
import { classOf } from './sms-class';
import { readSmsReach } from './sms-policy';
import { reasonOf } from './unread';
import type { ScannedUser, ScanProgress, SmsFinding, SmsScan, Source } from './types';

/** Users asked in one run: about two seconds each (facts 7.2), so half an hour. */
export const mostAsked = 1_000;
const registrationLimit = 50_000;

export interface SmsScanRequest {
  readonly graph: GraphRead;
  readonly scope: SmsScan['scope'];
  readonly users: readonly ScannedUser[];
  /** A scan that was cut at `mostAsked`: this one goes on where it stopped. */
  readonly previous?: SmsScan | null;
  readonly limit?: number;
  readonly onProgress: (progress: ScanProgress) => Promise<void>;
}

/**
 * Who of these users signs in by SMS, and is therefore skipped by synchronization (facts 5). Asks as few users as it
 * can: first whom the method policy lets, then who has a mobile phone by the report, then each of the rest.
 */
export async function scanSms(request: SmsScanRequest): Promise<SmsScan> {
  const { graph, users, scope, previous = null, limit = mostAsked } = request;
  const reach = await readSmsReach(graph);
  const allowed =
    reach.outcome === 'read' && reach.isAllowed ? users.filter(({ id }) => reach.isAllowed?.(id)) : users;
  const report = allowed.length === 0 ? readNothing : await readReport(graph);
  const isRegistered = ({ id }: ScannedUser) =>
    report.outcome === 'unread' || report.byId.has(id.toLowerCase());
  const candidates = allowed.filter(isRegistered).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const from = previous?.lastAskedId ?? '';
  const open = candidates.filter(({ id }) => id > from);
  const now = open.slice(0, limit);
  const asked = await ask(request, now, candidates.length - open.length, candidates.length, report);
  const notAsked = open.length - now.length;
  return {
    scope,
    policy:
      reach.outcome === 'read'
        ? { outcome: 'read', targets: reach.targets, excluded: users.length - allowed.length }
        : reach,
    report:
      report.outcome === 'read'
        ? { outcome: 'read', excluded: allowed.length - candidates.length }
        : { outcome: 'unread', reason: report.reason },
    asked: (previous?.asked ?? 0) + now.length,
    unread: (previous?.unread ?? 0) + asked.unread,
    off: (previous?.off ?? 0) + asked.off,
    notAsked,
    lastAskedId: notAsked > 0 ? (now.at(-1)?.id ?? null) : null,
    findings: inOrder([...(previous?.findings ?? []), ...(await named(graph, asked.findings))]),
  };
}

type Report = Source<{ readonly byId: ReadonlyMap<string, Registration> }>;

const readNothing: Report = { outcome: 'read', byId: new Map() };

async function readReport(graph: GraphRead): Promise<Report> {
  try {
    const { items, isComplete } = await listMobileRegistrations(graph, registrationLimit);
    if (!isComplete) return { outcome: 'unread', reason: 'it is too long' };
    return { outcome: 'read', byId: new Map(items.map((row) => [row.id.toLowerCase(), row])) };
  } catch (error) {
    if (!(error instanceof BotError)) throw error;
    return { outcome: 'unread', reason: reasonOf(error) };
  }
}

interface Asked {
  readonly findings: SmsFinding[];
  unread: number;
  off: number;
}

async function ask(
  { graph, onProgress }: SmsScanRequest,
  users: readonly ScannedUser[],
  before: number,
  total: number,
  report: Report,
): Promise<Asked> {
  const asked: Asked = { findings: [], unread: 0, off: 0 };
  const registrations = report.outcome === 'read' ? report.byId : null;
  for (let start = 0; start < users.length; start += phoneBatchSize) {
    await onProgress({ done: before + start, total, found: asked.findings.length });
    const some = users.slice(start, start + phoneBatchSize);
    const phones = await readPhonesOf(
      graph,
      some.map(({ id }) => id),
    );
    for (const [index, user] of some.entries()) {
      const found = phones[index] ?? null;
      if (found === null) asked.unread += 1;
      else await note(graph, asked, user, found, registrations);
    }
  }
  return asked;
}

async function note(
  graph: GraphRead,
  asked: Asked,
  user: ScannedUser,
  phones: readonly PhoneMethod[],
  registrations: ReadonlyMap<string, Registration> | null,
): Promise<void> {
  const mobile = phones.find(({ id }) => id === mobilePhoneMethodId);
  const state = mobile?.smsSignInState ?? '';
  if (!hasSmsSignIn(phones) && offStates.has(state.toLowerCase())) {
    asked.off += 1;
    return;
  }
  asked.findings.push({
    userId: user.id,
    displayName: user.name,
    userPrincipalName: null,
    class: await classOf(graph, user.id, state, registrations?.get(user.id.toLowerCase()) ?? null),
    state,
    maskedNumber: mobile?.maskedNumber ?? null,
  });
}

/** States in which nothing stands in the way (facts 5.2). */
const offStates = new Set(['', 'notsupported', 'notallowedbypolicy', 'notenabled', 'notconfigured']);

async function named(graph: GraphRead, findings: readonly SmsFinding[]): Promise<readonly SmsFinding[]> {
  const users = await readUsersOf(
    graph,
    findings.map(({ userId }) => userId),
  );
  const byId = new Map(users.map((user) => [user.id.toLowerCase(), user]));
  return findings.map((finding) => {
    const user = byId.get(finding.userId.toLowerCase());
    return {
      ...finding,
      displayName: user?.displayName ?? finding.displayName,
      userPrincipalName: user?.userPrincipalName ?? null,
    };
  });
}

const order: readonly SmsFinding['class'][] = [
  'locked-out',
  'administrator',
  'unclear',
  'safe',
  'not-unique',
  'other',
];

function inOrder(findings: readonly SmsFinding[]): readonly SmsFinding[] {
  const rank = (finding: SmsFinding) => order.indexOf(finding.class);
  return findings.toSorted(
    (a, b) =>
      rank(a) - rank(b) || a.displayName.localeCompare(b.displayName, 'en') || (a.userId < b.userId ? -1 : 1),
  );
}
