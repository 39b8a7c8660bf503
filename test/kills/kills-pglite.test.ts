import { strikePoints } from './points';
import { provesKills } from './prove-kills';

it('knows at least 25 points', () => {
  expect(new Set(strikePoints).size).toBeGreaterThanOrEqual(25);
});

describe('a process that is killed, on PGlite', () => provesKills('pglite'));
