import { createSealer } from '../../src/store/seal';

const key = (letter: string) => Buffer.alloc(32, letter).toString('base64');
const number = '+1 2065555587';

describe('what is sealed', () => {
  it('holds nothing in clear, opens again, and looks different each time', () => {
    const sealer = createSealer([key('a')]);
    const sealed = sealer.seal(number, 'PL-0001/0/0');
    expect(sealed).not.toContain('5555587');
    expect(Buffer.from(sealed.split('.').at(-1) ?? '', 'base64url').toString()).not.toContain('555');
    expect(sealer.open(sealed, 'PL-0001/0/0')).toBe(number);
    expect(sealer.seal(number, 'PL-0001/0/0')).not.toBe(sealed);
  });

  it('opens with an older key while that is listed', () => {
    const sealed = createSealer([key('a')]).seal(number, 'x');
    expect(createSealer([key('b'), key('a')]).open(sealed, 'x')).toBe(number);
    expect(
      createSealer([key('b'), key('a')])
        .seal(number, 'x')
        .split('.')[1],
    ).not.toBe(sealed.split('.')[1]);
    expect(() => createSealer([key('b')]).open(sealed, 'x')).toThrow(
      expect.objectContaining({ code: 'bad-settings', remedy: expect.stringContaining('BEFORE_IMAGE_KEYS') }),
    );
  });

  it('opens for what it belongs to, and unchanged only', () => {
    const sealer = createSealer([key('a')]);
    const sealed = sealer.seal(number, 'PL-0001/0/0');
    expect(() => sealer.open(sealed, 'PL-0002/0/0')).toThrow('opening a kept phone number');
    for (let at = 3; at < sealed.length; at += 1) {
      const changed = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`;
      let opened: string | null = null;
      try {
        opened = sealer.open(changed, 'PL-0001/0/0');
      } catch {
        continue;
      }
      // The last letter of base64 may carry bits that mean nothing.
      expect(opened).toBe(number);
    }
    for (const odd of ['', 's1', 's1.x', '....']) expect(() => sealer.open(odd, 'x')).toThrow();
  });

  it.each([[[]], [['short']], [[`${key('a')}AAAA`]], [[key('a'), 'no key']]])(
    'refuses the keys %j',
    (keys) => {
      expect(() => createSealer(keys)).toThrow(expect.objectContaining({ code: 'bad-settings' }));
    },
  );
});
