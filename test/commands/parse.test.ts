import fc from 'fast-check';
import type { ArgumentDefinition, CommandDefinition, OptionDefinition } from '../../src/commands/definition';
import { parse, type Parsed } from '../../src/commands/parse';

function command(
  name: string,
  aliases: string[],
  args: ArgumentDefinition[],
  options: OptionDefinition[] = [],
  tier: CommandDefinition['tier'] = 'R',
): CommandDefinition {
  return {
    name,
    aliases,
    group: 'Look',
    summary: '',
    details: '',
    arguments: args,
    options,
    tier,
    who: 'viewer',
    examples: () => [],
    run: () => Promise.reject(new Error('the parser runs nothing')),
  };
}

const link: ArgumentDefinition = { name: 'link', kind: 'link' };
const commands = [
  command('help', ['hi', 'hello'], [{ name: 'command', kind: 'word', isOptional: true }]),
  command('links', ['ls'], []),
  command('check', ['preflight'], [link]),
  command('status', ['st'], [{ name: 'link', kind: 'link-or-all', isOptional: true }]),
  command('try', ['ondemand'], [{ name: 'user', kind: 'user' }, link], [], 'T1'),
  command(
    'verify',
    [],
    [
      { name: 'subject', kind: 'user-or-plan' },
      { name: 'link', kind: 'link', isOptional: true },
    ],
  ),
  command(
    'reject',
    [],
    [
      { name: 'plan', kind: 'plan' },
      { name: 'reason', kind: 'rest' },
    ],
  ),
  command(
    'setup',
    [],
    [link],
    [
      { name: 'users', summary: '', value: { type: 'text', placeholder: 'group:Name,user@…', isList: true } },
      { name: 'type', summary: '', value: { type: 'choice', choices: ['member', 'guest'] } },
      { name: 'guard', summary: '', value: { type: 'number', least: 1, most: 100000 } },
      { name: 'mail', summary: '', value: { type: 'mail' } },
    ],
    'T2',
  ),
];

function read(text: string, inputs: Record<string, string> = {}): Parsed {
  return parse(text, commands, inputs);
}

function run(
  text: string,
  inputs: Record<string, string> = {},
): { name: string; link: unknown } & Record<string, unknown> {
  const parsed = read(text, inputs);
  if (parsed.outcome !== 'command') throw new Error(`${text} → ${JSON.stringify(parsed)}`);
  const { command: found, args, isPlanOnly } = parsed;
  return {
    name: found.name,
    link: args.link,
    ...args.words,
    ...args.options,
    ...(isPlanOnly ? { isPlanOnly } : {}),
  };
}

function sentence(text: string, inputs: Record<string, string> = {}): string {
  const parsed = read(text, inputs);
  return parsed.outcome === 'faulty' ? parsed.sentence : `not faulty: ${parsed.outcome}`;
}

const conFab = { source: 'con', target: 'fab' };

