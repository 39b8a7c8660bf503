import { faultsOf } from './lint';
import { samples } from './samples';

interface Parser {
  AdaptiveCard: new () => {
    parse(json: unknown, context: unknown): void;
    validateProperties(): { validationEvents: { message: string }[] };
  };
  SerializationContext: new () => { eventCount: number; getEventAt(index: number): { message: string } };
}
const official = require('adaptivecards/dist/adaptivecards.min.js') as Parser;

function parserEvents(json: unknown): string[] {
  const context = new official.SerializationContext();
  const card = new official.AdaptiveCard();
  card.parse(json, context);
  const parsed = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
  const validated = card.validateProperties().validationEvents.map((event) => event.message);
  // The parser checks "lang" with a global regular expression, which refuses the same value every second time.
  return [...parsed, ...validated].filter((message) => message !== 'Invalid value "en" for property "lang".');
}

describe.each(samples.map((sample) => [`${sample.card} (${sample.name})`, sample.draw] as const))(
  '%s',
  (_, draw) => {
    it('is drawn without a fault', () => {
      expect(faultsOf(draw())).toEqual([]);
    });

    it('holds nothing that the official parser does not know', () => {
      expect(parserEvents(draw())).toEqual([]);
    });
  },
);

it('the official parser does report an unknown element', () => {
  expect(parserEvents({ type: 'AdaptiveCard', version: '1.5', body: [{ type: 'Bogus' }] })).not.toEqual([]);
});
