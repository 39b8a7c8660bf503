import { findSame, standingOf, unapproved } from '../../src/plan/compare';
import type { Change, FieldChange, JsonValue } from '../../src/plan/types';

const field = (name: string, before: JsonValue, after: JsonValue): FieldChange => ({
  field: name,
  before,
  after,
});

function change(parameters: Change['parameters'], more: Partial<Change> = {}): Change {
  const fields = [field('a', 1, 2)];
  return {
    operation: 'partners.update',
    title: '',
    fields,
    parameters,
    affectedUsers: 0,
    undo: true,
    ...more,
  };
}

const one = change({ id: 'one', isOn: true });
const other = change({ id: 'two', isOn: true });
const standing = (remaining: readonly Change[], approved = one, isOurs = false, ofStep = [approved]) =>
  standingOf(approved, ofStep, remaining, isOurs);

describe('how an approved change stands', () => {
  it('is gone when nothing is to do any more, or only what was approved beside it', () => {
    expect(standing([])).toBe('gone');
    expect(standing([other], one, false, [one, other])).toBe('gone');
  });

  it('is different when something is to do that nobody approved', () => {
    expect(standing([other])).toBe('different');
    expect(standing([change({ id: 'one' }, { operation: 'partners.create' })])).toBe('different');
  });

  it('is the same only when all of it is', () => {
    expect(standing([change({ isOn: true, id: 'one' })])).toBe('same');
    expect(standing([other, change({ id: 'one', isOn: true }, { title: 'Else', undo: 'no' })])).toBe('same');
    expect(standing([change({ id: 'one', isOn: false })])).toBe('different');
    expect(standing([change({ id: 'one', isOn: true }, { fields: [field('a', 0, 2)] })])).toBe('different');
    expect(standing([change({ id: 'one', isOn: true }, { fields: [field('a', 1, 3)] })])).toBe('different');
    expect(standing([change({ id: 'one', isOn: true }, { fields: [field('b', 1, 2)] })])).toBe('different');
    expect(standing([change({ id: 'one', isOn: true }, { fields: [] })])).toBe('different');
  });

  it('compares each field by its name', () => {
    const fields = [field('a', 1, 2), field('b', 3, 4)];
    const two = change({ id: 'one' }, { fields });
    expect(standing([change({ id: 'one' }, { fields: [...fields].reverse() })], two)).toBe('same');
    expect(standing([change({ id: 'one' }, { fields: [...fields, field('c', 5, 6)] })], two)).toBe(
      'different',
    );
    expect(standing([change({ id: 'one' }, { fields: [fields[0]!, field('b', 3, 5)] })], two)).toBe(
      'different',
    );
    expect(standing([change({ id: 'one' }, { fields: [fields[0]!, fields[0]!] })], two)).toBe('different');
  });

  describe('of an object that the plan makes', () => {
    const ours = (before: JsonValue, reference: JsonValue = '$job.id') =>
      change({ id: reference, more: null }, { fields: [field('a', before, 2)] });

    it('may start from anything that was absent when it was approved', () => {
      expect(standing([ours(7)], ours('absent'), true)).toBe('same');
      expect(standing([ours(7)], ours('absent'), false)).toBe('different');
      expect(standing([ours(7)], ours(6), true)).toBe('different');
      expect(standing([ours(7, 'id')], ours('absent', 'id'), true)).toBe('different');
      expect(standing([ours(7, 'id$')], ours('absent', 'id$'), true)).toBe('different');
    });

    it('must end as approved all the same', () => {
      const end = change({ id: '$job.id', more: null }, { fields: [field('a', 7, 3)] });
      expect(standing([end], ours('absent'), true)).toBe('different');
    });
  });
});

describe('the same object', () => {
  it('is named by texts and nulls, and not by what is done to it', () => {
    const changed = change({ id: 'one', isOn: false, count: 3, list: ['x'] });
    expect(findSame(one, [other, changed])).toBe(changed);
    expect(findSame(change({ id: null }), [change({ id: 'x' })])).toBeUndefined();
    expect(findSame(change({ id: null }), [change({})])).toBeUndefined();
    expect(findSame(one, [other])).toBeUndefined();
  });

  it('tells what nobody approved', () => {
    expect(unapproved([one], [change({ id: 'one', isOn: false }), other])).toEqual([other]);
    expect(unapproved([one, other], [other, one])).toEqual([]);
  });
});
