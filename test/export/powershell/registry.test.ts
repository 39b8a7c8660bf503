import { commands } from '../../../src/commands/index';
import { readRows } from '../../../src/export/powershell/reads';
import { writeRows } from '../../../src/export/powershell/writes';
import { operations, type OperationName } from '../../../src/graph/operations';

const names = Object.keys(operations) as OperationName[];

describe('PowerShell', () => {
  it('knows every operation that can be sent to Graph', () => {
    expect(Object.keys(writeRows).sort()).toEqual([...names].sort());
  });

  it.each(names)('writes %s as cmdlets of Microsoft.Graph, one command to a line', (operation) => {
    const lines = writeRows[operation].lines({
      change: {
        operation,
        title: 'Something',
        fields: [],
        parameters: {},
        affectedUsers: 0,
        undo: true,
      },
      link: {
        source: { tenantId: 'a', key: 'aaa', displayName: 'A', cloud: 'public' },
        target: { tenantId: 'b', key: 'bbb', displayName: 'B', cloud: 'public' },
      },
      value: (parameter) => ({ variable: parameter }),
    });
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.map(({ command }) => command).join(' ')).toMatch(/\b[A-Z][a-z]+-Mg[A-Z]\w+/);
    for (const { about, command } of lines) {
      expect(about).toMatch(/^\p{Lu}/u);
      expect(command).not.toMatch(/[\n<>]|undefined|\[object/);
    }
  });

  it('has a row for every command that only reads, or says why there is none', () => {
    const reads = commands.filter(({ tier }) => tier === 'R').map(({ name }) => name);
    expect(reads.filter((name) => !Object.hasOwn(readRows, name))).toEqual([]);
    for (const [name, row] of Object.entries(readRows)) {
      if ('none' in row) expect([name, row.none]).toEqual([name, expect.stringMatching(/^[A-Z].{20,}\.$/)]);
    }
  });
});
