import { Application } from '@microsoft/teams-ai/lib/Application';
import type { TeamsAdapter } from '@microsoft/teams-ai/lib/TeamsAdapter';
import type { TurnContext } from 'botbuilder';
import { parseActivity, type TeamsActivity } from './activity';
import type { PressAnswer } from './answering';
import { logFault } from './background';
import type { Turns } from './turns';

const cardType = 'application/vnd.microsoft.card.adaptive';
const textType = 'application/vnd.microsoft.activity.message';
const anything = /^/;

/** The SDK's activity holds what `parseActivity` let through; parsing again gives it back with its type. */
function activityOf(context: TurnContext): TeamsActivity {
  const activity = parseActivity(JSON.parse(JSON.stringify(context.activity)));
  if (activity === null) throw new TypeError('the activity changed between the door and the turn');
  return activity;
}

async function respond(context: TurnContext, status: number, body: unknown): Promise<void> {
  await context.sendActivity({ type: 'invokeResponse', value: { status, body } });
}

/**
 * Answers the invoke ourselves: teams-ai would first show the clicking person's card to everybody when it has a
 * `refresh`, and remember that choice for later turns (stack 2, pitfall 1).
 */
async function respondToPress(context: TurnContext, answer: PressAnswer): Promise<string> {
  const content =
    'card' in answer ? { type: cardType, value: answer.card } : { type: textType, value: answer.text };
  await respond(context, 200, { statusCode: 200, ...content });
  return '';
}

/**
 * teams-ai's part of the bot: one route for everything that is written, one for everything that is pressed. Domain
 * state stays out of its turn state, and its typing timer is off (stack 2, pitfalls 2 and 3).
 */
export function createApplication(adapter: TeamsAdapter, botAppId: string, turns: Turns): Application {
  const application = new Application({
    adapter,
    botAppId,
    startTypingTimer: false,
    removeRecipientMention: false,
  });
  application.error(async (context, error) => {
    logFault(error);
    if (context.activity.type === 'invoke') await respond(context, 400, { code: 'BadRequest' });
  });
  application.adaptiveCards.actionExecute(anything, async (context) =>
    respondToPress(context, await turns.press(activityOf(context))),
  );
  application.addRoute(
    async ({ activity }) => activity.type === 'invoke',
    (context) => respond(context, 400, { code: 'NotSupported' }),
    true,
  );
  application.message(
    async ({ activity }) => activity.type === 'message',
    (context) => turns.message(activityOf(context)),
  );
  application.conversationUpdate('membersAdded', (context) => turns.installed(activityOf(context)));
  application.activity(
    async ({ activity }) => activity.type === 'installationUpdate' && activity.action !== 'remove',
    (context) => turns.installed(activityOf(context)),
  );
  return application;
}
