import { editDistance, nearest } from '../../src/commands/nearest';

it.each([
  ['status', 'status', 0],
  ['Status', 'status', 0],
  ['stauts', 'status', 1],
  ['stats', 'status', 1],
  ['', 'abc', 3],
  ['kitten', 'sitting', 3],
])('counts the edits from %j to %j', (one, other, expected) => {
  expect(editDistance(one, other)).toBe(expected);
  expect(editDistance(other, one)).toBe(expected);
});

it('puts a shared beginning first and leaves out what has nothing in common', () => {
  const names = ['status', 'start', 'setup', 'history'];
  const find = (word: string) => nearest(word, names, (name) => [name]);
  expect(find('stat')[0]).toBe('status');
  expect(find('histroy')).toEqual(['history']);
  expect(find('xyzzy')).toEqual([]);
  expect(find('')).toEqual([]);
});
