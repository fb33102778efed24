import { Fault, type FaultCode, type Spot, type SpotCode } from './fault.ts';
import { ARGUMENTS, CONSTANTS, isFunction, meant } from './names.ts';
import type { Token, TokenKind } from './tokens.ts';
import { binary, type Comparison, multiplied, type Tree } from './tree.ts';

const COMPARISONS: readonly string[] = ['<', '>', '<=', '>=', '==', '!='];
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Digits as they are written in canonical text. */
const plainNumber = (text: string) =>
  text
    .toLowerCase()
    .replace(/^\./, '0.')
    .replace(/\.(?=e|$)/, '');

/** Reads tokens once; where they can be read in several ways, in the one that `choices` says. */
export class Parser {
  readonly spots: (Spot & { readonly choice: number; readonly count: number })[] = [];
  private at = 0;
  /** Bars of | | that are open in the innermost brackets. */
  private bars = 0;
  /** Conditions whose ':' is still to come. */
  private conditions = 0;
  /** Whether a comma between digits may separate arguments. */
  private separable = false;
  /** What was decided about a token. */
  private readonly decided = new Map<string, number>();

  constructor(
    private readonly tokens: readonly Token[],
    private readonly choices: readonly number[],
  ) {}

  read(): Tree {
    if (this.is('end')) throw this.fault('empty', this.now);
    const tree = this.expression();
    if (!this.is('end')) throw this.unexpected();
    return tree;
  }

  private get now(): Token {
    return this.tokens[this.at];
  }
  private get before(): Token | undefined {
    return this.tokens[this.at - 1];
  }
  private is(kind: TokenKind, text?: string, token = this.now): boolean {
    return token.kind === kind && (text === undefined || token.text === text);
  }
  private next(): Token {
    return this.tokens[this.at++];
  }
  private takes(text: string): boolean {
    if (!this.is('operator', text)) return false;
    this.at++;
    return true;
  }

  private fault(code: FaultCode, first: Token, last = first, instead?: string): Fault {
    const what = first === last ? first.text : '';
    return new Fault({ code, from: first.from, to: Math.max(first.to, last.to), what, instead });
  }

  /** One of `count` ways to go on, decided once at each token. */
  private choose(code: SpotCode, count: number, from: Token, to: Token): number {
    const key = `${code} ${from.from} ${this.at}`;
    const known = this.decided.get(key);
    if (known !== undefined) return known;
    const choice = this.choices[this.spots.length] ?? 0;
    this.spots.push({ code, from: from.from, to: to.to, choice, count });
    this.decided.set(key, choice);
    return choice;
  }

  /** What to say of a token that cannot stand where it stands. */
  private unexpected(): Fault {
    const { now, before } = this;
    if (now.kind === 'comma') return this.fault('comma', now);
    if (now.kind === 'semicolon') return this.fault('semicolon', now);
    if (now.kind === 'close') return this.fault('unopened bracket', now);
    if (this.is('operator', '=')) return this.fault('equation', now);
    if (this.is('operator', ':')) return this.fault('colon', now);
    if (now.kind === 'number' && before) {
      const code = before.kind === 'number' ? 'two numbers' : 'number after a name';
      return this.fault(code, before, now);
    }
    return this.fault('missing operand', now);
  }

  private expression(): Tree {
    const test = this.comparison();
    if (!this.takes('?')) return test;
    this.conditions++;
    const yes = this.expression();
    this.conditions--;
    if (!this.takes(':'))
      throw this.now.kind === 'end' ? this.fault('missing operand', this.now) : this.unexpected();
    return { kind: 'choice', test, yes, no: this.expression() };
  }

  private comparison(): Tree {
    const parts = [this.sum()];
    const ops: Comparison[] = [];
    while (this.now.kind === 'operator' && COMPARISONS.includes(this.now.text)) {
      ops.push(this.next().text as Comparison);
      parts.push(this.sum());
    }
    return ops.length === 0 ? parts[0] : { kind: 'chain', ops, parts };
  }

  private sum(): Tree {
    let left = this.term();
    for (;;) {
      if (this.takes('+')) left = binary('+', left, this.term());
      else if (this.takes('-')) left = binary('-', left, this.term());
      else return left;
    }
  }

  private term(): Tree {
    return this.goOn(multiplied(this.product()));
  }

  /** What is multiplied by and divided by after `left`. */
  private goOn(first: Tree): Tree {
    let left = first;
    for (;;) {
      if (this.takes('*')) left = binary('*', left, multiplied(this.product()));
      else if (this.is('operator', '/')) {
        const slash = this.next();
        const place = this.at;
        const factors = this.product();
        const last = this.before as Token;
        if (factors.length === 1) left = binary('/', left, factors[0]);
        else {
          const end = this.at;
          this.at = place;
          const choice = this.choose('division', 2, slash, last);
          this.at = end;
          const [divisor, ...others] = factors;
          left =
            choice === 0
              ? binary('/', left, multiplied(factors))
              : others.reduce((product, factor) => binary('*', product, factor), binary('/', left, divisor));
        }
      } else return left;
    }
  }

