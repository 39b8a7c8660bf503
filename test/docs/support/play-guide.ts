import { setTimeout as pause } from 'node:timers/promises';
import { templateOf } from '../../../src/cards/render';
import { commands } from '../../../src/commands/index';
import { parse } from '../../../src/commands/parse';
import type { AdaptiveCard } from '../../../src/store/ports';
import { buttonsOf, textOf } from '../../helpers/card-reading';
import { startConversation, type Conversation } from '../../helpers/conversation';
import { graphCalls } from './graph-calls';
import type { GuideCommand } from './guide-lines';

/** What came of one line of the guide. */
export interface Played extends GuideCommand {
  /** Name of the command that it is. */
  readonly command: string;
  /** Words of the answer, and of the result when it was a plan that was carried out. */
  readonly answer: string;
  readonly result: string | null;
  /** Templates of the cards that were shown for it, in order. */
  readonly templates: readonly string[];
  /** Method and path of what was asked of Graph for it. */
  readonly calls: readonly string[];
  /** Words of the card with its PowerShell; empty when there is none. */
  readonly powershell: string;
}

const typists = { operator: 'priya', administrator: 'omar', target: 'mina' } as const;
const approvers = [
  ['mina', 'Fabrikam'],
  ['omar', 'Contoso'],
] as const;

/** Plays the lines in order as the persons named; plans are submitted, approved and waited for. */
export async function playGuide(lines: readonly GuideCommand[]): Promise<readonly Played[]> {
  let calls = new Set<string>();
  let roleGroups: readonly string[] = [];
  const talk = await startConversation({
    onExchange: (request) => graphCalls(request, roleGroups).forEach((call) => calls.add(call)),
  });
  try {
    const groups = await talk.simulator.graph(
      'con',
      'GET',
      '/v1.0/groups?$top=999&$select=id,isAssignableToRole',
    );
    roleGroups = (groups.body.value as { id: string; isAssignableToRole: boolean | null }[])
      .filter(({ isAssignableToRole }) => isAssignableToRole)
      .map(({ id }) => id);
    await talk.simulator.control.sync({ replicationMs: 0, assignmentDelaySeconds: 0 });
    for (const who of ['priya', 'omar', 'mina']) await talk.say(who, 'hello');
    const played: Played[] = [];
    for (const [index, line] of lines.entries()) {
      if (line.box !== lines[index - 1]?.box) await talk.simulator.control.advance('PT40M');
      calls = new Set();
      played.push(await playLine(talk, line, () => [...calls].toSorted()));
    }
    return played;
  } finally {
    await talk.close();
  }
}

async function playLine(
  talk: Conversation,
  line: GuideCommand,
  calls: () => readonly string[],
): Promise<Played> {
  const who = typists[line.who];
  const answer = await talk.say(who, line.line, line.where);
  const words = textOf(answer);
  const parsed = parse(line.line, commands);
  const command = parsed.outcome === 'command' ? parsed.command.name : '';
  const planId = /Plan (PL-\d+)/.exec(words)?.[1];
  const isPlan = planId !== undefined && /Its card follows/i.test(words);
  const shown = isPlan ? await carryOut(talk, who, planId) : [answer];
  const made = calls();
  const powershell = textOf(await talk.say(who, `powershell ${isPlan ? planId : line.line}`));
  return {
    ...line,
    command,
    answer: words,
    result: isPlan ? textOf(shown.at(-1) as AdaptiveCard) : null,
    templates: [...new Set(shown.map((card) => templateOf(card) ?? 'unknown'))],
    calls: made,
    powershell,
  };
}

/** Confirms or submits the draft, approves as everybody who is asked, and gives the draft, the approval and the result. */
async function carryOut(talk: Conversation, who: string, id: string): Promise<readonly AdaptiveCard[]> {
  const messageOf = (person: string, pattern: RegExp) =>
    talk.chat.in(`personal-${person}`).findLast(({ card }) => pattern.test(textOf(card)));
  const until = async (look: () => AdaptiveCard | undefined): Promise<AdaptiveCard> => {
    for (let tries = 0; tries < 300; tries += 1) {
      const found = look();
      if (found) return found;
      await pause(100);
    }
    throw new Error(
      `${id}: ${talk.chat
        .in(`personal-${who}`)
        .map(({ card }) => textOf(card).slice(0, 200))
        .slice(-3)
        .join('\n---\n')}`,
    );
  };
  const draft = await until(() => messageOf(who, new RegExp(`Plan ${id}[^]*Draft`))?.card);
  const place = messageOf(who, new RegExp(`Plan ${id}[^]*Draft`))?.activityId;
  const shown = [draft];
  const mayConfirm = buttonsOf(draft).some(({ title }) => title === 'Confirm and run');
  const button = mayConfirm ? 'Confirm and run' : 'Submit for approval';
  await talk.press(who, draft, button, { reason: 'the guide' });
  const asked = new Set<string>();
  const end = await until(() => {
    for (const [person, tenant] of approvers) {
      const card = messageOf(person, new RegExp(`Approve ${id}\\b`))?.card;
      if (
        !card ||
        asked.has(person) ||
        !buttonsOf(card).some(({ title }) => title === `Approve for ${tenant}`)
      )
        continue;
      asked.add(person);
      shown.push(card);
      void talk.press(person, card, `Approve for ${tenant}`);
    }
    const now = talk.chat.in(`personal-${who}`).find(({ activityId }) => activityId === place)?.card;
    return now && /^(Plan PL-\d+\n(Done|Failed|Out of date|Needs)|Try one user\n)/.test(textOf(now))
      ? now
      : undefined;
  });
  return [...shown, end];
}
