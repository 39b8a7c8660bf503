import type { Entity } from './activity';

const maxCharacters = 1_000;

const namedEntities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

function decodedEntity(whole: string, name: string): string {
  if (!name.startsWith('#')) return namedEntities[name.toLowerCase()] ?? whole;
  const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10);
  return Number.isInteger(code) && code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}

/** Removes every mention of the bot (the SDK removes the first only) and shows other people by name. */
function withoutMentions(text: string, entities: readonly Entity[], botId: string): string {
  return entities
    .filter(({ type, text: shown, mentioned }) => type.toLowerCase() === 'mention' && shown && mentioned)
    .reduce((left, { text: shown, mentioned }) => {
      const name = (shown ?? '').replace(/<\/?at[^>]*>/gi, '');
      return left.replaceAll(shown ?? '', mentioned?.id === botId ? ' ' : name);
    }, text);
}

/**
 * The text as the person meant it: own mentions removed, HTML entities decoded (`con&gt;fab`), NFKC, no-break and
 * invisible characters as spaces, typographic quotes and dashes of phone keyboards as typed ones; at most 1,000
 * characters (teams A7).
 */
export function normaliseText(text: string, entities: readonly Entity[], botId: string): string {
  return withoutMentions(text, entities, botId)
    .replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,6});/gi, decodedEntity)
    .toWellFormed()
    .normalize('NFKC')
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, ' ')
    .replace(/\p{Cc}/gu, ' ')
    .replace(/[\u201c\u201d\u201e]/g, '"')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/(^|\s)[\u2013\u2014](?=[a-z])/gi, '$1--')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, maxCharacters)
    .toWellFormed();
}
