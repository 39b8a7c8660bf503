import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CommandDefinition } from '../../src/commands/definition';
import { usageOf } from '../../src/commands/definition';
import { commandDocs } from '../../src/commands/command-docs';
import { commands } from '../../src/commands/index';
import { parse } from '../../src/commands/parse';

const folder = resolve(__dirname, '../../src/commands');

function isCommand(value: unknown): value is CommandDefinition {
  return (
    typeof value === 'object' && value !== null && 'run' in value && 'aliases' in value && 'tier' in value
  );
}

describe('the list of commands', () => {
  it('has every command that a file of the folder exports', async () => {
    const found: CommandDefinition[] = [];
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.ts'))) {
      const exported = (await import(join(folder, file))) as Record<string, unknown>;
      found.push(...Object.values(exported).filter(isCommand));
    }
    expect(new Set(found.map(({ name }) => name))).toEqual(new Set(commands.map(({ name }) => name)));
    expect(found).toHaveLength(commands.length);
  });

  it('gives no name or alias twice, and keeps plan for planning', () => {
    const names = commands.flatMap(({ name, aliases }) => [name, ...aliases]);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) {
      expect(name).toMatch(/^[a-z0-9-]+( [a-z0-9-]+)?$/);
      expect(['plan', 'dry-run', 'all', 'to']).not.toContain(name);
    }
  });

  it.each(commands.map((command) => [command.name, command] as const))('explains %s', (_, command) => {
    expect(command.summary).toMatch(/^[A-Z].{10,62}[^.]$/u);
    expect(command.details).toMatch(/^[A-Z].*\.$/su);
    expect(usageOf(command)).toContain(command.name);
    expect(command.arguments.filter(({ kind }) => kind === 'rest').length).toBeLessThan(2);
  });

  it.each(commands.map((command) => [command.name, command] as const))(
    'has examples of %s that its own grammar reads',
    (_, command) => {
      const examples = command.examples({ source: 'aaa', target: 'bbb' });
      expect(examples.length).toBeGreaterThan(0);
      for (const example of examples) {
        const parsed = parse(example, commands);
        if (parsed.outcome === 'help') continue;
        expect(parsed).toMatchObject({ outcome: 'command', command: { name: command.name } });
      }
    },
  );

  it('never lets a read be planned, and every change be', () => {
    for (const { name, tier, arguments: args } of commands) {
      if (args.some(({ kind }) => kind !== 'link')) continue;
      const parsed = parse(`plan ${name} ${args.length > 0 ? 'aaa>bbb' : ''}`, commands);
      expect([name, parsed.outcome]).toEqual([name, tier === 'R' ? 'faulty' : 'command']);
    }
  });

  it('is what docs/commands.md says (UPDATE_GOLDEN=1 writes it)', () => {
    const file = resolve(__dirname, '../../docs/commands.md');
    const text = commandDocs(commands);
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, text);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});
