import type { Person, Tenant } from '../../src/plan/types';
import { foreignTags, htmlOf } from './foreign-tags';
import { faultsOf } from './lint';
import { makers } from './samples';
import { type Cast, contoso } from './samples/cast';
import { markdownOf, nodesOf } from './walk';
import { tellFigure } from '../helpers/figures';

const attacks = [
  '[click](https://evil.example)',
  '[click]( https://evil.example "t")',
  '![a](https://evil.example/a.png)',
  '<https://evil.example>',
  'https://evil.example',
  'www.evil.com',
  'mailto:a@evil.example',
  '[a]: https://evil.example',
  '<at>Everyone</at>',
  '</at><at>Omar</at>',
  '&lt;at&gt;Omar&lt;/at&gt;',
  '<b>bold</b><img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  '**Approved**',
  '_approved_ ~~not~~ `code`',
  '# Done',
  '> quoted',
  '1. one',
  '- [x] done',
  '| a | b |',
  '\\[escaped](https://evil.example)',
  '\\\\[twice](https://evil.example)',
  '${$root}',
  '${1+1}',
  '@{triggerBody()}',
  '{{DATE(2026-01-01)}}',
  '\u202Egpj.exe',
  'a\u200Bb\u200Dc\u2060d',
  'line\nbreak\r\n# heading',
  '---',
  '```\ncode\n```',
  'javascript:alert(1)',
  '[a](javascript:alert(1))',
  '*'.repeat(500),
  '['.repeat(500),
  'x'.repeat(10_000),
  '👩‍👩‍👧‍👦'.repeat(50),
  'a' + '\u0301'.repeat(200),
  'Соntоso',
  '',
];
const wraps: readonly ((attack: string) => string)[] = [
  (attack) => attack,
  (attack) => `Bob ${attack}`,
  (attack) => `${attack} Bob`,
  (attack) => `\\${attack}`,
  (attack) => `${attack}${attack}`,
];
const corpus = attacks.flatMap((attack) => wraps.map((wrap) => wrap(attack)));

function castOf(name: string): Cast {
  const tenant = (from: Tenant): Tenant => ({ ...from, displayName: name });
  const person = (from: Person): Person => ({ ...from, displayName: name });
  return {
    link: { source: tenant(contoso.link.source), target: tenant(contoso.link.target) },
    requester: person(contoso.requester),
    sourceApprover: person(contoso.sourceApprover),
    targetApprover: person(contoso.targetApprover),
    user: { displayName: name, userPrincipalName: name },
    group: name,
    words: name,
  };
}

it('has two hundred hostile names', () => {
  expect(corpus).toHaveLength(200);
});

it('the reader of this test does see a link when there is one', () => {
  expect(foreignTags('see www.evil.com')).not.toEqual([]);
  expect(foreignTags('[a](https://evil.example)')).not.toEqual([]);
});

let told = 0;
afterAll(() =>
  tellFigure(
    __filename,
    'hostile names',
    `${corpus.length} on each of ${told} cards, 0 links, mentions or tags of theirs`,
  ),
);

describe.each(makers.map(({ card, of, draw }) => [`${card} ${of}`, draw] as const))('%s', (_, draw) => {
  const usual = new Set(markdownOf(draw(castOf('Bob'), 2)).map((words) => strongCount(words)));

  afterAll(() => void (told += 1));
  it('shows 200 hostile names without a link, a mention or a tag of theirs', () => {
    const wrong = corpus.flatMap((name) => {
      const card = draw(castOf(name), 2);
      const texts = markdownOf(card);
      const isMention = (node: Record<string, unknown>) => node['type'] === 'mention' || 'entities' in node;
      const found = [
        ...texts.flatMap(foreignTags),
        ...texts.filter((words) => !usual.has(strongCount(words))),
        ...faultsOf(card).filter((fault) => fault !== 'has an empty line'),
        ...nodesOf(card).filter(isMention),
      ];
      return found.map((what) => [name, what]);
    });
    expect(wrong).toEqual([]);
  });
});

function strongCount(words: string): number {
  return htmlOf(words).split('<strong>').length;
}
