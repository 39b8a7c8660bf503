import type { ArgumentDefinition, CommandDefinition, OptionDefinition } from '../../src/commands/definition';
import { isPlanId, planIdOf } from '../../src/commands/parse-arguments';
import { parse, usageLine, type Parsed } from '../../src/commands/parse';

const argument = (
  name: string,
  kind: ArgumentDefinition['kind'],
  more: Partial<ArgumentDefinition> = {},
): ArgumentDefinition => ({ name, kind, ...more });
const link = argument('link', 'link');
const anyLink = argument('link', 'link-or-all');

function command(name: string, args: readonly ArgumentDefinition[], more: Partial<CommandDefinition> = {}) {
  const rest = { group: 'Look', summary: '', details: '', who: 'viewer', tier: 'R', examples: () => [] };
  const run = () => Promise.reject(new Error('the parser runs nothing'));
  return {
    name,
    aliases: [],
    arguments: args,
    options: [],
    ...rest,
    run,
    ...more,
  } as unknown as CommandDefinition;
}

const flag: OptionDefinition = { name: 'raw', summary: '', value: { type: 'flag' } };
const commands = [
  command('links', [], { linkHint: 'See check.' }),
  command('bare', []),
  command('check', [link]),
  command('status', [anyLink]),
  command('show', [argument('plan', 'plan'), argument('part', 'word', { isOptional: true })], {
    options: [flag],
  }),
  command('tell', [argument('tenant', 'tenant')]),
  command('try', [argument('user', 'user'), link]),
  command('verify', [argument('subject', 'user-or-plan')]),
  command('pick', [argument('colour', 'word')]),
  command('say', [link, argument('reason', 'rest')]),
  command('note', [anyLink, argument('work-note', 'rest', { keepsQuotes: true })]),
  command('mark', [argument('plan', 'plan'), argument('text', 'rest', { isOptional: true })]),
  command('who', [argument('user', 'user'), argument('text', 'rest')]),
  command('scope set', [link], { tier: 'T2' }),
  command('setup', [link], { tier: 'T2' }),
  command('scope', [link]),
];

function read(text: string, inputs: Record<string, string> = {}): unknown {
  const parsed: Parsed = parse(text, commands, inputs);
  if (parsed.outcome === 'faulty') return parsed.sentence;
  if (parsed.outcome !== 'command') return parsed.outcome;
  const { link: found, words } = parsed.args;
  const name =
    found && found !== 'all' ? { link: `${found.source}>${found.target}` } : found && { link: found };
  return { ...name, ...words, ...(parsed.isPlanOnly ? { isPlanOnly: true } : {}) };
}

const missingLink = 'Say which link: source>target.';
const half = 'A link names two tenants: source>target.';
const first = `${missingLink} It comes first here.`;

describe('a link before the rest of the line', () => {
  it.each([
    ['say a>b because c>d', { link: 'a>b', reason: 'because c>d' }],
    ['say a > b "so be it"', { link: 'a>b', reason: 'so be it' }],
    ['say "x y">b z', { link: 'x y>b', reason: 'z' }],
    ['say a>b', 'Give a reason: people will read it.'],
    ['say a> b', half],
    ['say a > b', 'Give a reason: people will read it.'],
    ['say a >b', 'Give a reason: people will read it.'],
    ['say', first],
    ['say now', first],
    ['say all now', first],
    ['say now please', first],
    ['say a now', first],
    ['say >b now', half],
    ['say a>', half],
    ['say a>"" now', half],
    ['say "">b now', half],
    ['say because a>b', half],
    ['say > > >', half],
    ['say >> x now', half],
    ['say a b c', first],
    ['say a > > b', half],
    ['note all hands up', { link: 'all', 'work-note': 'hands up' }],
    ['note ALL x', { link: 'all', 'work-note': 'x' }],
    ['note all>b x', { link: 'all>b', 'work-note': 'x' }],
    ['note all', 'Give a work note.'],
    ['note every x', first],
    ['note', first],
    ['note a>b "kept as it is" ', { link: 'a>b', 'work-note': '"kept as it is"' }],
    ['note a>b “ x ” ', { link: 'a>b', 'work-note': '“ x ”' }],
  ])('%j', (line, expected) => {
    expect(read(line)).toEqual(expected);
  });

  it('leaves the rest to the form when it is not typed', () => {
    expect(read('say a>b', { reason: ' from the card ' })).toEqual({ link: 'a>b', reason: 'from the card' });
    expect(read('say a>b typed', { reason: 'from the card' })).toEqual({ link: 'a>b', reason: 'typed' });
    expect(read('say a>b', { reason: '  ' })).toBe('Give a reason: people will read it.');
  });
});

