import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Template } from 'adaptivecards-templating';

import { BotError } from '../errors';
import type { AdaptiveCard } from '../store/ports';
import type { Button } from './buttons';
import { joined, type Leaf, plain, text, Text, toText } from './text';

/** Our own cap for one card, in bytes of UTF-8 (teams A1). */
export const CARD_LIMIT_BYTES = 24 * 1024;
/** Rows of one table (cards.md 3). */
export const ROW_LIMIT = 12;
const BUTTON_LIMIT = 6;
const REFRESH_LIMIT = 60;
/** What `fit` leaves free: a plan's card gets its PowerShell button after it was drawn. */
const BUTTON_BYTES = 512;
const FOLDER = join(__dirname, '..', '..', 'cards');

export type TemplateName =
  | 'already'
  | 'approval'
  | 'channel-plan'
  | 'check'
  | 'command-help'
  | 'connect'
  | 'diff'
  | 'empty'
  | 'nothing-to-undo'
  | 'frozen'
  | 'error'
  | 'explain'
  | 'guide-step'
  | 'help'
  | 'history'
  | 'invitation'
  | 'links'
  | 'map'
  | 'logs'
  | 'notice'
  | 'pending'
  | 'plan'
  | 'plan-changes'
  | 'plan-edit'
  | 'policy'
  | 'powershell'
  | 'progress'
  | 'refused'
  | 'result'
  | 'scope'
  | 'scan'
  | 'status'
  | 'tenants'
  | 'try'
  | 'unknown-command'
  | 'verify'
  | 'waiting'
  | 'welcome'
  | 'whoami'
  | 'working';

/** What a template is filled with. Every leaf becomes a string, so nothing foreign turns into card structure (C3). */
export interface View {
  readonly [field: string]: Leaf | View | readonly View[];
}

/** Colours of a card's header; the state word says the same. */
export type HeaderStyle = 'emphasis' | 'good' | 'warning' | 'attention' | 'accent';

/** What every card says, in this order: header, one sentence, (facts), what it means, footer. */
export interface Frame {
  /** What the card is: "Plan PL-0031", "Status", "Refused". */
  readonly kind: Leaf;
  /** Mostly the link: "Alpha → Beta". */
  readonly title: Leaf;
  readonly state: Leaf;
  readonly style: HeaderStyle;
  readonly sentence: Leaf;
  readonly meaning?: readonly Leaf[];
  readonly footer?: readonly Leaf[];
}

export interface Extras {
  readonly buttons?: readonly Button[];
  /** Teams asks for the present card of these people when they open the chat; at most 60. */
  readonly refresh?: { readonly planId: string; readonly userIds: readonly string[] };
}

/**
 * Expands a template exactly once.
 *
 * Texts are escaped, ids and button data pass untouched because they are added after the expansion.
 * @throws BotError `internal` when a field of the template has no value or the card is too large: our own fault
 */
export function render(
  name: TemplateName,
  frame: Frame,
  facts: View = {},
  extras: Extras = {},
): AdaptiveCard {
  const view = { ...frameView(frame), ...facts };
  const card = load(name).expand({ $root: coerce(view) }) as AdaptiveCard;
  if (JSON.stringify(card).includes('${')) throw fault(`drawing the card ${name} with a field unfilled`);
  const buttons = extras.buttons ?? [];
  if (buttons.length > BUTTON_LIMIT) throw fault(`drawing the card ${name} with ${buttons.length} buttons`);
  const drawn: AdaptiveCard = {
    ...card,
    ...(extras.refresh && extras.refresh.userIds.length > 0 ? { refresh: refreshOf(extras.refresh) } : {}),
    // The footer is the last of the body: an ActionSet above it is cut off or hidden by Teams on phones.
    ...(buttons.length > 0 ? { actions: buttons } : {}),
  };
  drawnFrom.set(drawn, name);
  return drawn;
}

const drawnFrom = new WeakMap<AdaptiveCard, TemplateName>();

/** Which template a card of `render` was drawn from: an answer, or one that says why there is none. */
export function templateOf(card: AdaptiveCard): TemplateName | undefined {
  return drawnFrom.get(card);
}

/** A changed copy of a drawn card counts as drawn from the same template. */
export function sameTemplate(copy: AdaptiveCard, original: AdaptiveCard): AdaptiveCard {
  const name = drawnFrom.get(original);
  if (name) drawnFrom.set(copy, name);
  return copy;
}

/** Draws with fewer and fewer rows until the card fits; the card itself says how many it left out. */
export function fit(draw: (rows: number) => AdaptiveCard): AdaptiveCard {
  for (let rows = ROW_LIMIT; rows > 0; rows = Math.floor(rows / 2)) {
    const card = draw(rows);
    if (sizeOf(card) <= CARD_LIMIT_BYTES - BUTTON_BYTES) return card;
  }
  throw fault('drawing a card that is too large');
}

export function sizeOf(card: AdaptiveCard): number {
  return Buffer.byteLength(JSON.stringify(card), 'utf8');
}

function frameView(frame: Frame): View {
  const head = joined([frame.kind, frame.title, frame.state], ', ');
  return {
    kind: frame.kind,
    title: frame.title,
    state: frame.state,
    style: frame.style,
    sentence: frame.sentence,
    meaning: (frame.meaning ?? []).map((line) => ({ line })),
    footer: joined(frame.footer ?? [], ' · '),
    spoken: plain(text`${head}. ${frame.sentence}`),
  };
}

/** Strings only: an object or array in a view would become card structure. */
function coerce(value: Leaf | View | readonly View[]): unknown {
  if (typeof value === 'string' || typeof value === 'number' || value instanceof Text) {
    return toText(value).markdown;
  }
  if (Array.isArray(value)) return value.map((item: View) => coerce(item));
  return Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, coerce(inner)]));
}

function refreshOf(refresh: { planId: string; userIds: readonly string[] }): unknown {
  return {
    action: { type: 'Action.Execute', title: 'Refresh', verb: 'refresh', data: { planId: refresh.planId } },
    userIds: refresh.userIds.slice(0, REFRESH_LIMIT),
  };
}

const templates = new Map<TemplateName, Template>();

/** Templates are static files, read once; `{"$part": "header"}` stands for cards/parts/header.json. */
function load(name: TemplateName): Template {
  const known = templates.get(name);
  if (known) return known;
  const template = new Template(withParts(readTemplate(`${name}.json`)));
  templates.set(name, template);
  return template;
}

function withParts(node: unknown): unknown {
  if (Array.isArray(node)) return node.flatMap((item) => withParts(item));
  if (typeof node !== 'object' || node === null) return node;
  if ('$part' in node) return withParts(readTemplate(join('parts', `${String(node.$part)}.json`)));
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, withParts(value)]));
}

function readTemplate(path: string): unknown {
  return JSON.parse(readFileSync(join(FOLDER, path), 'utf8'));
}

function fault(doing: string): BotError {
  return new BotError('internal', doing, 'Report this card to whoever runs the bot.');
}
