import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { samples } from './samples';

/**
 * The typical card of each kind as it stands. `UPDATE_GOLDEN=1 npm run jest -- test/cards/golden.test.ts` writes them
 * anew; a golden card that changes says why in its commit.
 */
const folder = join(__dirname, 'golden');
const typical = samples.filter((sample) => sample.name.endsWith('typical'));

it.each(typical.map((sample) => [`${sample.card}-${sample.name}`, sample.draw] as const))(
  '%s is drawn as its golden card',
  (name, draw) => {
    const path = join(folder, `${name}.json`);
    const json = `${JSON.stringify(draw(), null, 2)}\n`;
    if (process.env['UPDATE_GOLDEN'] === '1') {
      mkdirSync(folder, { recursive: true });
      writeFileSync(path, json);
    }
    expect([name, existsSync(path)]).toEqual([name, true]);
    expect(JSON.parse(json)).toEqual(JSON.parse(readFileSync(path, 'utf8')));
  },
);
