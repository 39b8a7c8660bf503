import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { samples } from './samples';

const root = join(__dirname, '..', '..');
const names = readdirSync(join(root, 'cards'))
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -'.json'.length));
const exported = (name: string) =>
  `${name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())}Card`;

describe('templates', () => {
  it.each(names)('%s has a view function of the same name', async (name) => {
    const room = (await import(`../../src/cards/${name}`)) as Record<string, unknown>;
    expect(typeof room[exported(name)]).toBe('function');
  });

  it('every view function has a template', async () => {
    const files = readdirSync(join(root, 'src/cards')).map((file) => file.replace(/\.ts$/, ''));
    for (const file of files) {
      const room = (await import(`../../src/cards/${file}`)) as Record<string, unknown>;
      if (typeof room[exported(file)] === 'function' && file !== 'render-plan')
        expect([file, names]).toEqual([file, expect.arrayContaining([file])]);
    }
  });

  it('every template has samples in seven variants', () => {
    for (const name of names) {
      const own = samples.filter((sample) => sample.card === name).map((sample) => sample.name);
      for (const variant of ['typical', 'empty', 'one', 'many', 'hostile', 'longest', 'german']) {
        expect([name, own]).toEqual([
          name,
          expect.arrayContaining([expect.stringMatching(`(^|-)${variant}$`)]),
        ]);
      }
    }
  });
});
