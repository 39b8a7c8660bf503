import { mentionAt, partsOf, suggestions, withMention } from '../../src/local/page/mention';

describe('a mention that is being typed', () => {
  it.each([
    ['@', 1, { start: 0, query: '' }],
    ['hi @sy', 6, { start: 3, query: 'sy' }],
    ['hi @sync st', 11, { start: 3, query: 'sync st' }],
    ['mail a@b', 8, null],
    ['@sync steward status', 20, null],
    ['hi @sy there', 6, { start: 3, query: 'sy' }],
  ])('in %j at %i is %j', (text, caret, expected) => {
    expect(mentionAt(text, caret)).toEqual(expected);
  });

  it('offers names by any of their words', () => {
    expect(suggestions(['Sync Steward', 'Stella Marsh'], 'st')).toEqual(['Sync Steward', 'Stella Marsh']);
    expect(suggestions(['Sync Steward', 'Stella Marsh'], 'sync s')).toEqual(['Sync Steward']);
    expect(suggestions(['Sync Steward'], 'x')).toEqual([]);
  });

  it('takes the place of what was typed', () => {
    expect(withMention('hi @sy there', 3, 6, 'Sync Steward')).toEqual({
      text: 'hi @Sync Steward there',
      caret: 17,
    });
  });
});

it('finds the longest known name in a text, and nothing inside a word', () => {
  const parts = partsOf('@Sync Steward and @Anna Lee, not @Annabel', ['Anna', 'Anna Lee', 'Sync Steward']);
  expect(parts.filter(({ isMention }) => isMention).map(({ text }) => text)).toEqual([
    '@Sync Steward',
    '@Anna Lee',
  ]);
  expect(parts.map(({ text }) => text).join('')).toBe('@Sync Steward and @Anna Lee, not @Annabel');
});
