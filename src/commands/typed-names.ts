import { tokenize } from './tokenize';

/**
 * The names in the rest of a line: `group:Pilot "Second Wave" jo@domain`, by spaces or by commas. With commas, spaces
 * belong to the names; quotes keep both.
 */
export function typedNames(rest: string): readonly string[] {
  const pieces = cut(rest, ',');
  const hasCommas = pieces.length > 1;
  const names = hasCommas ? pieces.map(unquoted) : words(rest);
  return names.map((name) => name.trim()).filter(Boolean);
}

/** At a character, outside of quotes. */
function cut(text: string, at: string): string[] {
  const pieces = [''];
  let isQuoted = false;
  for (const character of text) {
    if ('"“”„'.includes(character)) isQuoted = !isQuoted;
    if (character === at && !isQuoted) pieces.push('');
    else pieces[pieces.length - 1] += character;
  }
  return pieces;
}

function unquoted(text: string): string {
  return text.replace(/["“”„]/g, '');
}

function words(rest: string): string[] {
  const read = tokenize(rest);
  if (read.outcome === 'faulty') return [unquoted(rest)];
  return read.tokens.flatMap((token) => (token.type === 'word' ? [token.text] : []));
}

/** As a command takes them again: by object id, so that nothing is looked up twice. */
export function idsText(
  principals: readonly { readonly principalId: string; readonly principalType: 'User' | 'Group' }[],
): string {
  return principals
    .map(({ principalId, principalType }) =>
      principalType === 'Group' ? `group:${principalId}` : principalId,
    )
    .join(', ');
}

/** "group Pilot, Jo Doe and 3 more". */
export function principalsWords(
  principals: readonly { readonly displayName: string; readonly principalType: 'User' | 'Group' }[],
): string {
  const names = principals.map(({ displayName, principalType }) =>
    principalType === 'Group' ? `group ${displayName}` : displayName,
  );
  return names.length > 3 ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more` : names.join(', ');
}
