/** What a formula is made of, as it was read. */
export type Tree =
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Tree[] }
  | { readonly kind: 'sign'; readonly op: '+' | '-'; readonly of: Tree }
  | { readonly kind: 'binary'; readonly op: Binary; readonly left: Tree; readonly right: Tree }
  | { readonly kind: 'chain'; readonly ops: readonly Comparison[]; readonly parts: readonly Tree[] }
  | { readonly kind: 'choice'; readonly test: Tree; readonly yes: Tree; readonly no: Tree };
export type Binary = '+' | '-' | '*' | '/' | '^';
export type Comparison = '<' | '>' | '<=' | '>=' | '==' | '!=';

/** Why a formula cannot be read. */
export type FaultCode =
  | 'empty'
  | 'too long'
  | 'unknown character'
  | 'unknown name'
  | 'missing operand'
  | 'missing argument'
  | 'wrong number of arguments'
  | 'two operators'
  | 'two numbers'
  | 'number after a name'
  | 'mixed number'
  | 'unclosed bracket'
  | 'unopened bracket'
  | 'other bracket'
  | 'comma'
  | 'semicolon'
  | 'colon'
  | 'equation'
  | 'pair'
  | 'thousands'
  | 'inverse function'
  | 'too many readings';

/** A fault and its place: characters `from` up to `to` of the text. */
export interface FormulaFault {
  readonly code: FaultCode;
  readonly from: number;
  readonly to: number;
  /** What stands there. */
  readonly what: string;
  /** What could be written in its place. */
  readonly instead?: string;
}

/** Why a formula can be read in several ways. */
export type SpotCode =
  | 'division'
  | 'argument'
  | 'exponent'
  | 'root'
  | 'comma'
  | 'thousands'
  | 'bars'
  | 'e before a bracket';

/** Where a formula can be read in several ways. */
export interface Spot {
  readonly code: SpotCode;
  readonly from: number;
  readonly to: number;
}

/** One way to read a formula. */
export interface Reading {
  readonly tree: Tree;
  /** The same in the notation of mathjs, with every operator written: it has this reading only. */
  readonly canonical: string;
}

/** All ways to read a formula, or why there is none. */
export type Read =
  | { readonly readings: readonly Reading[]; readonly spots: readonly Spot[]; readonly fault?: undefined }
  | { readonly readings?: undefined; readonly spots?: undefined; readonly fault: FormulaFault };

/** Functions, with the least and the greatest number of their arguments. */
const ARGUMENTS: Readonly<Record<string, readonly [number, number]>> = {
  sin: [1, 1],
  cos: [1, 1],
  tan: [1, 1],
  asin: [1, 1],
  acos: [1, 1],
  atan: [1, 1],
  atan2: [2, 2],
  sinh: [1, 1],
  cosh: [1, 1],
  tanh: [1, 1],
  exp: [1, 1],
  log: [1, 2],
  sqrt: [1, 1],
  abs: [1, 1],
  sign: [1, 1],
  min: [2, 99],
  max: [2, 99],
  floor: [1, 1],
  ceil: [1, 1],
  round: [1, 2],
  pow: [2, 2],
};
/** Functions that a formula may call. */
export const FUNCTIONS = Object.keys(ARGUMENTS);
const isFunction = (name: string) => Object.hasOwn(ARGUMENTS, name);

const ALIASES: Readonly<Record<string, string>> = {
  ln: 'log',
  arcsin: 'asin',
  arccos: 'acos',
  arctan: 'atan',
  sgn: 'sign',
  π: 'pi',
};
const CONSTANTS = ['x', 'y', 'pi', 'e'];
/** What is meant by names that other languages, books and programs have. */
const MEANT: Readonly<Record<string, string>> = {
  sinus: 'sin',
  sen: 'sin',
  cosinus: 'cos',
  tg: 'tan',
  tang: 'tan',
  tangens: 'tan',
  arctg: 'atan',
  arcsen: 'asin',
  sh: 'sinh',
  ch: 'cosh',
  th: 'tanh',
  lg: 'log(x, 10)',
  log10: 'log(x, 10)',
  ld: 'log(x, 2)',
  lb: 'log(x, 2)',
  log2: 'log(x, 2)',
  cot: '1/tan(x)',
  ctg: '1/tan(x)',
  sec: '1/cos(x)',
  csc: '1/sin(x)',
  cbrt: 'sign(x)*abs(x)^(1/3)',
  power: 'pow',
  signum: 'sign',
  root: 'sqrt',
};

