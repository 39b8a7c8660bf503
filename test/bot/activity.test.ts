import { parseActivity } from '../../src/bot/activity';
import { normaliseText } from '../../src/bot/normalise-text';
import { pressContent } from '../../src/bot/press-content';
import { messageFrom } from '../helpers/edge';

const serviceUrl = 'http://127.0.0.1:1/connector';

test.each(['a\u0000', '\ud800', 'a\u0085b', '\udfff'])('takes no id that holds %j', (bad) => {
  const places = [
    { id: bad },
    { from: { id: bad } },
    { recipient: { id: bad } },
    { conversation: { id: bad } },
    { replyToId: bad },
  ];
  for (const change of places) expect(parseActivity(messageFrom(serviceUrl, change))).toBeNull();
});

test('takes a name without what no database holds', () => {
  const from = { id: '29:p', name: 'Pat\u0000 \ud800Person' };
  expect(parseActivity(messageFrom(serviceUrl, { from }))?.from.name).toBe('Pat \ufffdPerson');
});

test.each(['verify \ud800', 'verify &#xD800;', `verify ${'x'.repeat(992)}😀`])(
  'reads %j as whole characters',
  (written) => {
    expect(normaliseText(written, [], 'bot').isWellFormed()).toBe(true);
  },
);

test('takes what was filled in as whole text, with its lines', () => {
  const data = { command: 'help', reason: 'one\ntwo\u0000\ud800', 'bad\u0000key': 'x' };
  expect(pressContent(data, 'command', false)).toMatchObject({ inputs: { reason: 'one\ntwo\ufffd' } });
  expect(pressContent(data, 'command', false)).toHaveProperty('inputs', { reason: 'one\ntwo\ufffd' });
});
