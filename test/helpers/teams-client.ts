import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One person of the simulated tenants, as `/_control/world` tells it. */
export interface WorldPerson {
  key: string;
  displayName: string;
  tenantKey: string;
  tenantId: string;
  aadObjectId: string;
  userPrincipalName: string;
  roles: string[];
  eligibleRoles: string[];
  userType: string;
}

export interface PostedCard {
  readonly activityId: string;
  readonly conversationId: string;
  card: Card;
  updates: number;
}

export type Card = Record<string, unknown>;

interface Button {
  readonly title: string;
  readonly type: string;
  readonly verb?: string;
  readonly data: Record<string, unknown>;
}

/** Every text of a card in reading order, one per line: what a person would read. */
export function cardText(card: unknown): string {
  const lines: string[] = [];
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(walk);
    if (!node || typeof node !== 'object') return;
    const element = node as Record<string, unknown>;
    if (typeof element.text === 'string') lines.push(element.text);
    if (typeof element.title === 'string') lines.push(element.title);
    if (typeof element.value === 'string' && element.title) lines.push(element.value);
    for (const [key, value] of Object.entries(element)) if (key !== 'fallback' && key !== 'data') walk(value);
  };
  walk(card);
  return lines.join('\n').replace(/\\([^\w\s])/g, '$1');
}

/** Every button of a card, also those inside Action.ShowCard. */
export function cardButtons(card: unknown): Button[] {
  const buttons: Button[] = [];
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(walk);
    if (!node || typeof node !== 'object') return;
    const element = node as Record<string, unknown>;
    if (element.type === 'Action.Execute' || element.type === 'Action.Submit')
      buttons.push({
        title: String(element.title ?? ''),
        type: element.type,
        verb: element.verb as string | undefined,
        data: (element.data ?? {}) as Record<string, unknown>,
      });
    for (const [key, value] of Object.entries(element))
      if (key !== 'fallback' && key !== 'refresh') walk(value);
  };
  walk(card);
  return buttons;
}

/**
 * A second Teams, without a page: a Bot Connector on loopback for many people that a test plays by hand.
 * Shows that the bot serves any local client, not only the chat that comes with it.
 */
export class TeamsClient {
  readonly cards: PostedCard[] = [];
  readonly httpMilliseconds: number[] = [];
  private server!: Server;
  private serviceUrl = '';

  constructor(public botUrl: string) {}

