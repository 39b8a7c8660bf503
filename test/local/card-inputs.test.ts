import { typedValues, withTypedValues } from '../../src/local/page/card-inputs';

it('puts what was typed back into the next version of a card', () => {
  const typed = typedValues([
    { id: 'reason', value: 'half a sentence', defaultValue: undefined },
    { id: 'guard', value: 20, defaultValue: 10 },
    { id: 'untouched', value: 'member', defaultValue: 'member' },
  ]);
  expect([...typed.keys()]).toEqual(['reason', 'guard']);
  const card = {
    type: 'AdaptiveCard',
    body: [
      { type: 'Container', items: [{ type: 'Input.Text', id: 'reason' }] },
      { type: 'Input.Number', id: 'guard', value: 10 },
      { type: 'TextBlock', id: 'reason', text: 'no input' },
    ],
  };
  expect(withTypedValues(card, typed)).toEqual({
    type: 'AdaptiveCard',
    body: [
      { type: 'Container', items: [{ type: 'Input.Text', id: 'reason', value: 'half a sentence' }] },
      { type: 'Input.Number', id: 'guard', value: 20 },
      { type: 'TextBlock', id: 'reason', text: 'no input' },
    ],
  });
});
