import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands } from '../../../src/commands/index';
import { listRecords } from '../../../src/store/records';
import type { AdaptiveCard } from '../../../src/store/ports';
import { buttonsOf, textOf } from '../../helpers/card-reading';
import { startConversation, type Conversation } from '../../helpers/conversation';
import { expectGoldenText } from '../../helpers/golden';
import { refusedLines, type RefusedLine } from '../support/refused-lines';

/**
 * What every command must refuse, and that every command shows its success. Both tables are made from the list of
 * commands, so a new command is in them by itself. It needs two things:
 *
 * 1. A golden card of its success: in a conversation test, `expectGolden(__filename, '<command> …', card)`, whose name
 *    begins with the name of the command ("status after the first cycle").
 * 2. Its page of refusals, `golden/refusals/<command>.txt`: run this file with `UPDATE_GOLDEN=1` and read the page.
 */
jest.setTimeout(120_000);

const golden = join(__dirname, 'golden');
const table = commands.map((command) => [command.name, refusedLines(command, commands)] as const);

let talk: Conversation;
beforeAll(async () => {
  talk = await startConversation();
}, 120_000);
afterAll(() => talk.close());

interface Refusal {
  readonly card: AdaptiveCard;
  readonly writes: number;
  readonly plans: number;
  readonly requests: number;
}

async function refusalOf({ who, line }: RefusedLine): Promise<Refusal> {
  const before = await requestCount();
  const incoming = talk.incoming(who === 'outsider' ? 'priya' : who, { type: 'text', text: line });
  const tenantId = '99999999-9999-4999-8999-999999999999';
  const card = await talk.send(
    who === 'outsider' ? { ...incoming, person: { ...incoming.person, tenantId } } : incoming,
  );
  return {
    card,
    writes: (await talk.simulator.control.writes()).length,
    plans: (await listRecords(talk.store.db, { limit: 1 })).length,
    requests: (await requestCount()) - before,
  };
}

/** Requests of Graph so far, in all tenants and classes. */
async function requestCount(): Promise<number> {
  const classes = Object.values(await talk.simulator.control.requests()).flatMap(Object.values);
  return classes.reduce((sum, { requests }) => sum + requests, 0);
}

/** What the card says, without what is the same for each: its state, the line itself, usage and buttons. */
function said(card: AdaptiveCard): string {
  const [kind, , title, ...rest] = textOf(card).split('\n');
  if (kind === 'Not understood') return `${kind}. ${rest[0]}`;
  const buttons = buttonsOf(card).map((button) => button.title);
  const sentences = rest.filter((line) => !buttons.includes(line));
  return [`${kind}. ${title}.`, ...sentences, ...buttons.map((button) => `[${button}]`)].join('\n  ');
}

/** A refusal names nothing of a directory that the person did not name; to strangers it is one card for all. */
function expectNothingRevealed({ card, requests }: Refusal, { who, kind }: RefusedLine): void {
  const { people, tenants } = talk.world;
  const shown = JSON.stringify(card);
  const ids = [...people.map(({ aadObjectId }) => aadObjectId), ...tenants.map(({ tenantId }) => tenantId)];
  const isStranger = who === 'gil' || who === 'outsider';
  const own = isStranger ? undefined : people.find(({ key }) => key === who)?.tenantKey;
  const others = tenants.filter(({ key }) => key !== own);
  const ofOthers = others.flatMap((tenant) => [
    tenant.displayName,
    tenant.defaultDomain,
    tenant.initialDomain,
  ]);
  const hidden = [
    ...ids,
    ...people.map(({ displayName }) => displayName),
    ...(kind === 'Refused' ? ofOthers : []),
    ...(isStranger ? tenants.map(({ key }) => `${key}>`) : []),
  ];
  expect(hidden.filter((one) => shown.includes(one))).toEqual([]);
  if (!isStranger) return;
  expect(card).toEqual(strangers);
  // Somebody of another organization is not looked up at all; a guest at most once a minute (I13).
  expect(requests).toBeLessThanOrEqual(who === 'gil' ? 1 : 0);
}

let strangers: AdaptiveCard;
beforeAll(async () => {
  strangers = await talk.say('gil', 'hello');
});

describe.each(table)('%s refuses', (name, lines) => {
  const found = new Map<RefusedLine, Refusal>();
  const of = (line: RefusedLine) => found.get(line) as Refusal;
  beforeAll(async () => {
    for (const line of lines) found.set(line, await refusalOf(line));
  });

  it.each(lines.map((line) => [line.what, line.who, line.line, line] as const))('%s (%s: %s)', (...row) => {
    const line = row[3];
    const { card, writes, plans } = of(line);
    expect(textOf(card).split('\n')[0]).toBe(line.kind);
    expect(textOf(card)).toMatch(line.says);
    if (line.like) expect(said(card)).toBe(said(of(line.like).card));
    expect({ writes, plans }).toEqual({ writes: 0, plans: 0 });
    expectNothingRevealed(of(line), line);
  });

  it('as its page of refusals says', () => {
    expectGoldenText(
      join(golden, 'refusals', `${name}.txt`),
      pageOf(lines, (line) => said(of(line).card)),
    );
  });
});

/** All refusals of a command to be read by people; lines that are refused in the same words stand together. */
function pageOf(lines: readonly RefusedLine[], words: (line: RefusedLine) => string): string {
  const groups = new Map<string, RefusedLine[]>();
  for (const line of lines.filter(({ like }) => !like)) {
    const sentence = words(line).replace(/(can be planned): .*/, '$1: …');
    groups.set(sentence, [...(groups.get(sentence) ?? []), line]);
  }
  return [...groups]
    .map(([sentence, group]) => {
      const typed = group.map(({ what, who, line }) => `${who}: ${line}  (${what})`);
      return `${typed.join('\n')}\n  ${sentence}\n`;
    })
    .join('\n');
}

describe('golden cards', () => {
  const refusals: readonly (string | undefined)[] = ['Not understood', 'Error', 'Refused'];
  const shown = new Set(
    readdirSync(golden)
      .filter((file) => file.endsWith('.json') && !refusals.includes(kindOf(file)))
      .map(commandOf),
  );

  it.each(commands.map(({ name }) => name))('show %s when it goes well', (name) => {
    expect(shown).toContain(name);
  });

  it('have a page of refusals for each command and no other', () => {
    const pages = readdirSync(join(golden, 'refusals')).map((file) => file.replace('.txt', ''));
    expect(pages.toSorted()).toEqual(commands.map(({ name }) => name).toSorted());
  });
});

function kindOf(file: string): string | undefined {
  return textOf(JSON.parse(readFileSync(join(golden, file), 'utf8')) as AdaptiveCard).split('\n')[0];
}

/** The longest name of a command that the name of the file begins with. */
function commandOf(file: string): string | undefined {
  const title = `${file.replace('.json', '')} `;
  const names = commands.map(({ name }) => name).filter((name) => title.startsWith(`${name} `));
  return names.toSorted((one, other) => other.length - one.length)[0];
}
