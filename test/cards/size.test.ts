import fc from 'fast-check';

import { CARD_LIMIT_BYTES, sizeOf } from '../../src/cards/render';
import { faultsOf } from './lint';
import { makers } from './samples';
import { contoso, hostile, longest } from './samples/cast';

/** Every character takes four bytes, and no two words are alike. */
const heavy = {
  ...longest,
  user: { displayName: '𠀀'.repeat(64), userPrincipalName: '𠀁'.repeat(64) },
  group: '𠀂'.repeat(64),
  words: '𠀃'.repeat(500),
  link: {
    source: { ...longest.link.source, displayName: '𠀄'.repeat(64) },
    target: { ...longest.link.target, displayName: '𠀅'.repeat(64) },
  },
};

describe.each(makers.map(({ card, of, draw }) => [`${card} ${of}`, draw] as const))('%s', (_, draw) => {
  it('stays within 24 KB and six buttons for 1 to 10,000 rows', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(contoso, hostile, longest, heavy),
        fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 10_000 })),
        (cast, count) => {
          const card = draw(cast, count);
          return sizeOf(card) <= CARD_LIMIT_BYTES && faultsOf(card).length === 0;
        },
      ),
      { numRuns: 12 },
    );
  });
});