describe('words before the rest of the line', () => {
  it.each([
    ['mark pl-7', { plan: 'PL-0007' }],
    ['mark PL-12345 as it is', { plan: 'PL-12345', text: 'as it is' }],
    ['mark PL-1 "as it is"', { plan: 'PL-0001', text: 'as it is' }],
    ['mark PL-1 “as it is”', { plan: 'PL-0001', text: 'as it is' }],
    ['mark PL-1 „as it is“', { plan: 'PL-0001', text: 'as it is' }],
    ['mark PL-1 " so "', { plan: 'PL-0001', text: 'so' }],
    ['mark PL-1 a "b"', { plan: 'PL-0001', text: 'a "b"' }],
    ['mark PL-1 "a" b', { plan: 'PL-0001', text: '"a" b' }],
    ['mark PL-1 ?', { plan: 'PL-0001', text: '?' }],
    ['mark', 'Say which plan, like PL-0031.'],
    ['mark ""', 'Say which plan, like PL-0031.'],
    ['mark > x', 'Say which plan, like PL-0031.'],
    ['mark >> x', 'Say which plan, like PL-0031.'],
    ['mark "">', 'Say which plan, like PL-0031.'],
    ['mark ""> >x', 'Say which plan, like PL-0031.'],
    ['mark a > x', 'A plan is named like PL-0031, and “a” is not.'],
    ['mark a> x', 'A plan is named like PL-0031, and “a” is not.'],
    ['who pl-7 is it', { user: 'pl-7', text: 'is it' }],
    ['who -x is it', 'Options begin with two dashes: --x.'],
    ['who "-x" is it', { user: '-x', text: 'is it' }],
    ['who x', 'Give a text.'],
    ['who x "', 'The quote that begins at " is not closed.'],
  ])('%j', (line, expected) => {
    expect(read(line)).toEqual(expected);
  });

  it('asks for help only when nothing else is said', () => {
    expect(read('mark ?')).toBe('help');
    expect(read('mark PL-1 why ?')).toEqual({ plan: 'PL-0001', text: 'why ?' });
    expect(read('check a>b ?')).toBe('help');
  });
});

describe('links among words', () => {
  it.each([
    ['try x a>b', { user: 'x', link: 'a>b' }],
    ['try a to b x', { user: 'x', link: 'a>b' }],
    ['try x a to b', { user: 'x', link: 'a>b' }],
    ['try x a TO b', { user: 'x', link: 'a>b' }],
    ['try x', missingLink],
    ['try x y', '“y” is not a link. Write it as source>target.'],
    ['try a>b', 'Say which user: a sign-in name, a mail address or an object id.'],
    ['try "" a>b', 'Say which user: a sign-in name, a mail address or an object id.'],
    ['try x a>b y', '“y” is too much here. Put names with spaces in quotes.'],
    ['try x a to b y', '“y” is too much here. Put names with spaces in quotes.'],
    ['try a "to" b', '“to” is not a link. Write it as source>target.'],
    ['try to b', '“b” is not a link. Write it as source>target.'],
    ['try to a to b', { user: 'to', link: 'a>b' }],
    ['check a to', '“a” is not a link. Write it as source>target.'],
    ['check to to to', 'A link needs two different tenants: source>target.'],
    ['check a>""', half],
    ['check "">b', half],
    ['check >', half],
    ['check a>B', { link: 'a>B' }],
    ['check a>A', 'A link needs two different tenants: source>target.'],
    ['status all', { link: 'all' }],
    ['status All', { link: 'all' }],
    ['status al', '“al” is not a link. Write it as source>target.'],
    ['status all x', '“x” is too much here. Put names with spaces in quotes.'],
    ['status', missingLink],
    ['links a>b', 'links takes no link. See check.'],
    ['bare a>b', 'bare takes no link.'],
    ['bare x', 'bare stands alone: “x” is too much.'],
    [`bare ${'x'.repeat(40)}`, `bare stands alone: “${'x'.repeat(40)}” is too much.`],
    [`bare ${'x'.repeat(41)}`, `bare stands alone: “${'x'.repeat(40)}…” is too much.`],
    ['pick red blue', '“blue” is too much here. Put names with spaces in quotes.'],
  ])('%j', (line, expected) => {
    expect(read(line)).toEqual(expected);
  });
});

