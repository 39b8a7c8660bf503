import type { CommandDefinition, OptionDefinition } from '../../src/commands/definition';
import { isMail, readOptions } from '../../src/commands/parse-options';
import { tokenize } from '../../src/commands/tokenize';

const option = (name: string, value: OptionDefinition['value']): OptionDefinition => ({
  name,
  summary: '',
  value,
});
const known = [
  option('users', { type: 'text', placeholder: 'a,b', isList: true }),
  option('name', { type: 'text', placeholder: 'text' }),
  option('like', { type: 'text', placeholder: 'source>target', takesLink: true }),
  option('type', { type: 'choice', choices: ['Member', 'guest'] }),
  option('guard', { type: 'number', least: 1, most: 999_999_999 }),
  option('few', { type: 'number', least: 0, most: 9 }),
  option('mail', { type: 'mail' }),
  option('raw', { type: 'flag' }),
];
const commandOf = (
  options: readonly OptionDefinition[],
  kinds: readonly CommandDefinition['arguments'][number]['kind'][] = [],
) =>
  ({
    name: 'do',
    options,
    arguments: kinds.map((kind) => ({ name: kind, kind })),
  }) as unknown as CommandDefinition;

function read(line: string, inputs: Record<string, string> = {}, command = commandOf(known)) {
  const cut = tokenize(line);
  if (cut.outcome !== 'tokens') throw new Error(cut.sentence);
  const found = readOptions(cut.line, cut.tokens, command, inputs);
  if ('sentence' in found) return found.sentence;
  return { ...found.values, rest: found.rest.map((one) => (one.type === 'word' ? one.text : one.type)) };
}

describe('values of options', () => {
  it.each([
    ['--name x y', { name: 'x', rest: ['y'] }],
    ['a --name=x b', { name: 'x', rest: ['a', 'b'] }],
    ['--name=" x "', { name: 'x', rest: [] }],
    ['--name x, y', { name: 'x,', rest: ['y'] }],
    ['--name x > y', { name: 'x', rest: ['arrow', 'y'] }],
    ['--raw x', { raw: 'true', rest: ['x'] }],
    ['--name x --name y', '--name is given twice.'],
    ['--raw=false --raw', '--raw is given twice.'],
    ['--raw=false', { raw: 'false', rest: [] }],
    ['--raw=true', { raw: 'true', rest: [] }],
    ['--raw=yes', '--raw takes no value.'],
    ['--type=MEMBER', { type: 'Member', rest: [] }],
    ['--few 0', { few: '0', rest: [] }],
    ['--few 9', { few: '9', rest: [] }],
    ['--few 007', { few: '7', rest: [] }],
    ['--few 10', '--few is a whole number from 0 to 9, not “10”.'],
    ['--few=x', '--few is a whole number from 0 to 9, not “x”.'],
    ['--few="  "', '--few needs a value: --few n.'],
    ['--few=5/', '--few is a whole number from 0 to 9, not “5/”.'],
    ['--few " 5 "', { few: '5', rest: [] }],
    ['--guard 999999999', { guard: '999999999', rest: [] }],
    ['--guard 0000000001', '--guard is a whole number from 1 to 999999999, not “0000000001”.'],
    ['--guard 123456789', { guard: '123456789', rest: [] }],
    ['--guard 1000000000', '--guard is a whole number from 1 to 999999999, not “1000000000”.'],
    ['--guard 1.5', '--guard is a whole number from 1 to 999999999, not “1.5”.'],
    ['--guard 1:5', '--guard is a whole number from 1 to 999999999, not “1:5”.'],
  ])('%s', (line, expected) => {
    expect(read(line)).toEqual(expected);
  });

  it.each(['--name', '--name --raw', '--name ""', '--name=', '--name > x', '--name=""'])(
    'says that one is missing in %j',
    (line) => {
      expect(read(line)).toBe('--name needs a value: --name text.');
    },
  );
});

