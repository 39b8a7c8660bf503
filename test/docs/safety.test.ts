import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { invariants } from './support/invariants';
import { proofs } from './support/proofs';
import { checkedIn, heldIn, lostTests, safetyDoc } from './support/safety-doc';

const root = resolve(__dirname, '../..');
const file = resolve(root, 'docs/safety.md');
const ids = Object.keys(invariants);

describe('docs/safety.md', () => {
  it('has all forty invariants', () => {
    expect(ids).toEqual(Array.from({ length: 40 }, (_, index) => `I${index + 1}`));
  });

  it.each(ids)('%s is held in the code and proven by a test', (id) => {
    expect(heldIn(id)).not.toEqual([]);
    expect([...(invariants[id]?.tests ?? []), ...checkedIn(id)]).not.toEqual([]);
  });

  it('names tests that are there', () => {
    expect(lostTests()).toEqual([]);
    expect(proofs.filter(({ test }) => !existsSync(resolve(root, 'test', test)))).toEqual([]);
  });

  it('is what code and tests say (UPDATE_GOLDEN=1 writes it)', () => {
    const made = safetyDoc();
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, made);
    expect(existsSync(file) ? readFileSync(file, 'utf8') : 'missing').toBe(made);
  });
});
