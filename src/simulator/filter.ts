import { badRequest } from './refusal';
import type { FilterOperator } from './route';

export type Literal = string | number | boolean | null;

/** A parsed `$filter`. Inside `any` a property reads `proxyAddresses/any` or `identities/any/issuer`. */
export type Filter =
  | { readonly kind: 'and'; readonly left: Filter; readonly right: Filter }
  | { readonly kind: 'or'; readonly left: Filter; readonly right: Filter }
  | { readonly kind: 'not'; readonly inner: Filter }
  | { readonly kind: 'any'; readonly property: string; readonly inner: Filter }
  | {
      readonly kind: 'test';
      readonly operator: FilterOperator;
      readonly property: string;
      readonly lower: boolean;
      readonly values: readonly Literal[];
    };

const tokenPattern =
  /\s*(?:('(?:[^']|'')*')|(\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2})?)?)|(-?\d+(?:\.\d+)?)|([A-Za-z_][\w.]*(?:\/[A-Za-z_]\w*)*)|([(),:]))/y;

interface Token {
  readonly kind: 'text' | 'date' | 'number' | 'word' | 'sign';
  readonly text: string;
}

const kinds = ['text', 'date', 'number', 'word', 'sign'] as const;

function tokens(text: string): Token[] {
  const found: Token[] = [];
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < text.trimEnd().length) {
    const at = tokenPattern.lastIndex;
    const match = tokenPattern.exec(text);
    if (!match) throw badRequest(`Invalid filter clause: syntax error at position ${at} in '${text}'.`);
    const part = match.slice(1).findIndex((group) => group !== undefined);
    found.push({ kind: kinds[part] ?? 'sign', text: match[part + 1] ?? '' });
  }
  return found;
}

/** Parses a `$filter`; throws a 400 refusal for anything outside the grammar. */
export function parseFilter(text: string): Filter {
  const reader = new FilterReader(tokens(text), text);
  return reader.all();
}

const comparisons: readonly string[] = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'];
const functions: readonly string[] = ['startswith', 'endswith', 'contains'];

class FilterReader {
  private at = 0;
  private variable: { name: string; property: string } | null = null;

  constructor(
    private readonly list: readonly Token[],
    private readonly text: string,
  ) {}

  all(): Filter {
    const filter = this.or();
    if (this.at < this.list.length) this.fail();
    return filter;
  }

  private or(): Filter {
    let left = this.and();
    while (this.takeWord('or')) left = { kind: 'or', left, right: this.and() };
    return left;
  }

  private and(): Filter {
    let left = this.unary();
    while (this.takeWord('and')) left = { kind: 'and', left, right: this.unary() };
    return left;
  }

  private unary(): Filter {
    if (this.takeWord('not')) return { kind: 'not', inner: this.unary() };
    if (this.takeSign('(')) {
      const inner = this.or();
      this.need(')');
      return inner;
    }
    return this.test();
  }

  private test(): Filter {
    const word = this.word();
    if (functions.includes(word.toLowerCase()) && this.peek()?.text === '(') return this.callTest(word);
    if (word.endsWith('/any') && this.peek()?.text === '(') return this.any(word.slice(0, -4));
    this.at -= 1;
    const { property, lower } = this.operand();
    const operator = this.word().toLowerCase();
    if (operator === 'in') return { kind: 'test', operator, property, lower, values: this.values() };
    if (!comparisons.includes(operator)) this.fail();
    return { kind: 'test', operator: operator as FilterOperator, property, lower, values: [this.literal()] };
  }

  private callTest(word: string): Filter {
    this.need('(');
    const { property, lower } = this.operand();
    this.need(',');
    const values = [this.literal()];
    this.need(')');
    return { kind: 'test', operator: word.toLowerCase() as FilterOperator, property, lower, values };
  }

  private any(property: string): Filter {
    if (this.variable) this.fail();
    this.need('(');
    const name = this.word();
    this.need(':');
    this.variable = { name, property };
    const inner = this.or();
    this.variable = null;
    this.need(')');
    return { kind: 'any', property, inner };
  }

  private operand(): { property: string; lower: boolean } {
    const word = this.word();
    if (word.toLowerCase() !== 'tolower') return { property: this.qualified(word), lower: false };
    this.need('(');
    const property = this.qualified(this.word());
    this.need(')');
    return { property, lower: true };
  }

  private qualified(word: string): string {
    if (!this.variable) return word;
    const [first, ...rest] = word.split('/');
    if (first !== this.variable.name) this.fail();
    return [`${this.variable.property}/any`, ...rest].join('/');
  }

  private values(): Literal[] {
    this.need('(');
    const values = [this.literal()];
    while (this.takeSign(',')) values.push(this.literal());
    this.need(')');
    return values;
  }

  private literal(): Literal {
    const token = this.list[this.at];
    this.at += 1;
    if (token?.kind === 'text') return token.text.slice(1, -1).replaceAll("''", "'");
    if (token?.kind === 'date') return token.text;
    if (token?.kind === 'number') return Number(token.text);
    if (token?.text === 'true' || token?.text === 'false') return token.text === 'true';
    if (token?.text === 'null') return null;
    return this.fail();
  }

  private word(): string {
    const token = this.list[this.at];
    this.at += 1;
    return token?.kind === 'word' ? token.text : this.fail();
  }

  private peek(): Token | undefined {
    return this.list[this.at];
  }

  private takeWord(word: string): boolean {
    const found = this.peek()?.kind === 'word' && this.peek()?.text.toLowerCase() === word;
    if (found) this.at += 1;
    return found;
  }

  private takeSign(sign: string): boolean {
    const found = this.peek()?.kind === 'sign' && this.peek()?.text === sign;
    if (found) this.at += 1;
    return found;
  }

  private need(sign: string): void {
    if (!this.takeSign(sign)) this.fail();
  }

  private fail(): never {
    throw badRequest(`Invalid filter clause: syntax error in '${this.text}'.`);
  }
}