  /** Factors that stand side by side. */
  private product(): Tree[] {
    const factors = [this.factor()];
    while (this.beginsFactor()) factors.push(this.power());
    return factors;
  }

  /** Whether a factor follows without a sign of multiplication. */
  private beginsFactor(): boolean {
    const { now } = this;
    if (now.kind === 'number') throw this.unexpected();
    if (now.kind === 'bar') {
      if (this.bars === 0) return true;
      const after = this.tokens[this.at + 1].kind;
      const opens = ['number', 'name', 'open', 'root', 'bar'].includes(after);
      return opens && this.choose('bars', 2, now, now) === 1;
    }
    return now.kind === 'name' || now.kind === 'open' || now.kind === 'root';
  }

  private factor(): Tree {
    const { now } = this;
    if (now.kind === 'operator' && (now.text === '-' || now.text === '+')) {
      this.at++;
      return { kind: 'sign', op: now.text, of: this.factor() };
    }
    return this.power();
  }

  private power(): Tree {
    const base = this.primary();
    if (!this.is('operator', '^')) return base;
    this.at++;
    const bracketed = this.now.kind === 'open';
    const first = this.now;
    let exponent = this.factor();
    if (bracketed) return binary('^', base, exponent);
    const { now } = this;
    if (!now.apart && (now.kind === 'name' || (now.kind === 'open' && !now.small))) {
      if (this.choose('exponent', 2, first, now) === 1) exponent = multiplied([exponent, ...this.adjacent()]);
    } else if (first.text === '1' && exponent.kind === 'number' && this.is('operator', '/')) {
      const divisor = this.tokens[this.at + 1];
      if (divisor.kind === 'number' && this.choose('root', 2, first, divisor) === 1) {
        this.at++;
        exponent = binary('/', exponent, this.primary());
      }
    }
    return binary('^', base, exponent);
  }

  /** Factors that follow with nothing between. */
  private adjacent(): Tree[] {
    const factors: Tree[] = [];
    while (!this.now.apart && (this.now.kind === 'name' || this.now.kind === 'open'))
      factors.push(this.power());
    return factors;
  }

  private primary(): Tree {
    const token = this.now;
    if (token.kind === 'number') return this.number(this.separable);
    if (token.kind === 'open') return this.group();
    if (token.kind === 'bar') return this.absolute();
    if (token.kind === 'root') {
      this.at++;
      return this.call('sqrt', token);
    }
    if (token.kind === 'name') {
      this.at++;
      if (isFunction(token.text)) return this.call(token.text, token);
      if (!CONSTANTS.includes(token.text))
        throw new Fault({
          code: 'unknown name',
          from: token.from,
          to: token.to,
          what: token.text,
          instead: meant(token.text),
        });
      if (token.text === 'e' && this.now.kind === 'open' && !this.now.small)
        if (this.choose('e before a bracket', 2, token, this.now) === 1)
          return { kind: 'call', name: 'exp', args: [this.group()] };
      return { kind: 'name', name: token.text };
    }
    throw this.noOperand();
  }

  /** What to say where an operand should stand. */
  private noOperand(): Fault {
    const { now, before } = this;
    if (this.is('operator', '=') || now.kind === 'comma' || now.kind === 'semicolon') {
      const missing = !before || before.kind === 'open' || before.kind === 'operator';
      if (!missing || this.is('operator', '=')) return this.unexpected();
    }
    if (now.kind === 'close' && !before) return this.fault('unopened bracket', now);
    if (this.is('operator', ':') && this.conditions === 0) return this.fault('colon', now);
    if (now.kind === 'operator' && before?.kind === 'operator')
      return this.fault('two operators', before, now);
    return this.fault('missing operand', now);
  }

  private group(): Tree {
    const open = this.next();
    const { bars, separable } = this;
    this.bars = 0;
    this.separable = false;
    // (1,2) may be a pair.
    const [a, comma, b, close] = this.tokens.slice(this.at, this.at + 4);
    if (a.kind === 'number' && comma.kind === 'comma' && b.kind === 'number' && close.kind === 'close')
      throw this.fault('pair', open, close);
    const tree = this.expression();
    this.close(open);
    this.bars = bars;
    this.separable = separable;
    return tree;
  }

  private close(open: Token): void {
    if (this.now.kind === 'end') throw this.fault('unclosed bracket', open);
    if (this.now.kind !== 'close') throw this.unexpected();
    if (this.now.text !== CLOSING[open.text])
      throw this.fault('other bracket', this.now, this.now, CLOSING[open.text]);
    this.at++;
  }

