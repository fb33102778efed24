import { Fault } from './fault.ts';
import { known, namesIn } from './names.ts';

export type TokenKind =
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
export interface Token {
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

/** Tokens of a text. @throws Fault at a character that no formula has. */
export function tokens(text: string, start: number): Token[] {
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