describe('links', () => {
  it.each([
    'check con>fab',
    'check con&gt;fab',
    'check con->fab',
    'check con-->fab',
    'check con=>fab',
    'check con→fab',
    'check con to fab',
    'check con > fab',
    'check con> fab',
    'check con >fab',
    'check con -> fab',
    'check con → fab',
    'check con –> fab',
    '  CHECK\u00a0con＞fab ',
  ])('reads %j', (text) => {
    expect(run(text)).toEqual({ name: 'check', link: conFab });
  });

  it('keeps tenant ids and domains as they were typed', () => {
    expect(run('check contoso.com>11111111-2222-3333-4444-555555555555').link).toEqual({
      source: 'contoso.com',
      target: '11111111-2222-3333-4444-555555555555',
    });
  });

  it('finds the link before and behind the user', () => {
    expect(run('try bob@contoso.com con>fab')).toEqual({
      name: 'try',
      user: 'bob@contoso.com',
      link: conFab,
    });
    expect(run('try con>fab bob@contoso.com')).toEqual({
      name: 'try',
      user: 'bob@contoso.com',
      link: conFab,
    });
    expect(run('ondemand "Bob Smith" con to fab')).toEqual({ name: 'try', user: 'Bob Smith', link: conFab });
  });

  it('takes all, or nothing, where that is allowed', () => {
    expect(run('status all').link).toBe('all');
    expect(run('st').link).toBeNull();
    expect(sentence('check all')).toBe('“all” is not a link. Write it as source>target.');
  });

  it.each([
    ['check', 'Say which link: source>target.'],
    ['check con fab', '“con” is not a link. Write it as source>target.'],
    ['check con>', 'A link names two tenants: source>target.'],
    ['check >fab', 'A link names two tenants: source>target.'],
    ['check con>fab>win', 'Name one link only: source>target.'],
    ['check con>con', 'A link needs two different tenants: source>target.'],
    ['check con>fab now', '“now” is too much here. Put names with spaces in quotes.'],
    ['links con>fab', 'links takes no link.'],
    ['links all', 'links stands alone: “all” is too much.'],
    ['check "con', 'The quote that begins at "con is not closed.'],
  ])('says what is wrong with %j', (text, expected) => {
    expect(sentence(text)).toBe(expected);
  });
});

describe('options', () => {
  it('reads values, also quoted, joined and with dashes that a phone made longer', () => {
    expect(
      run(
        'setup con>fab —users “group:Pilot Two”, eve@contoso.com –type=Member --guard 10 --mail ops@contoso.com',
      ),
    ).toEqual({
      name: 'setup',
      link: conFab,
      users: 'group:Pilot Two,eve@contoso.com',
      type: 'member',
      guard: '10',
      mail: 'ops@contoso.com',
    });
  });

  it('takes the inputs of a form for what the line does not say', () => {
    expect(run('setup con>fab --guard 10', { guard: '99', type: 'guest', users: ' ', other: 'x' })).toEqual({
      name: 'setup',
      link: conFab,
      guard: '10',
      type: 'guest',
    });
    expect(sentence('setup con>fab', { guard: 'many' })).toBe(
      '--guard is a whole number from 1 to 100000, not “many”.',
    );
  });

  it.each([
    ['setup con>fab --type', '--type needs a value: --type member|guest.'],
    ['setup con>fab --type --guard 1', '--type needs a value: --type member|guest.'],
    ['setup con>fab --type admin', '--type is member or guest, not “admin”.'],
    ['setup con>fab --guard 1e3', '--guard is a whole number from 1 to 100000, not “1e3”.'],
    ['setup con>fab --guard 0', '--guard is a whole number from 1 to 100000, not “0”.'],
    ['setup con>fab --mail ops', '--mail is one mail address, and “ops” is none.'],
    ['setup con>fab --guard 1 --guard 2', '--guard is given twice.'],
    ['setup con>fab --gaurd 1', 'setup has no option --gaurd. Did you mean --guard n?'],
    ['setup con>fab -type member', '“-type” is too much here. Put names with spaces in quotes.'],
    ['check con>fab --raw', 'check takes no options, so --raw means nothing here.'],
  ])('says what is wrong with %j', (text, expected) => {
    expect(sentence(text)).toBe(expected);
  });
});