  private absolute(): Tree {
    const open = this.next();
    const { separable } = this;
    this.separable = false;
    this.bars++;
    const tree = this.expression();
    if (this.now.kind === 'end') throw this.fault('unclosed bracket', open);
    if (this.now.kind !== 'bar') throw this.unexpected();
    this.at++;
    this.bars--;
    this.separable = separable;
    return { kind: 'call', name: 'abs', args: [tree] };
  }

  /** A number, of which a comma may be part. */
  private number(separable: boolean): Tree {
    const whole = this.next();
    const comma = this.now;
    const part = this.tokens[this.at + 1];
    const joined =
      comma.kind === 'comma' &&
      !comma.apart &&
      part?.kind === 'number' &&
      !part.apart &&
      /^\d+$/.test(whole.text);
    const plain = (text: string): Tree => ({ kind: 'number', text: plainNumber(text) });
    if (!joined) return plain(whole.text);
    const grouped = /^[1-9]\d{0,2}$/.test(whole.text) && /^\d{3}(?!\d)/.test(part.text);
    if (part.text.includes('.')) {
      if (separable) return plain(whole.text);
      throw this.fault(grouped ? 'thousands' : 'comma', whole, part);
    }
    if (separable) {
      if (this.choose('comma', 2, whole, part) === 1) return plain(whole.text);
    } else if (grouped && this.choose('thousands', 2, whole, part) === 1) {
      this.at += 2;
      return plain(whole.text + part.text);
    }
    this.at += 2;
    if (this.now.kind === 'comma' && grouped && !separable) throw this.fault('thousands', whole, this.now);
    return plain(`${whole.text}.${part.text}`);
  }

  private call(name: string, token: Token): Tree {
    let exponent: Tree | undefined;
    if (token.kind === 'name' && this.takes('^')) {
      const from = this.at;
      exponent = this.now.kind === 'open' ? this.group() : this.exponentOfFunction();
      if (exponent.kind === 'sign' && exponent.op === '-') {
        const inverse = { sin: 'asin', cos: 'acos', tan: 'atan' }[name];
        throw this.fault('inverse function', token, this.tokens[from], inverse);
      }
    }
    const args = this.now.kind === 'open' ? this.args(name, token) : [this.bare(name, token)];
    const called: Tree = { kind: 'call', name, args };
    return exponent ? binary('^', called, exponent) : called;
  }

  private exponentOfFunction(): Tree {
    if (this.is('operator', '-')) return this.factor();
    return this.primary();
  }

  /** Arguments in brackets. */
  private args(name: string, token: Token): Tree[] {
    const open = this.next();
    const { bars, separable } = this;
    this.bars = 0;
    const semicolons = this.hasSemicolon();
    const args: Tree[] = [];
    if (this.now.kind === 'close') throw this.fault('missing argument', token);
    for (;;) {
      this.separable = ARGUMENTS[name][1] > 1 && !semicolons;
      args.push(this.expression());
      if (this.now.kind !== 'semicolon' && (this.now.kind !== 'comma' || semicolons)) break;
      this.at++;
    }
    this.separable = separable;
    this.close(open);
    this.bars = bars;
    const [least, most] = ARGUMENTS[name];
    if (args.length < least || args.length > most)
      throw this.fault('wrong number of arguments', token, token, least === most ? `${least}` : `${least}…`);
    return args;
  }
  /** Whether the brackets that were just opened have a semicolon of their own. */
  private hasSemicolon(): boolean {
    let depth = 0;
    for (const { kind } of this.tokens.slice(this.at)) {
      if (kind === 'open') depth++;
      else if (kind === 'close' && depth-- === 0) return false;
      else if (kind === 'semicolon' && depth === 0) return true;
    }
    return false;
  }

  /** An argument without brackets: sin 2x. */
  private bare(name: string, token: Token): Tree {
    const begins = ['number', 'name', 'bar', 'root'].includes(this.now.kind);
    const signed = this.is('operator', '-') || this.is('operator', '+');
    if ((!begins && !signed) || ARGUMENTS[name][0] > 1) throw this.fault('missing argument', token);
    const factors = [this.factor()];
    const isRoot = token.kind === 'root';
    while (this.beginsFactor() && !this.beginsFunction()) {
      const sure = !isRoot && !this.now.apart && this.now.kind === 'name';
      if (!sure && this.choose('argument', 2, token, this.now) === 1) break;
      factors.push(this.power());
    }
    const argument = multiplied(factors);
    const sign = this.now;
    if (isRoot || sign.kind !== 'operator' || (sign.text !== '*' && sign.text !== '/')) return argument;
    const after = this.tokens[this.at + 1];
    if (this.beginsFunction(after) || this.choose('argument', 2, token, after) === 0) return argument;
    return this.goOn(argument);
  }

  private beginsFunction(token = this.now): boolean {
    return token.kind === 'root' || (token.kind === 'name' && isFunction(token.text));
  }
}
