import type { User } from './world';

/** Whether a user fits a rule of a dynamic group. */
export type MembershipTest = (user: User) => boolean;

type Scalar = string | boolean | null;

const tokenPattern = /\s*(?:(\()|(\))|(\[)|(\])|(,)|"([^"]*)"|(-\w+)|([A-Za-z][\w.]*))/y;

interface Token {
  readonly kind: '(' | ')' | '[' | ']' | ',' | 'text' | 'operator' | 'word';
  readonly text: string;
}

const kinds = ['(', ')', '[', ']', ',', 'text', 'operator', 'word'] as const;

function tokensOf(rule: string): Token[] | null {
  const tokens: Token[] = [];
  let at = 0;
  while (rule.slice(at).trim()) {
    tokenPattern.lastIndex = at;
    const match = tokenPattern.exec(rule);
    if (!match) return null;
    at = tokenPattern.lastIndex;
    const index = kinds.findIndex((_, each) => match[each + 1] !== undefined);
    const kind = kinds[index];
    if (!kind) return null;
    tokens.push({ kind, text: match[index + 1] ?? '' });
  }
  return tokens;
}

const fold = (value: Scalar) => (typeof value === 'string' ? value.toLowerCase() : value);
const text = (value: Scalar) => (typeof value === 'string' ? value.toLowerCase() : '');

const operators: Record<string, (held: Scalar, wanted: readonly Scalar[]) => boolean> = {
  '-eq': (held, [wanted = null]) => fold(held) === fold(wanted),
  '-ne': (held, [wanted = null]) => fold(held) !== fold(wanted),
  '-startswith': (held, [wanted = null]) => text(held).startsWith(text(wanted)),
  '-notstartswith': (held, [wanted = null]) => !text(held).startsWith(text(wanted)),
  '-contains': (held, [wanted = null]) => text(held).includes(text(wanted)),
  '-notcontains': (held, [wanted = null]) => !text(held).includes(text(wanted)),
  '-in': (held, wanted) => wanted.some((each) => fold(each) === fold(held)),
  '-notin': (held, wanted) => !wanted.some((each) => fold(each) === fold(held)),
};

const literals: Record<string, Scalar> = { true: true, false: false, null: null };

/** Reads one rule: `and` binds closer than `or`; every read function answers null for what is no rule. */
class Reader {
  private at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  whole(): MembershipTest | null {
    const test = this.either();
    return this.at === this.tokens.length ? test : null;
  }

  private take(kind: Token['kind'], pattern = /./): Token | null {
    const token = this.tokens[this.at];
    if (token?.kind !== kind || !pattern.test(token.text)) return null;
    this.at += 1;
    return token;
  }

  private joined(word: RegExp, next: () => MembershipTest | null): MembershipTest[] | null {
    const tests: MembershipTest[] = [];
    do {
      const test = next();
      if (!test) return null;
      tests.push(test);
    } while (this.take('word', word) ?? this.take('operator', word));
    return tests;
  }

  private either(): MembershipTest | null {
    const tests = this.joined(/^-?or$/i, () => this.both());
    return tests && ((user) => tests.some((test) => test(user)));
  }

  private both(): MembershipTest | null {
    const tests = this.joined(/^-?and$/i, () => this.single());
    return tests && ((user) => tests.every((test) => test(user)));
  }

  private single(): MembershipTest | null {
    if (this.take('word', /^not$/i) ?? this.take('operator', /^-not$/i)) {
      const inner = this.single();
      return inner && ((user) => !inner(user));
    }
    if (!this.take('(')) return this.clause();
    const inner = this.either();
    return this.take(')') && inner;
  }

  private clause(): MembershipTest | null {
    const property = this.take('word', /^user\.\w+$/)?.text.slice('user.'.length);
    const test = operators[this.take('operator')?.text.toLowerCase() ?? ''];
    const wanted = this.values();
    if (!property || !test || !wanted) return null;
    return (user) => {
      const held = (user as unknown as Record<string, unknown>)[property];
      return test(typeof held === 'string' || typeof held === 'boolean' ? held : null, wanted);
    };
  }

  private values(): Scalar[] | null {
    if (!this.take('[')) {
      const value = this.value();
      return value === undefined ? null : [value];
    }
    const values: Scalar[] = [];
    do {
      const value = this.value();
      if (value === undefined) return null;
      values.push(value);
    } while (this.take(','));
    return this.take(']') && values;
  }

  private value(): Scalar | undefined {
    const quoted = this.tokens[this.at];
    if (quoted?.kind === 'text') this.at += 1;
    if (quoted?.kind === 'text') return quoted.text;
    return literals[this.take('word', /^(true|false|null)$/i)?.text.toLowerCase() ?? ''];
  }
}

const known = new Map<string, MembershipTest | null>();

/** The test that a membership rule stands for; null when it is none. Texts compare without case. */
export function membershipTest(rule: string): MembershipTest | null {
  const found = known.get(rule);
  if (found !== undefined) return found;
  const tokens = tokensOf(rule);
  const made = tokens?.length ? new Reader(tokens).whole() : null;
  if (known.size > 500) known.clear();
  known.set(rule, made);
  return made;
}