  async listen(): Promise<this> {
    // A bot that is killed leaves half a request behind: that is no fault of this client.
    this.server = createServer((request, response) => {
      this.serve(request, response).catch(() => response.destroy());
    });
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.serviceUrl = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** The bot is installed for this person, as Teams tells it. */
  install(person: WorldPerson): Promise<{ status: number; body: unknown }> {
    return this.post({ ...this.envelope(person), type: 'installationUpdate', action: 'add' });
  }

  /** Types a line to the bot in the personal chat; gives the HTTP answer. */
  say(person: WorldPerson, text: string): Promise<{ status: number; body: unknown }> {
    return this.post({ ...this.envelope(person), type: 'message', text, textFormat: 'plain', entities: [] });
  }

  /** Types a line and waits for the card that answers it and is no longer a "working" card. */
  async ask(person: WorldPerson, text: string, timeoutMs = 20_000): Promise<PostedCard> {
    const before = this.cards.length;
    const { status } = await this.say(person, text);
    if (status >= 300) throw new Error(`the bot answered ${status} to "${text}"`);
    return this.waitFor(
      (posted) =>
        posted.conversationId === conversationOf(person) &&
        this.cards.indexOf(posted) >= before &&
        !/Working|Checking/i.test(cardText(posted.card).split('\n').slice(0, 3).join(' ')),
      `an answer to "${text}"`,
      timeoutMs,
    );
  }

  /** Presses a button of a card by its title. The answer's card replaces the card for this person. */
  async press(
    person: WorldPerson,
    posted: PostedCard,
    title: string | RegExp,
    inputs: Record<string, string> = {},
  ): Promise<{ status: number; body: unknown }> {
    const button = cardButtons(posted.card).find((candidate) =>
      typeof title === 'string' ? candidate.title === title : title.test(candidate.title),
    );
    if (!button) throw new Error(`no button ${String(title)} on:\n${cardText(posted.card)}`);
    const answer = await this.pressRaw(person, posted, button.verb ?? 'command', {
      ...button.data,
      ...inputs,
    });
    const value = (answer.body as { value?: Card } | undefined)?.value;
    if (value && value.type === 'AdaptiveCard') posted.card = value;
    return answer;
  }

  /** An Action.Execute with any verb and any data: for forged presses. */
  pressRaw(
    person: WorldPerson,
    posted: { activityId: string },
    verb: string,
    data: unknown,
  ): Promise<{ status: number; body: unknown }> {
    return this.post({
      ...this.envelope(person),
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: posted.activityId,
      value: { action: { type: 'Action.Execute', id: verb, verb, data }, trigger: 'manual' },
    });
  }

  async waitFor(
    predicate: (posted: PostedCard) => boolean,
    what: string,
    timeoutMs = 20_000,
  ): Promise<PostedCard> {
    const end = Date.now() + timeoutMs;
    for (;;) {
      const found = this.cards.findLast(predicate);
      if (found) return found;
      if (Date.now() > end) throw new Error(`${what} did not come; last cards:\n${this.lastCards()}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** The newest card in this person's chat whose text matches. */
  cardOf(person: WorldPerson, text: RegExp, timeoutMs?: number): Promise<PostedCard> {
    return this.waitFor(
      (posted) => posted.conversationId === conversationOf(person) && text.test(cardText(posted.card)),
      `a card for ${person.key} with ${text}`,
      timeoutMs,
    );
  }

  envelope(person: WorldPerson): Record<string, unknown> {
    return {
      channelId: 'msteams',
      id: randomUUID(),
      timestamp: new Date().toISOString(),
      serviceUrl: this.serviceUrl,
      from: {
        id: `29:${person.tenantKey}-${person.key}`,
        name: person.displayName,
        aadObjectId: person.aadObjectId,
      },
      recipient: { id: '28:sync-steward', name: 'Sync Steward' },
      conversation: { id: conversationOf(person), conversationType: 'personal', tenantId: person.tenantId },
      channelData: { tenant: { id: person.tenantId } },
    };
  }

  async post(activity: unknown): Promise<{ status: number; body: unknown }> {
    const began = performance.now();
    const response = await fetch(`${this.botUrl}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(activity),
    });
    const text = await response.text();
    this.httpMilliseconds.push(performance.now() - began);
    return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text };
  }

  private lastCards(): string {
    return this.cards
      .slice(-3)
      .map((posted) => `[${posted.conversationId}] ${cardText(posted.card)}`)
      .join('\n---\n');
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += chunk;
    const [, , , conversation = '', , activity] = (request.url ?? '').split('/').map(decodeURIComponent);
    const id = this.record(request.method ?? '', conversation, activity, body ? JSON.parse(body) : {});
    response.writeHead(id ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ id }));
  }

  private record(
    method: string,
    conversationId: string,
    activityId: string | undefined,
    activity: Card,
  ): string {
    const attachments = (activity.attachments ?? []) as { content: Card }[];
    const card = attachments[0]?.content;
    if (method === 'PUT') {
      const posted = this.cards.find((candidate) => candidate.activityId === activityId);
      if (posted && card) {
        posted.card = card;
        posted.updates += 1;
      }
      return posted ? posted.activityId : '';
    }
    const id = randomUUID();
    if (card) this.cards.push({ activityId: id, conversationId, card, updates: 0 });
    return id;
  }
}

export function conversationOf(person: WorldPerson): string {
  return `a:test-${person.tenantKey}-${person.key}`;
}

/** Ids of the text inputs of a card. */
export function cardInputs(card: unknown): string[] {
  const ids: string[] = [];
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(walk);
    if (!node || typeof node !== 'object') return;
    const element = node as Record<string, unknown>;
    if (element.type === 'Input.Text' && typeof element.id === 'string') ids.push(element.id);
    Object.values(element).forEach(walk);
  };
  walk(card);
  return ids;
}