describe('words alone', () => {
  it.each([
    ['tell', 'Say which tenant, by its key.'],
    ['verify', 'Say what to verify: a user, or a plan like PL-0031.'],
    ['pick', 'Say which colour.'],
    ['pick red', { colour: 'red' }],
    ['pick -red', 'Options begin with two dashes: --red.'],
    ['pick "-red"', { colour: '-red' }],
    ['pick red-', { colour: 'red-' }],
    ['pick pl-3', { colour: 'pl-3' }],
    ['show pl-3', { plan: 'PL-0003' }],
    ['show pl-3 steps', { plan: 'PL-0003', part: 'steps' }],
    ['show 3', 'A plan is named like PL-0031, and “3” is not.'],
    ['show', 'Say which plan, like PL-0031.'],
  ])('%j', (line, expected) => {
    expect(read(line)).toEqual(expected);
  });

  it('come from the form when they are not typed', () => {
    expect(read('pick', { colour: ' red ' })).toEqual({ colour: 'red' });
    expect(read('pick', { colour: '-red' })).toEqual({ colour: '-red' });
    expect(read('show', { plan: 'pl-4', part: ' ' })).toEqual({ plan: 'PL-0004' });
    expect(read('show pl-3', { part: 'steps' })).toEqual({ plan: 'PL-0003', part: 'steps' });
  });
});

describe('numbers of plans', () => {
  it.each(['PL-1', 'pl-0031', 'Pl-123456789', 'PL-0', 'PL-9'])('%s is one', (value) => {
    expect(isPlanId(value)).toBe(true);
  });

  it.each(['', 'PL-', 'PL-1234567890', 'PX-1', 'P-12', 'PL-1a', 'PL-1:', 'PL-1/', 'PL- 1', '12345'])(
    '%j is none',
    (value) => {
      expect(isPlanId(value)).toBe(false);
    },
  );

  it('are stored with four digits or more', () => {
    expect(['pl-7', 'PL-0031', 'PL-12345', 'pl-000000001'].map(planIdOf)).toEqual([
      'PL-0007',
      'PL-0031',
      'PL-12345',
      'PL-0001',
    ]);
  });
});

describe('verbs', () => {
  it.each([
    ['check?', 'help'],
    ['"check?" a>b', { link: 'a>b' }],
    ['?', 'help'],
    ['??', 'help'],
    ['check ??', 'help'],
    ['check a>b ??', 'help'],
    ['check "?"', '“?” is not a link. Write it as source>target.'],
    ['check a>?', 'help'],
    ['check ???', '“???” is not a link. Write it as source>target.'],
    ['/check a>b', { link: 'a>b' }],
    ['CHECK. a>b', { link: 'a>b' }],
    ['check, a>b', { link: 'a>b' }],
    ['check!: a>b', { link: 'a>b' }],
    ['//check a>b', 'unknown'],
    ['!', 'unknown'],
    ['>', 'unknown'],
    ['--check', { link: 'a>b' }],
    ['scope a>b', { link: 'a>b' }],
    ['scope set a>b', { link: 'a>b' }],
    ['scope "set" a>b', '“set” is too much here. Put names with spaces in quotes.'],
  ])('%j', (line, expected) => {
    expect(read(line === '--check' ? '--check a>b' : line)).toEqual(expected);
  });

  it('that are not known are shown, up to 64 characters', () => {
    const [fits, long] = ['x'.repeat(64), 'x'.repeat(65)];
    expect(parse(fits, commands)).toMatchObject({ outcome: 'unknown', typed: fits });
    expect(parse(long, commands)).toMatchObject({ outcome: 'unknown', typed: `${fits}…` });
  });

  it('have a line of usage', () => {
    expect(usageLine(commands[2] as CommandDefinition)).toBe('Usage: check <link>');
  });
});

describe('plan before a change', () => {
  it.each([
    ['plan setup a>b', { link: 'a>b', isPlanOnly: true }],
    ['dry-run setup a>b', { link: 'a>b', isPlanOnly: true }],
    ['plan scope set a>b', { link: 'a>b', isPlanOnly: true }],
    ['plan setup', missingLink],
    ['plan setup ?', 'help'],
    ['plan ?', 'help'],
    ['plan', 'Say what to plan: plan scope set, setup.'],
    ['plan check a>b', 'Only changes can be planned: scope set, setup.'],
  ])('%j', (line, expected) => {
    expect(read(line)).toEqual(expected);
  });

  it('explains setup, the change that one begins with', () => {
    for (const line of ['plan', 'plan ?']) {
      expect(parse(line, commands)).toMatchObject({ command: { name: 'setup' } });
    }
    expect(parse('plan scope set ?', commands)).toMatchObject({ command: { name: 'scope set' } });
    expect(parse('plan', commands.slice(0, 2))).toMatchObject({ command: null });
  });

  it('changes nothing of what is wrong', () => {
    expect(parse('plan setup', commands)).toEqual(parse('setup', commands));
  });
});
