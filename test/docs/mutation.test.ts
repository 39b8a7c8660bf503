import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import groupsFile from '../mutation/groups.json';
import reasons from '../mutation/reasons.json';

const root = resolve(__dirname, '../..');
const text = (path: string) => readFileSync(resolve(root, path), 'utf8');
const groups = Object.entries(groupsFile.groups);
const files = groups.flatMap(([group, { mutate }]) => mutate.map((file) => ({ group, file })));

interface Row {
  readonly group: string;
  readonly file: string;
  readonly mutants: number;
  readonly killed: number;
  readonly survived: number;
}

/** The rows of the table of figures; those of a sum have no file. */
const rows = text('docs/mutation.md')
  .split('\n')
  .map((line) =>
    line
      .replace(/[*`]/g, '')
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
  .filter((cells) => cells.length === 7 && /^\d+$/.test(cells[2] ?? ''))
  .map(([group = '', file = '', ...figures]): Row => {
    const [mutants = 0, killed = 0, survived = 0] = figures.map(Number);
    return { group, file, mutants, killed, survived };
  });
const ofFiles = rows.filter(({ file }) => file !== '');
const sumOf = (list: readonly Row[]) => ({
  mutants: list.reduce((total, one) => total + one.mutants, 0),
  killed: list.reduce((total, one) => total + one.killed, 0),
  survived: list.reduce((total, one) => total + one.survived, 0),
});

describe('docs/mutation.md', () => {
  it('has figures of every file that is mutated, and of no other', () => {
    expect(ofFiles.map(({ group, file }) => ({ group, file })).toSorted(byFile)).toEqual(
      files.toSorted(byFile),
    );
  });

  it('speaks of files and tests that are there', () => {
    const named = groups.flatMap(([, { mutate, tests }]) => [...mutate, ...tests]);
    expect(named.filter((path) => !existsSync(resolve(root, path)))).toEqual([]);
  });

  it('adds up', () => {
    for (const { mutants, killed, survived } of rows) expect(killed + survived).toBe(mutants);
    for (const [group] of groups) {
      const own = rows.find((row) => row.group === group && row.file === '');
      expect(own).toMatchObject(sumOf(ofFiles.filter((row) => row.group === group)));
    }
    expect(rows.find(({ group }) => group === 'all')).toMatchObject(sumOf(ofFiles));
  });

  it('says that 90 % are killed, in every group and in all', () => {
    const sums = rows.filter(({ file }) => file === '');
    expect(sums.map(({ group }) => group)).toEqual([...groups.map(([group]) => group), 'all']);
    for (const { killed, mutants } of sums) expect(killed / mutants).toBeGreaterThanOrEqual(0.9);
  });

  it('lists each survivor with a reason', () => {
    const explained = reasons.filter(({ reason }) => reason.length > 10);
    const listed = text('docs/mutation.md')
      .split('\n')
      .filter((line) => line.startsWith('| `` '));
    expect(explained).toHaveLength(reasons.length);
    expect(listed).toHaveLength(sumOf(ofFiles).survived);
    expect(listed.filter((line) => !reasons.some(({ reason }) => line.endsWith(`| ${reason} |`)))).toEqual(
      [],
    );
  });
});

describe('the reasons', () => {
  it('are about code that still stands there', () => {
    const stale = reasons.filter(({ file, line }) => {
      const lines = existsSync(resolve(root, file)) ? text(file).split('\n') : [];
      return !lines.some((one) => one.trim() === line);
    });
    expect(stale).toEqual([]);
    expect(reasons.filter((one) => !files.some(({ file }) => file === one.file))).toEqual([]);
  });
});

function byFile(a: { readonly file: string }, b: { readonly file: string }): number {
  return a.file.localeCompare(b.file);
}
