import { BotError } from '../errors';
import { listPhoneMethods, type PhoneMethod } from '../graph/authentication-methods';
import { readSignInMethods } from '../graph/sign-in-methods';
import type { Link, PlanRecord } from '../plan/types';
import type { CommandContext } from './context';
import { mayView } from './standing';

/** Plans of a link that are searched for what they changed about one user. */
const plansSearched = 100;
const plansShown = 2;

/**
 * How a user signs in at home now, and what plans changed about it, before and after. Numbers are masked; people of the
 * target alone are told nothing.
 */
export async function signInLines(
  context: CommandContext,
  link: Link,
  userId: string,
): Promise<readonly string[]> {
  if (!context.standing || !mayView(context.standing, link.source)) return [];
  const graph = context.graph.read(link.source.tenantId);
  const [phones, others, changed] = await Promise.all([
    orMissing(async () => phoneLines(await listPhoneMethods(graph, userId))),
    orMissing(async () => {
      const methods = await readSignInMethods(graph, userId);
      const all = [...methods.others, ...(methods.hasPassword ? ['password'] : [])];
      return [`Besides phones: ${all.length === 0 ? 'nothing' : all.join(', ')}.`];
    }),
    changedLines(context, link, userId),
  ]);
  return [
    ...(phones ?? [`Phones could not be read: run connect ${link.source.key} (Read).`]),
    ...(others ?? [`Other methods could not be read: run connect ${link.source.key} (Phone fix).`]),
    ...changed,
  ];
}

function phoneLines(phones: readonly PhoneMethod[]): readonly string[] {
  if (phones.length === 0) return ['No phone is registered.'];
  return phones.map(({ phoneType, maskedNumber, smsSignInState }) => {
    const isReady = smsSignInState?.toLowerCase() === 'ready';
    const state =
      smsSignInState === null ? '' : `: SMS sign-in ${isReady ? 'on' : 'off'} (${smsSignInState})`;
    const skipped = isReady ? ', so synchronization skips the user' : '';
    return `${phoneType ?? 'phone'} ${maskedNumber ?? ''}${state}${skipped}.`;
  });
}

/** Before and after, as the newest plans about this user's phones said. */
async function changedLines(context: CommandContext, link: Link, userId: string): Promise<readonly string[]> {
  const { plans } = await context.plans.listRecent({ link, tenantIds: [] }, plansSearched);
  const about = plans.filter(
    ({ state, content: { kind, subject } }) =>
      state === 'applied' &&
      (kind === 'fix-sms' || kind === 'phone-remove') &&
      subject?.type === 'user' &&
      subject.userId === userId,
  );
  return about.slice(0, plansShown).map(changedLine);
}

function changedLine({ id, content }: PlanRecord): string {
  const fields = content.steps[0]?.changes[0]?.fields ?? [];
  const words = fields.map(({ field, before, after }) => `${field} ${String(before)} → ${String(after)}`);
  return `${id} changed: ${words.join('; ')}.`;
}

async function orMissing<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    const isMissing =
      error instanceof BotError &&
      ['consent-missing', 'permission-missing', 'bad-settings'].includes(error.code);
    if (isMissing) return null;
    throw error;
  }
}
