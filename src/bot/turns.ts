import type { Incoming, Steward } from '../commands/command';
import { log } from '../log';
import type { ConversationReference } from '../store/ports';
import type { TeamsActivity } from './activity';
import { createAnswering, type PressAnswer } from './answering';
import { createBackground, withinTime } from './background';
import { CommandLimits, type TooMany } from './command-limits';
import { refusalCard, tooManyCard } from './edge-cards';
import { allowedTenantId, conversationOf, readIncoming, type Refusal } from './incoming';
import type { Replies } from './replies';
import { SingleFlight } from './single-flight';

export interface TurnsOptions {
  readonly steward: Steward;
  readonly replies: Replies;
  /** Lower case. */
  readonly allowedTenantIds: ReadonlySet<string>;
  readonly limits?: CommandLimits;
  /** Milliseconds that an HTTP answer waits for the Steward; the work goes on behind it. */
  readonly answerWithinMs?: number;
}

/** One activity each, free of SDK types. None of them throws, and each returns within `answerWithinMs`. */
export interface Turns {
  message(activity: TeamsActivity): Promise<void>;
  press(activity: TeamsActivity): Promise<PressAnswer>;
  /** The bot was installed, or somebody opened its chat. */
  installed(activity: TeamsActivity): Promise<void>;
  /** Resolves when all work that outlived its turn is done. */
  settled(): Promise<void>;
}

const usualAnswerMs = 1_300;

/** The channel without the thread, so that later posts start a thread of their own. */
function wholeConversation(conversation: ConversationReference): ConversationReference {
  return { ...conversation, conversationId: conversation.conversationId.replace(/;messageid=.*$/, '') };
}

function keyOf({ activityId, conversation, person }: Incoming): string {
  return [conversation.tenantId, conversation.conversationId, person.objectId, activityId].join(' ');
}

function logRefusal(reason: Refusal): void {
  log.info('an activity was refused at the edge', { event: 'activity-refused', reason });
}

export function createTurns(options: TurnsOptions): Turns {
  const { steward, replies, allowedTenantIds } = options;
  const answerWithinMs = options.answerWithinMs ?? usualAnswerMs;
  const background = createBackground();
  const answering = createAnswering({
    answer: (incoming) => steward.answer(incoming),
    replies,
    background,
    answerWithinMs,
  });
  const messages = new SingleFlight<void>();
  const presses = new SingleFlight<PressAnswer>();
  const limits = options.limits ?? new CommandLimits();

  async function inBackground(work: Promise<void>): Promise<void> {
    background.watch(work);
    await withinTime(work, answerWithinMs).catch(() => undefined);
  }

  async function refuse(activity: TeamsActivity, refusal: Refusal): Promise<void> {
    const conversation = conversationOf(activity, activity.conversation.tenantId ?? '');
    await replies.post(conversation, refusalCard(refusal));
  }

  /** Told once per wait; nothing behind the edge hears of the command. */
  async function hold({ conversation }: Incoming, tooMany: TooMany): Promise<void> {
    if (tooMany.isNews) await replies.post(conversation, tooManyCard(tooMany));
  }

  async function answerMessage(incoming: Incoming): Promise<void> {
    const tooMany = limits.check(incoming);
    return tooMany ? hold(incoming, tooMany) : answering.message(incoming);
  }

  async function answerPress(incoming: Incoming): Promise<PressAnswer> {
    const tooMany = limits.check(incoming);
    if (!tooMany) return answering.press(incoming);
    background.watch(hold(incoming, tooMany));
    return { text: `Too many commands: wait ${tooMany.seconds} s, then press again.` };
  }

  async function welcome(conversation: ConversationReference): Promise<void> {
    const card = await steward.installed(conversation);
    if (card !== null) await replies.post(conversation, card);
  }

  return {
    async message(activity) {
      const read = readIncoming(activity, allowedTenantIds);
      if ('refusal' in read) {
        logRefusal(read.refusal);
        return inBackground(refuse(activity, read.refusal));
      }
      const { incoming } = read;
      await inBackground(messages.run(keyOf(incoming), () => answerMessage(incoming)));
    },
    async press(activity) {
      const read = readIncoming(activity, allowedTenantIds);
      if ('refusal' in read) {
        logRefusal(read.refusal);
        return { card: refusalCard(read.refusal) };
      }
      const { incoming } = read;
      return presses.run(keyOf(incoming), () => answerPress(incoming));
    },
    async installed(activity) {
      const tenantId = allowedTenantId(activity, allowedTenantIds);
      if (tenantId === null) return logRefusal('tenant');
      await inBackground(welcome(wholeConversation(conversationOf(activity, tenantId))));
    },
    settled: () => background.settled(),
  };
}