/** Longest text that is looked at. */
const LONGEST = 500;
const MOST_READINGS = 4;
const MOST_ATTEMPTS = 256;

class Fault extends Error {
  constructor(readonly fault: FormulaFault) {
    super(fault.code);
  }
}

type TokenKind =
  | 'number'
  | 'name'
  | 'operator'
  | 'open'
  | 'close'
  | 'bar'
  | 'root'
  | 'comma'
  | 'semicolon'
  | 'end';
interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** Whether blanks stand before it. */
  readonly apart: boolean;
  /** Part of a raised exponent or a fraction such as ½. */
  readonly small?: boolean;
}

const OPERATORS: Readonly<Record<string, string>> = {
  '−': '-',
  '–': '-',
  '—': '-',
  '‐': '-',
  '‑': '-',
  '-': '-',
  '+': '+',
  '*': '*',
  '·': '*',
  '×': '*',
  '⋅': '*',
  '∗': '*',
  '∙': '*',
  '•': '*',
  '✕': '*',
  '⨯': '*',
  '/': '/',
  '÷': '/',
  '∕': '/',
  '⁄': '/',
  '^': '^',
  ˆ: '^',
  '?': '?',
  ':': ':',
  '<': '<',
  '>': '>',
  '≤': '<=',
  '≥': '>=',
  '≠': '!=',
  '=': '=',
};
const COMPARISONS: readonly string[] = ['<', '>', '<=', '>=', '==', '!='];
const RAISED: Readonly<Record<string, string>> = {
  '⁰': '0',
  '¹': '1',
  '²': '2',
  '³': '3',
  '⁴': '4',
  '⁵': '5',
  '⁶': '6',
  '⁷': '7',
  '⁸': '8',
  '⁹': '9',
  '⁺': '+',
  '⁻': '-',
  '⁽': '(',
  '⁾': ')',
  ˣ: 'x',
  ʸ: 'y',
};
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Tokens of a text. @throws Fault at a character that no formula has. */
function tokens(text: string, start: number): Token[] {
  const all: Token[] = [];
  let at = start;
  let apart = false;
  const push = (kind: TokenKind, token: string, from: number, to: number, small?: boolean) => {
    all.push({ kind, text: token, from, to, apart, small });
    apart = false;
  };
  const take = (pattern: RegExp, from: number): string => {
    pattern.lastIndex = from;
    return pattern.exec(text)?.[0] ?? '';
  };
  while (at < text.length) {
    const character = String.fromCodePoint(text.codePointAt(at) as number);
    const next = at + character.length;
    if (/[\s\p{Cf}]/u.test(character)) {
      apart = true;
      at = next;
      continue;
    }
    const raised = take(/[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ˣʸ]+/y, at);
    const number = take(/(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/iy, at);
    const two = { '**': '^', '<=': '<=', '>=': '>=', '==': '==', '!=': '!=' }[text.slice(at, at + 2)];
    if (raised !== '') {
      const to = at + raised.length;
      push('operator', '^', at, to, true);
      push('open', '(', at, to, true);
      const inner = [...raised].map((sign) => RAISED[sign]).join('');
      for (const token of tokens(inner, 0).slice(0, -1)) push(token.kind, token.text, at, to, true);
      push('close', ')', at, to, true);
      at = to;
    } else if (number !== '') {
      push('number', number, at, at + number.length);
      at += number.length;
    } else if (two) {
      push('operator', two, at, at + 2);
      at += 2;
    } else if (OPERATORS[character]) {
      push('operator', OPERATORS[character], at, next);
      at = next;
    } else if ('([{'.includes(character)) {
      push('open', character, at, next);
      at = next;
    } else if (')]}'.includes(character)) {
      push('close', character, at, next);
      at = next;
    } else if (character === '|' || character === '√' || character === ',' || character === ';') {
      const kinds = { '|': 'bar', '√': 'root', ',': 'comma', ';': 'semicolon' } as const;
      push(kinds[character], character, at, next);
      at = next;
    } else if (/\p{L}/u.test(character)) {
      let run = take(/\p{L}+/uy, at);
      // Raised letters are letters, too.
      run = run.split(/[ˣʸ]/u)[0];
      const digits = take(/\d+/y, at + run.length);
      const plain = run.normalize('NFKC');
      if (digits !== '' && known(plain + digits)) run += digits;
      const to = at + run.length;
      for (const name of namesIn(
        run.normalize('NFKC'),
        /^\s*(?:\^|\*\*|[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽ˣʸˆ])/u.test(text.slice(to)),
      ))
        push('name', name, at, to);
      at = to;
    } else {
      const parts = /^(\d+)⁄(\d+)$/.exec(character.normalize('NFKC'));
      if (!parts) throw new Fault({ code: 'unknown character', from: at, to: next, what: character });
      if (all.at(-1)?.kind === 'number')
        throw new Fault({
          code: 'mixed number',
          from: all.at(-1)?.from as number,
          to: next,
          what: character,
        });
      push('open', '(', at, next, true);
      push('number', parts[1], at, next, true);
      push('operator', '/', at, next, true);
      push('number', parts[2], at, next, true);
      push('close', ')', at, next, true);
      at = next;
    }
  }
  push('end', '', text.length, text.length);
  return all;
}

const known = (run: string) => Object.hasOwn(ARGUMENTS, run) || Object.hasOwn(MEANT, run);

/** The name that a run of letters is, in any case; or names side by side, xy or 2πx or x sin: unknown ones stay as they are. */
function namesIn(run: string, beforePower: boolean): string[] {
  for (const name of [run, run.toLowerCase()]) {
    const meant = Object.hasOwn(ALIASES, name) ? ALIASES[name] : name;
    if (isFunction(meant) || CONSTANTS.includes(meant)) return [meant];
  }
  const names: string[] = [];
  let rest = run;
  while (rest !== '') {
    const last = Object.hasOwn(ALIASES, rest) ? ALIASES[rest] : rest;
    if (isFunction(last) || (rest === 'e' && beforePower)) return [...names, last];
    const [name] = /^(?:pi|π|x|y)/.exec(rest) ?? [];
    // A word that only begins like names is one.
    if (name === undefined) return [run];
    names.push(name === 'π' ? 'pi' : name);
    rest = rest.slice(name.length);
  }
  return names;
}

/** Digits as they are written in canonical text. */
const plainNumber = (text: string) =>
  text
    .toLowerCase()
    .replace(/^\./, '0.')
    .replace(/\.(?=e|$)/, '');

/** Reads tokens once; where they can be read in several ways, in the one that `choices` says. */
class Parser {
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

const binary = (op: Binary, left: Tree, right: Tree): Tree => ({ kind: 'binary', op, left, right });
const multiplied = ([first, ...others]: readonly Tree[]): Tree =>
  others.reduce((product, factor) => binary('*', product, factor), first);

/** A name that may be meant by an unknown one. */
function meant(name: string): string | undefined {
  const lower = name.toLowerCase();
  if (Object.hasOwn(MEANT, lower)) return MEANT[lower];
  return lower.length < 3 ? undefined : FUNCTIONS.find((one) => distance(one, lower) === 1);
}

/** Letters to change, add, leave out or exchange, up to 2. */
function distance(a: string, b: string): number {
  if (a === b) return 0;
  if (Math.abs(a.length - b.length) > 1) return 2;
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  const rest = (skipA: number, skipB: number) => a.slice(i + skipA) === b.slice(i + skipB);
  const swapped = a[i] === b[i + 1] && a[i + 1] === b[i] && rest(2, 2);
  return rest(1, 1) || rest(1, 0) || rest(0, 1) || swapped ? 1 : 2;
}

const LEFT_SIDE = /^\s*(\p{L}+)\s*(?:\(\s*\p{L}\s*(?:[,;]\s*\p{L}\s*)*\))?\s*:?=(?!=)/u;

/** Where the right side begins, when the left one only names the function: f(x, y) = …, z = …, y = …. @throws Fault */
function startOf(text: string): number {
  const [side, name] = LEFT_SIDE.exec(text) ?? [];
  if (side === undefined) return 0;
  const own = namesIn(name.normalize('NFKC'), false);
  const [letter] = own;
  const used = letter === 'y' && /y/i.test(text.slice(side.length));
  if (own.length > 1 || isFunction(letter) || ['x', 'e', 'pi'].includes(letter) || used)
    throw new Fault({ code: 'equation', from: 0, to: side.length, what: side.trim() });
  return side.length;
}

/**
 * Reads a formula in x and y as students write it: x², 2x, |x|, sin²x, 0,5, f(x, y) = …. Where it can be read in several ways, all of
 * them come back.
 */
export function readNotation(text: string): Read {
  if (text.length > LONGEST)
    return { fault: { code: 'too long', from: LONGEST, to: text.length, what: String(text.length) } };
  let words: readonly Token[];
  try {
    words = tokens(text, startOf(text));
  } catch (error) {
    if (error instanceof Fault) return { fault: error.fault };
    throw error;
  }
  const readings = new Map<string, Tree>();
  const spots = new Map<string, Spot>();
  const waiting: (readonly number[])[] = [[]];
  let fault: FormulaFault | undefined;
  for (let attempts = 0; waiting.length > 0 && attempts < MOST_ATTEMPTS; attempts++) {
    const choices = waiting.shift() as readonly number[];
    const parser = new Parser(words, choices);
    try {
      const tree = parser.read();
      readings.set(canonicalText(tree), tree);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      fault ??= error.fault;
    }
    const made = parser.spots.map(({ choice }) => choice);
    for (let k = choices.length; k < parser.spots.length; k++) {
      const { code, from, to, count } = parser.spots[k];
      spots.set(`${code} ${from}`, { code, from, to });
      for (let other = 1; other < count; other++) waiting.push([...made.slice(0, k), other]);
    }
  }
  if (readings.size === 0) return { fault: fault as FormulaFault };
  if (readings.size > MOST_READINGS || waiting.length > 0) {
    const [{ from, to }] = spots.values();
    return { fault: { code: 'too many readings', from, to, what: text.slice(from, to) } };
  }
  return {
    readings: [...readings].map(([canonical, tree]) => ({ canonical, tree })),
    spots: readings.size > 1 ? [...spots.values()] : [],
  };
}

const LEVELS: Readonly<Record<Binary, number>> = { '+': 2, '-': 2, '*': 3, '/': 3, '^': 5 };
const ATOM = 6;

function levelOf(tree: Tree): number {
  if (tree.kind === 'choice') return 0;
  if (tree.kind === 'chain') return 1;
  if (tree.kind === 'sign') return 4;
  return tree.kind === 'binary' ? LEVELS[tree.op] : ATOM;
}

/** A tree in the notation of mathjs, with every operator and no bracket more than it needs. */
export function canonicalText(tree: Tree): string {
  const within = (part: Tree, least: number) =>
    levelOf(part) >= least ? canonicalText(part) : `(${canonicalText(part)})`;
  switch (tree.kind) {
    case 'number':
      return tree.text;
    case 'name':
      return tree.name;
    case 'call':
      return `${tree.name}(${tree.args.map(canonicalText).join(', ')})`;
    case 'sign':
      return tree.op + within(tree.of, LEVELS['^']);
    case 'chain':
      return tree.parts.map((part, i) => (i > 0 ? ` ${tree.ops[i - 1]} ` : '') + within(part, 2)).join('');
    case 'choice':
      return `${within(tree.test, 1)} ? ${within(tree.yes, 1)} : ${within(tree.no, 1)}`;
    case 'binary': {
      const level = LEVELS[tree.op];
      if (tree.op === '^') {
        // x^1/2 may be read as a root.
        const power = within(tree.right, ATOM);
        return `${within(tree.left, ATOM)}^${power === '1' ? '(1)' : power}`;
      }
      const sign = level === 2 ? ` ${tree.op} ` : tree.op;
      return within(tree.left, level) + sign + within(tree.right, level + 1);
    }
  }
}
