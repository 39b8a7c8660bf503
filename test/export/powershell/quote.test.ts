import fc from 'fast-check';
import { address, filter, literal, quoted } from '../../../src/export/powershell/quote';

/** Reads an expression as PowerShell's own scanner does; throws when it is anything but texts put together. */
function evaluated(expression: string): string {
  const isQuote = (character: string | undefined) => character !== undefined && "'‘’‚‛".includes(character);
  let at = 0;
  const skip = () => {
    while (expression[at] === ' ') at += 1;
  };
  const take = (text: string) => {
    if (!expression.startsWith(text, at)) throw new Error(`expected ${text} at ${at} of ${expression}`);
    at += text.length;
  };
  const string = (): string => {
    let value = '';
    for (at += 1; ; at += 1) {
      const character = expression[at];
      if (character === undefined) throw new Error(`an open text in ${expression}`);
      if (isQuote(character)) {
        if (!isQuote(expression[at + 1])) break;
        at += 1;
      }
      value += expression[at];
    }
    at += 1;
    return value;
  };
  const piece = (): string => {
    if (isQuote(expression[at])) return string();
    const number =
      /^\((?:\[char\]::ConvertFromUtf32\(0x([0-9A-F]+)\)|\[string\]\[char\]0x([0-9A-F]+))\)/.exec(
        expression.slice(at),
      );
    if (!number) throw new Error(`something else at ${at} of ${expression}`);
    at += number[0].length;
    const point = parseInt(number[1] ?? number[2] ?? '', 16);
    return number[1] ? String.fromCodePoint(point) : String.fromCharCode(point);
  };
  const isGroup = expression.startsWith("('") || /^\(\(\[|^\([‘’‚‛]/.test(expression);
  if (isGroup) take('(');
  let value = piece();
  if (isGroup) {
    for (skip(); expression[at] !== ')'; skip()) {
      take('+');
      skip();
      value += piece();
    }
    take(')');
  }
  if (at !== expression.length) throw new Error(`something behind the text: ${expression.slice(at)}`);
  return value;
}

const nasty = fc.array(
  fc.oneof(
    fc.constantFrom("'", '‘', '’', '‚', '‛', '"', '“', '”', '`', '$', '{', '}', '(', ')', ';', '|', '&', '@'),
    fc.constantFrom('\n', '\r', '\0', '\u2028', '\u202E', '\u200B', '\u00A0', '\uD800', '#', '--%', '$('),
    fc.string({ unit: 'binary' }),
  ),
);

describe('a text quoted for PowerShell', () => {
  it('is read as exactly that text, whatever it holds', () => {
    fc.assert(
      fc.property(nasty, (parts) => {
        const value = parts.join('');
        expect(evaluated(quoted(value))).toBe(value);
      }),
      { numRuns: 2_000 },
    );
  });

  it('stands on one line, shows everything it holds and no mark of a template', () => {
    fc.assert(
      fc.property(nasty, (parts) => {
        const text = quoted(parts.join(''));
        expect(text).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
        expect(text).not.toContain('${');
      }),
    );
  });

  it.each([
    ["O'Brien", "'O''Brien'"],
    ['it’s', "'it’’s'"],
    ["x'; Remove-MgUser -UserId y; '", "'x''; Remove-MgUser -UserId y; '''"],
    ['$(whoami)', "'$(whoami)'"],
    ['a\nb', "('a' + ([char]::ConvertFromUtf32(0x000A)) + 'b')"],
    ['', "''"],
  ])('writes %j as %s', (value, expected) => {
    expect(quoted(value)).toBe(expected);
  });
});

describe('values', () => {
  it('writes JSON with its own words for true, false and nothing', () => {
    expect(literal({ a: true, b: null, 'c d': ["x'y", 2] })).toBe("@{a=$true; b=$null; 'c d'=@('x''y', 2)}");
  });

  it('encodes ids in an address and joins variables to it', () => {
    expect(address('v1.0/x/', { literal: 'a b/c' }, '/y')).toBe("'v1.0/x/a%20b%2Fc/y'");
    expect(address('v1.0/x/', { variable: 'id' }, '/y')).toBe("('v1.0/x/' + $id + '/y')");
  });

  it('quotes a filter for OData first, then for the shell', () => {
    expect(filter('mail', "o'brien@x.org")).toBe("'mail eq ''o''''brien@x.org'''");
  });
});
