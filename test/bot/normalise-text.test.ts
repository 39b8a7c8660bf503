import fc from 'fast-check';
import { normaliseText } from '../../src/bot/normalise-text';

const own = { type: 'mention', text: '<at>Bot</at>', mentioned: { id: 'bot' } };
const other = { type: 'mention', text: '<at>Pat</at>', mentioned: { id: 'pat' } };

test.each([
  ['status\u00a0con>fab', 'status con>fab'],
  ['status con&gt;fab', 'status con>fab'],
  ['status con&#62;fab &amp;gt;', 'status con>fab &gt;'],
  ['status con\u200b>\ufefffab', 'status con > fab'],
  ['\uff33tatus con\uff1efab', 'Status con>fab'],
  ['setup con>fab \u2014users \u201cAll staff\u201d', 'setup con>fab --users "All staff"'],
  ['  help\r\n\tsetup ', 'help setup'],
  ['&unknown; &#0; stays', '&unknown; &#0; stays'],
])('reads %j as %j', (written, meant) => {
  expect(normaliseText(written, [], 'bot')).toBe(meant);
});

test('removes every mention of the bot and keeps the names of others', () => {
  const text = '<at>Bot</at> verify <at>Pat</at> now <at>Bot</at>';
  expect(normaliseText(text, [own, other], 'bot')).toBe('verify Pat now');
});

test('keeps a mention that only the text claims', () => {
  expect(normaliseText('<at>Bot</at> help', [], 'bot')).toBe('<at>Bot</at> help');
});

test('gives at most 1,000 clean characters for any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 3_000 }), (written) => {
      const meant = normaliseText(written, [own], 'bot');
      expect(meant.length).toBeLessThanOrEqual(1_000);
      expect(meant).not.toMatch(/[\u00a0\u200b\ufeff\p{Cc}]/u);
    }),
  );
});
