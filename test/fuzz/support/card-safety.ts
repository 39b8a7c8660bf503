import type { AdaptiveCard } from '../../../src/store/ports';
import { foreignTags } from '../../cards/foreign-tags';
import { faultsOf } from '../../cards/lint';
import { markdownOf, nodesOf } from '../../cards/walk';

/** What a program says when it breaks; no card and no answer may hold it. */
const innards =
  /\n\s+at |node_modules|\b(Type|Syntax|Range|Reference|Zod)Error\b|Cannot read|is not a function|\[object |invalid_type/;

const invisible = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;

/** Keys of a card under which its reader sees words, whatever element they belong to. */
const readKeys = [
  'text',
  'title',
  'value',
  'label',
  'placeholder',
  'altText',
  'fallbackText',
  'speak',
  'subtitle',
];

/** What a broken program would have told; empty when nothing of it shows. */
export function innardsIn(text: string): string[] {
  const found = innards.exec(text)?.[0];
  return found === undefined ? [] : [`shows its innards: ${found}`];
}

function wordsOf(node: Record<string, unknown>): string[] {
  return readKeys.flatMap((key) => (typeof node[key] === 'string' ? [node[key]] : []));
}

function dangersOfNode(node: Record<string, unknown>, ownOrigins: readonly string[]): string[] {
  const addresses = ['url', 'iconUrl', 'backgroundImage'].flatMap((key) =>
    typeof node[key] === 'string' ? [node[key]] : [],
  );
  const foreign = addresses.filter(
    (address) => !ownOrigins.some((origin) => address.startsWith(`${origin}/`)),
  );
  return [
    ...foreign.map((address) => `leads to ${address}`),
    ...(node['type'] === 'mention' || 'entities' in node ? ['mentions somebody'] : []),
    ...wordsOf(node)
      .filter((words) => invisible.test(words))
      .map((words) => `holds invisible characters: ${JSON.stringify(words)}`),
    ...wordsOf(node)
      .filter((words) => !words.isWellFormed())
      .map((words) => `holds half a character: ${JSON.stringify(words)}`),
  ];
}

/** Everything about a card that bad input could have done to it; every leaf is looked at. */
export function dangersOf(card: AdaptiveCard, ownOrigins: readonly string[] = []): string[] {
  const texts = markdownOf(card);
  return [
    ...faultsOf(card).filter((fault) => fault !== 'has an empty line'),
    ...texts.flatMap(foreignTags).map((tag) => `lets foreign Markdown through: ${tag}`),
    ...nodesOf(card).flatMap((node) => dangersOfNode(node, ownOrigins)),
    ...innardsIn(JSON.stringify(card).replaceAll('\\n', '\n')),
    ...(texts.some((words) => /code internal\b/.test(words)) ? ['is the card of a fault of ours'] : []),
  ];
}
