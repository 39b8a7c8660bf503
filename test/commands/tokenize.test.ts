import { longestLine, tokenize, type Token } from '../../src/commands/tokenize';

function tokens(text: string): readonly Token[] {
  const cut = tokenize(text);
  if (cut.outcome !== 'tokens') throw new Error(`${text} → ${cut.sentence}`);
  return cut.tokens;
}

/** Words as they stand, arrows as `>`, options as `--name` or `--name=value`. */
function said(text: string): readonly string[] {
  return tokens(text).map((token) => {
    if (token.type === 'arrow') return '>';
    if (token.type === 'word') return token.isQuoted ? `"${token.text}"` : token.text;
    return token.value === null ? `--${token.name}` : `--${token.name}=${token.value}`;
  });
}

function fault(text: string): string {
  const cut = tokenize(text);
  return cut.outcome === 'faulty' ? cut.sentence : 'not faulty';
}

describe('words', () => {
  it('say where they begin, and whether they were quoted', () => {
    expect(tokenize('  a   "b c" d ')).toEqual({
      outcome: 'tokens',
      line: 'a   "b c" d',
      tokens: [
        { type: 'word', text: 'a', isQuoted: false, start: 0 },
        { type: 'word', text: 'b c', isQuoted: true, start: 4 },
        { type: 'word', text: 'd', isQuoted: false, start: 10 },
      ],
    });
  });

  it.each([
    ['"', '"”“„'],
    ['“', '”“"'],
    ['„', '“”"'],
    ['”', '”"'],
    ['«', '»'],
  ])('that begin with %s end with any of %s', (open, closings) => {
    for (const closing of closings) expect(said(`${open} x y ${closing} z`)).toEqual(['"x y"', 'z']);
  });

  it.each([
    ['“', '„'],
    ['«', '"'],
    ['”', '“'],
  ])('that begin with %s do not end with %s', (open, other) => {
    expect(fault(`${open}x${other}`)).toBe(`The quote that begins at ${open}x${other} is not closed.`);
  });

  it('may be empty, and joined of quoted and plain parts', () => {
    expect(said('"" a"b c"d')).toEqual(['""', '"ab cd"']);
  });

  it('that are not closed are shown, up to 24 characters', () => {
    expect(fault(`say "${'x'.repeat(23)}`)).toBe(
      `The quote that begins at "${'x'.repeat(23)} is not closed.`,
    );
    expect(fault(`say "${'x'.repeat(24)}`)).toBe(
      `The quote that begins at "${'x'.repeat(23)}… is not closed.`,
    );
  });

  it('are read through what Teams writes for marks', () => {
    expect(said('a&amp;b &quot;c d&quot; e&gt;f')).toEqual(['a&b', '"c d"', 'e', '>', 'f']);
  });
});

describe('arrows', () => {
  it.each(['>', '→', '⇒', '➔', '->', '=>', '-->', '==>', '–>', '—>', '--->', '&gt;'])(
    '%s is one',
    (arrow) => {
      expect(said(`a${arrow}b`)).toEqual(['a', '>', 'b']);
      expect(said(`a ${arrow} b`)).toEqual(['a', '>', 'b']);
    },
  );

  it('begin where their first character stands', () => {
    expect(tokens('a --> b')[1]).toEqual({ type: 'arrow', start: 2 });
  });

  it('are made of three dashes at most', () => {
    expect(said('a ----> b')).toEqual(['a', '-', '>', 'b']);
  });

  it.each(['-', '=', '--', '==', '---', 'a-', 'a-b', 'a=b'])('%s is none', (text) => {
    expect(said(text)).toEqual([text]);
  });
});

describe('options', () => {
  it.each(['--', '–', '—', '−−', '‐‐', '‒‒', '――', '---', '----'])('may begin with %s', (dashes) => {
    expect(said(`${dashes}raw x`)).toEqual(['--raw', 'x']);
    expect(said(`${dashes}Zone`)).toEqual(['--zone']);
  });

  it.each(['-raw', '−raw', '-----raw', '--1', '--@a', '--[a', '--`a', '--{a', '--/a', '--'])(
    '%s is none',
    (text) => {
      expect(said(text)).toEqual([text.normalize('NFKC')]);
    },
  );

  it('have names of letters, digits and dashes, in lower case', () => {
    expect(said('--AZ-az09')).toEqual(['--az-az09']);
    for (const other of '@[`{/;_') expect(said(`--a${other}b`)).toEqual(['--a', `${other}b`]);
  });

  it('take a value after = or :, quoted or not, or none', () => {
    expect(said('--a=x --b:y --c="x y" --d= --e')).toEqual(['--a=x', '--b=y', '--c=x y', '--d=', '--e']);
    expect(tokens('z --a=x')[1]).toEqual({ type: 'option', name: 'a', value: 'x', start: 2 });
    expect(fault('--a="x')).toBe('The quote that begins at "x is not closed.');
  });
});

describe('the length of a line', () => {
  it('is 1,000 characters at most, after blanks around it', () => {
    expect(said('x'.repeat(longestLine))).toHaveLength(1);
    expect(fault('x'.repeat(longestLine + 1))).toContain('longer than 1000 characters');
    expect(said(`x${' '.repeat(4 * longestLine - 1)}`)).toEqual(['x']);
    expect(fault(`x${' '.repeat(4 * longestLine)}`)).toContain('longer than 1000 characters');
  });
});
