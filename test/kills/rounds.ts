import type { PlanRecord } from '../../src/plan/types';
import {
  cardButtons,
  cardInputs,
  cardText,
  conversationOf,
  type PostedCard,
  type WorldPerson,
} from '../helpers/teams-client';
import type { Replica } from './replica';
import type { Stage } from './stage';

const ended: readonly PlanRecord['state'][] = [
  'applied',
  'failed',
  'stale',
  'needs-attention',
  'rejected',
  'withdrawn',
  'expired',
];

/** The newest card of a person about a plan that has a button with this title. */
export function cardWith(
  stage: Stage,
  key: string,
  planId: string,
  title: RegExp,
  timeoutMs = 40_000,
): Promise<PostedCard> {
  const chat = conversationOf(stage.person(key));
  return stage.client.waitFor(
    ({ conversationId, card }) =>
      conversationId === chat &&
      cardText(card).includes(planId) &&
      cardButtons(card).some((button) => title.test(button.title)),
    `a card of ${planId} with ${title} for ${key}`,
    timeoutMs,
  );
}

/** What a person sends by pressing a button with every input filled, as often as it is called. */
export function presser(
  stage: Stage,
  person: WorldPerson,
  posted: PostedCard,
  title: RegExp,
): (bot: Replica) => Promise<{ status: number; body: unknown }> {
  const button = cardButtons(posted.card).find((one) => title.test(one.title));
  if (!button) throw new Error(`no button ${title} on:\n${cardText(posted.card)}`);
  const inputs = Object.fromEntries(cardInputs(posted.card).map((id) => [id, 'for the pilot']));
  return (bot) => {
    stage.client.botUrl = bot.url; // read before the first wait, so each press goes where it should
    return stage.client.pressRaw(person, posted, button.verb ?? '', { ...button.data, ...inputs });
  };
}

/** Types a line to one of the replicas. */
export function say(
  stage: Stage,
  bot: Replica,
  key: string,
  words: string,
): Promise<{ status: number; body: unknown }> {
  stage.client.botUrl = bot.url;
  return stage.client.say(stage.person(key), words);
}

/** Drafts and submits a plan at one replica. @returns its id */
export async function submitted(stage: Stage, bot: Replica, command: string): Promise<string> {
  const before = await bot.newestPlan();
  await say(stage, bot, 'priya', command);
  let planId = before;
  for (const end = Date.now() + 40_000; planId === before; planId = await bot.newestPlan()) {
    if (Date.now() > end) throw new Error(`no plan for "${command}"`);
    await new Promise((done) => setTimeout(done, 50));
  }
  if (planId === null) throw new Error('unreachable: a plan differs from none');
  const draft = await cardWith(stage, 'priya', planId, /^Submit/);
  await presser(stage, stage.person('priya'), draft, /^Submit/)(bot);
  return planId;
}

/** Waits until the plan has ended. @throws when it does not */
export async function untilEnded(bot: Replica, planId: string, timeoutMs = 60_000): Promise<PlanRecord> {
  for (const end = Date.now() + timeoutMs; ;) {
    const record = await bot.plan(planId);
    if (record && ended.includes(record.state)) return record;
    if (Date.now() > end) {
      const runs = record?.runs.map(({ state }) => state).join(', ');
      throw new Error(`${planId} is still ${record?.state} (${runs})`);
    }
    await new Promise((done) => setTimeout(done, 100));
  }
}
