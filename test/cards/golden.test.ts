import { expectGolden } from '../helpers/golden';
import { samples } from './samples';

const typical = samples.filter((sample) => sample.name.endsWith('typical'));

it.each(typical.map((sample) => [`${sample.card}-${sample.name}`, sample.draw] as const))(
  '%s is drawn as its golden card',
  (name, draw) => expectGolden(__filename, name, draw()),
);