describe('plans and reasons', () => {
  it('takes the rest of the line as the reason, marks and arrows included', () => {
    expect(run('reject pl-0031 too risky -- con>fab is "frozen", why now?')).toEqual({
      name: 'reject',
      link: null,
      plan: 'PL-0031',
      reason: 'too risky -- con>fab is "frozen", why now?',
    });
    expect(run('reject PL-1 “not now”')).toMatchObject({ plan: 'PL-0001', reason: 'not now' });
    expect(run('reject PL-1', { reason: 'from the card' })).toMatchObject({ reason: 'from the card' });
  });

  it.each([
    ['reject', 'Say which plan, like PL-0031.'],
    ['reject PL-1', 'Give a reason: people will read it.'],
    ['reject 31 no', 'A plan is named like PL-0031, and “31” is not.'],
    ['reject PL-31x no', 'A plan is named like PL-0031, and “PL-31x” is not.'],
  ])('says what is wrong with %j', (text, expected) => {
    expect(sentence(text)).toBe(expected);
  });

  it('shows a change without offering it when plan stands before it', () => {
    expect(run('plan setup con>fab --type guest')).toEqual({
      name: 'setup',
      link: conFab,
      type: 'guest',
      isPlanOnly: true,
    });
    expect(sentence('plan')).toBe('Say what to plan: plan try, setup.');
    expect(sentence('plan check con>fab')).toBe('Only changes can be planned: try, setup.');
  });
});

describe('help and unknown text', () => {
  it.each(['', '   ', '?', '\u200b'])('answers %j with help', (text) => {
    expect(read(text)).toEqual({ outcome: 'help', command: null });
  });

  it.each(['check ?', 'check?', '? check', 'CHECK con>fab ?', 'Preflight ?', '/check?'])(
    'explains the command for %j',
    (text) => {
      expect(read(text)).toMatchObject({ outcome: 'help', command: { name: 'check' } });
    },
  );

  it.each([
    ['chekc con>fab', ['check']],
    ['stat', ['status']],
    ['verfiy bob', ['verify']],
    ['drop all tables', []],
    ['con>fab', []],
  ])('suggests the nearest commands for %j and does nothing', (text, names) => {
    const parsed = read(text);
    expect(parsed.outcome).toBe('unknown');
    expect(parsed.outcome === 'unknown' && parsed.nearest.map(({ name }) => name).slice(0, 2)).toEqual(names);
  });

  it('does not read a line of more than 1,000 characters', () => {
    expect(sentence(`check con>fab ${'x'.repeat(1_000)}`)).toBe(
      'That message is longer than 1000 characters, so I did not read it.',
    );
  });
});

describe('any text', () => {
  const verbs = commands.flatMap(({ name, aliases }) => [name, ...aliases]);
  const piece = fc.oneof(
    fc.constantFrom(
      ...verbs,
      '>',
      '->',
      '-',
      '—',
      '"',
      '“',
      ' ',
      'to',
      'all',
      '--users',
      '--',
      '?',
      'PL-1',
      '&gt;',
      ',',
    ),
    fc.string({ unit: 'binary', maxLength: 12 }),
  );
  const line = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));

  it('never makes the parser throw, and faults are one clear sentence', () => {
    fc.assert(
      fc.property(line, (text) => {
        const parsed = read(text);
        if (parsed.outcome === 'faulty') expect(parsed.sentence).toMatch(/^[^\n]{8,}[.?]$/su);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is never an action unless it begins with a command', () => {
    fc.assert(
      fc.property(line, (text) => {
        const parsed = read(text);
        if (parsed.outcome !== 'command') return;
        const cleaned = text
          .normalize('NFKC')
          .replace(/[^a-z"“”„«»-]/giu, '')
          .toLowerCase();
        const isNamed = [parsed.command.name, ...parsed.command.aliases].some((name) =>
          cleaned.includes(name),
        );
        expect(isNamed).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each(['a', '-', '"', '>', '—', 'check ', '&gt;', '--users x, ', '\u200b', 'ﷺ'])(
    'takes no longer than 5 ms for 10 KB of %j',
    (unit) => {
      const text = unit.repeat(Math.ceil(10_240 / unit.length));
      const short = text.slice(0, 990);
      for (const sample of [text, short, text.slice(0, 3_990)]) {
        read(sample);
        const times = Array.from({ length: 5 }, () => {
          const begun = performance.now();
          read(sample);
          return performance.now() - begun;
        });
        expect(Math.min(...times)).toBeLessThan(5);
      }
    },
  );
});