describe('lists', () => {
  it.each([
    ['--users a, b c', { users: 'a,b', rest: ['c'] }],
    ['--users a ,b c', { users: 'a,b', rest: ['c'] }],
    ['--users a b, c', { users: 'a', rest: ['b,', 'c'] }],
    ['--users=a, "b c", d', { users: 'a,b c,d', rest: [] }],
    ['--users a, > b', { users: 'a,', rest: ['arrow', 'b'] }],
    ['--users a --users b', { users: 'a,b', rest: [] }],
    ['--users a,', { users: 'a,', rest: [] }],
  ])('%s', (line, expected) => {
    expect(read(line)).toEqual(expected);
  });
});

describe('links as values', () => {
  it.each([
    ['--like a>b c', { like: 'a>b', rest: ['c'] }],
    ['--like=a > b', { like: 'a>b', rest: [] }],
    ['x --like a -> b y', { like: 'a>b', rest: ['x', 'y'] }],
    ['--like a b c', { like: 'a', rest: ['b', 'c'] }],
    ['--like a', { like: 'a', rest: [] }],
    ['--like "" > b', '--like needs a value: --like source>target.'],
    ['--like a >', { like: 'a', rest: ['arrow'] }],
    ['--like a > ""', { like: 'a', rest: ['arrow', ''] }],
    ['--like a > > b', { like: 'a', rest: ['arrow', 'arrow', 'b'] }],
  ])('%s', (line, expected) => {
    expect(read(line)).toEqual(expected);
  });
});

describe('inputs of a form', () => {
  it('stand for options that the line does not give', () => {
    expect(read('--name x', { name: 'y', few: ' 3 ', users: '  ', toString: 'z' })).toEqual({
      name: 'x',
      few: '3',
      rest: [],
    });
  });

  it('are not those that every object has', () => {
    expect(read('', {}, commandOf([option('constructor', { type: 'text', placeholder: 'x' })]))).toEqual({
      rest: [],
    });
  });

  it('are checked like what is typed', () => {
    expect(read('', { few: '10' })).toBe('--few is a whole number from 0 to 9, not “10”.');
  });
});

describe('unknown options', () => {
  it.each([
    ['--nmae x', 'do has no option --nmae. Did you mean --name text?'],
    [
      '--users=a --nothing-like-it',
      /^do has no option --nothing-like-it\. It knows --users a,b, --name text, --/,
    ],
    [`--${'x'.repeat(41)}`, new RegExp(`^do has no option --${'x'.repeat(40)}…\\. `)],
    [`--${'x'.repeat(40)}`, new RegExp(`^do has no option --${'x'.repeat(40)}\\. `)],
  ])('%s', (line, expected) => {
    expect(read(line)).toEqual(typeof expected === 'string' ? expected : expect.stringMatching(expected));
  });

  it('are words like others only in a command without options that takes the rest of the line', () => {
    const raw = '--raw';
    expect(read(raw, {}, commandOf([], ['plan', 'rest']))).toEqual({ rest: ['option'] });
    expect(read(raw, {}, commandOf([], ['plan']))).toBe('do takes no options, so --raw means nothing here.');
    expect(read(raw, {}, commandOf(known, ['rest']))).toEqual({ raw: 'true', rest: [] });
  });
});

describe('mail addresses', () => {
  const long = `${'x'.repeat(250)}@a.b`;
  it.each(['a@b.c', 'a.b+c@d-e.example', long])('%s is one', (value) => {
    expect(isMail(value)).toBe(true);
  });

  it.each([
    '',
    'a',
    'b.c',
    '@b.c',
    'a.b@c',
    'a@b@c.d',
    'a@.c',
    'a@c.',
    'a@b.c.',
    'a@.b.c',
    `x${long}`,
    ...Array.from(' ,;<>"').map((mark) => `a${mark}b@c.d`),
  ])('%j is none', (value) => {
    expect(isMail(value)).toBe(false);
    expect(read('', { mail: value })).toEqual(
      value === '' ? { rest: [] } : expect.stringContaining('--mail is one mail address, and “'),
    );
  });
});
