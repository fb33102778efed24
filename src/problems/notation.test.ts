import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explicitFormula, parseFormula } from './formula.ts';
import { canonicalText, type FaultCode, readNotation, type SpotCode } from './notation.ts';

const [X, Y] = [0.3, 0.7];
const ACCEPTED: readonly (readonly [text: string, canonical: string, value: number])[] = [
  ['x − y', 'x - y', X - Y],
  ['x – y', 'x - y', X - Y],
  ['x²', 'x^2', X ** 2],
  ['x³y', 'x^3*y', X ** 3 * Y],
  ['x⁻¹', 'x^(-1)', 1 / X],
  ['x¹⁰', 'x^10', X ** 10],
  ['eˣ', 'e^x', Math.exp(X)],
  ['e⁻ˣ', 'e^(-x)', Math.exp(-X)],
  ['x·y', 'x*y', X * Y],
  ['x×y', 'x*y', X * Y],
  ['x⋅y', 'x*y', X * Y],
  ['x∗y', 'x*y', X * Y],
  ['x÷y', 'x/y', X / Y],
  ['x**2', 'x^2', X ** 2],
  ['|x|', 'abs(x)', X],
  ['|x|-|y|', 'abs(x) - abs(y)', X - Y],
  ['||x|-|y||', 'abs(abs(x) - abs(y))', Y - X],
  ['|x||y|', 'abs(x)*abs(y)', X * Y],
  ['3|x-y|', '3*abs(x - y)', 3 * (Y - X)],
  ['ln x', 'log(x)', Math.log(X)],
  ['ln|x|', 'log(abs(x))', Math.log(X)],
  ['log(y, 10)', 'log(y, 10)', Math.log10(Y)],
  ['sin x', 'sin(x)', Math.sin(X)],
  ['sin²(x)', 'sin(x)^2', Math.sin(X) ** 2],
  ['sin² x', 'sin(x)^2', Math.sin(X) ** 2],
  ['sin^2(x)', 'sin(x)^2', Math.sin(X) ** 2],
  ['sin^2 x', 'sin(x)^2', Math.sin(X) ** 2],
  ['sin 2x', 'sin(2*x)', Math.sin(2 * X)],
  ['sin 2πx', 'sin(2*pi*x)', Math.sin(2 * Math.PI * X)],
  ['sin xy', 'sin(x*y)', Math.sin(X * Y)],
  ['sin x + 1', 'sin(x) + 1', Math.sin(X) + 1],
  ['sin x^2', 'sin(x^2)', Math.sin(X ** 2)],
  ['sin -x', 'sin(-x)', Math.sin(-X)],
  ['sin x cos y', 'sin(x)*cos(y)', Math.sin(X) * Math.cos(Y)],
  ['SIN(X)', 'sin(x)', Math.sin(X)],
  ['arctan y', 'atan(y)', Math.atan(Y)],
  ['exp x', 'exp(x)', Math.exp(X)],
  ['exp(-4(x^2+y^2))', 'exp(-4*(x^2 + y^2))', Math.exp(-4 * (X ** 2 + Y ** 2))],
  ['e^x', 'e^x', Math.exp(X)],
  ['e^-x^2', 'e^(-x^2)', Math.exp(-(X ** 2))],
  ['xe^y', 'x*e^y', X * Math.exp(Y)],
  ['x(x+1)', 'x*(x + 1)', X * (X + 1)],
  ['(x)(y)', 'x*y', X * Y],
  ['2x', '2*x', 2 * X],
  ['xy', 'x*y', X * Y],
  ['2xy', '2*x*y', 2 * X * Y],
  ['xsin(y)', 'x*sin(y)', X * Math.sin(Y)],
  ['π', 'pi', Math.PI],
  ['√x', 'sqrt(x)', Math.sqrt(X)],
  ['√(x+1)', 'sqrt(x + 1)', Math.sqrt(X + 1)],
  ['½x', '1/2*x', X / 2],
  ['0,5', '0.5', 0.5],
  ['0,5x + 1,25', '0.5*x + 1.25', 0.5 * X + 1.25],
  ['sin(0,5)', 'sin(0.5)', Math.sin(0.5)],
  ['max(x; 0,5)', 'max(x, 0.5)', 0.5],
  ['max(x, 0, 0.5)', 'max(x, 0, 0.5)', 0.5],
  ['max(1,2)', 'max(1, 2)', 2],
  ['atan2(x,0,5)', 'atan2(x, 0.5)', Math.atan2(X, 0.5)],
  ['[x+1]·{y}', '(x + 1)*y', (X + 1) * Y],
  ['ψ(x,y) = x', 'x', X],
  ['f(x) = x + y', 'x + y', X + Y],
  ['y = x^2', 'x^2', X ** 2],
  ['z := xy', 'x*y', X * Y],
  ['-x^2', '-x^2', -(X ** 2)],
  ['2^-x', '2^(-x)', 2 ** -X],
  ['x^y^2', 'x^(y^2)', X ** (Y ** 2)],
  ['x^2/2', 'x^2/2', X ** 2 / 2],
  ['1/2·x', '1/2*x', X / 2],
  ['x--y', 'x - -y', X + Y],
  ['.5 + 5.', '0.5 + 5', 5.5],
  ['1e-3', '1e-3', 1e-3],
  ['x*y > 0 ? 0.5 : -0.3', 'x*y > 0 ? 0.5 : -0.3', 0.5],
  ['0 < x < y', '0 < x < y', 1],
  ['x ≤ y', 'x <= y', 1],
  ['𝑥² + 𝑦²', 'x^2 + y^2', X ** 2 + Y ** 2],
];

const AMBIGUOUS: readonly (readonly [text: string, code: SpotCode, ...readings: string[]])[] = [
  ['1/2x', 'division', '1/(2*x)', '1/2*x'],
  ['x/2y', 'division', 'x/(2*y)', 'x/2*y'],
  ['1/xy', 'division', '1/(x*y)', '1/x*y'],
  ['1/2(x+1)', 'division', '1/(2*(x + 1))', '1/2*(x + 1)'],
  ['max(x, 0,5)', 'comma', 'max(x, 0.5)', 'max(x, 0, 5)'],
  ['log(8,2)', 'comma', 'log(8.2)', 'log(8, 2)'],
  ['1,000x', 'thousands', '1.000*x', '1000*x'],
  ['sin x y', 'argument', 'sin(x*y)', 'sin(x)*y'],
  ['sin x/2', 'argument', 'sin(x)/2', 'sin(x/2)'],
  ['ln x(y+1)', 'argument', 'log(x*(y + 1))', 'log(x)*(y + 1)'],
  ['√2x', 'argument', 'sqrt(2*x)', 'sqrt(2)*x'],
  ['x^-2y', 'exponent', 'x^(-2)*y', 'x^(-2*y)'],
  ['e^2x', 'exponent', 'e^2*x', 'e^(2*x)'],
  ['x^1/2', 'root', 'x^(1)/2', 'x^(1/2)'],
  ['|x|y|x|', 'bars', 'abs(x)*y*abs(x)', 'abs(x*abs(y)*x)'],
  ['e(x+1)', 'e before a bracket', 'e*(x + 1)', 'exp(x + 1)'],
];

const REFUSED: readonly (readonly [
  text: string,
  code: FaultCode,
  from: number,
  to: number,
  instead?: string,
])[] = [
  ['', 'empty', 0, 0],
  ['   ', 'empty', 3, 3],
  ['z', 'unknown name', 0, 1],
  ['x + 2t', 'unknown name', 5, 6],
  ['a/bc', 'unknown name', 0, 1],
  ['sinus(x)', 'unknown name', 0, 5, 'sin'],
  ['sen x', 'unknown name', 0, 3, 'sin'],
  ['tg x', 'unknown name', 0, 2, 'tan'],
  ['arctg(x)', 'unknown name', 0, 5, 'atan'],
  ['log10(x)', 'unknown name', 0, 5, 'log(x, 10)'],
  ['lg x', 'unknown name', 0, 2, 'log(x, 10)'],
  ['2·sim(x)', 'unknown name', 2, 5, 'sin'],
  ['constructor(x)', 'unknown name', 0, 11],
  ['toString', 'unknown name', 0, 8],
  ['x +', 'missing operand', 3, 3],
  ['x/ ', 'missing operand', 3, 3],
  ['* x', 'missing operand', 0, 1],
  ['()', 'missing operand', 1, 2],
  ['x + * y', 'two operators', 2, 5],
  ['sin', 'missing argument', 0, 3],
  ['1 + sin()', 'missing argument', 4, 7],
  ['max x', 'missing argument', 0, 3],
  ['max(x)', 'wrong number of arguments', 0, 3, '2…'],
  ['sin(x, y)', 'wrong number of arguments', 0, 3, '1'],
  ['2(x+1', 'unclosed bracket', 1, 2],
  ['|x', 'unclosed bracket', 0, 1],
  ['x+1)', 'unopened bracket', 3, 4],
  ['(x]', 'other bracket', 2, 3, ')'],
  ['x2', 'number after a name', 0, 2],
  ['2 3', 'two numbers', 0, 3],
  ['2½', 'mixed number', 0, 2],
  ['x,y', 'comma', 1, 2],
  ['x;y', 'semicolon', 1, 2],
  ['x:2', 'colon', 1, 2],
  ['x = 3', 'equation', 0, 3],
  ['y = x + y', 'equation', 0, 3],
  ['x² + y² = 1', 'equation', 8, 9],
  ['(1,2)', 'pair', 0, 5],
  ['[1,2]', 'pair', 0, 5],
  ['1,000,000', 'thousands', 0, 6],
  ['sin^-1(x)', 'inverse function', 0, 5, 'asin'],
  ['cos⁻¹ x', 'inverse function', 0, 5, 'acos'],
  ['x!', 'unknown character', 1, 2],
  ['٣x', 'unknown character', 0, 1],
  ['"x"', 'unknown character', 0, 1],
  ['1/2x + 1/2y + 1/2(x+y)', 'too many readings', 1, 4],
  [`x${'+x'.repeat(300)}`, 'too long', 500, 601],
];

describe('readNotation', () => {
  it.each(ACCEPTED)('reads %s as %s', (text, canonical, value) => {
    const { readings } = readNotation(text);
    expect(readings?.map((reading) => reading.canonical)).toEqual([canonical]);
    expect(parseFormula(canonical)(X, Y)).toBeCloseTo(value, 12);
    expect(parseFormula(text)(X, Y)).toBeCloseTo(value, 12);
  });

  it.each(AMBIGUOUS)('asks about %s: %s', (text, code, ...canonical) => {
    const { readings, spots } = readNotation(text);
    expect(readings?.map((reading) => reading.canonical)).toEqual(canonical);
    expect(spots?.map((spot) => spot.code)).toContain(code);
    for (const form of canonical) expect(readNotation(form).readings?.length).toBe(1);
  });

  it.each(REFUSED.map(([text, ...place]) => ({ text, place })))(
    'refuses $text: $place.0',
    ({ text, place }) => {
      const { fault } = readNotation(text);
      const { code, from, to, instead } = fault ?? {};
      expect([code, from, to, ...(instead === undefined ? [] : [instead])]).toEqual(place);
    },
  );

  it('gives canonical text that has this reading only, and throws nothing', () => {
    const pieces = [
      'x',
      'y',
      '2',
      '0,5',
      '1.5',
      ' ',
      ' ',
      '+',
      '-',
      '−',
      '*',
      '/',
      '^',
      '²',
      '(',
      ')',
      '|',
      ',',
      ';',
      'sin',
    ]
      .concat([
        'ln ',
        'max(',
        'e',
        'π',
        '√',
        '½',
        '?',
        ':',
        '<',
        '=',
        'exp',
        '[',
        ']',
        'z',
        '!',
        '⁻¹',
        'ˣ',
        '1e3',
        '.',
        '𝑥',
      ])
      .map((piece) => fc.constant(piece));
    let read = 0;
    const texts = fc.oneof(
      fc.array(fc.oneof(...pieces), { maxLength: 14 }).map((parts) => parts.join('')),
      fc.string(),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const { readings, fault } = readNotation(text);
        if (fault) {
          expect(fault.from).toBeLessThanOrEqual(fault.to);
          expect(fault.to).toBeLessThanOrEqual(text.length);
        }
        for (const { canonical } of readings ?? []) {
          read++;
          const again = readNotation(canonical);
          expect(again.readings?.map((reading) => reading.canonical)).toEqual([canonical]);
          expect(typeof parseFormula(canonical)(X, Y)).toBe('number');
        }
      }),
      { numRuns: 4000, seed: 1 },
    );
    expect(read).toBeGreaterThan(100);
  });

  it('means what the library means wherever it sees one reading', () => {
    const leaf = fc.constantFrom('x', 'y', '2', '0.5', 'pi', 'e');
    const { formula } = fc.letrec<{ formula: string }>((tie) => ({
      formula: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        leaf,
        fc
          .tuple(
            tie('formula'),
            fc.constantFrom('+', '-', '*', '/', '^', '', ' ', ' < ', '/-', '^-'),
            tie('formula'),
          )
          .map((parts) => parts.join('')),
        tie('formula').map((inner) => `(${inner})`),
        tie('formula').map((inner) => `-${inner}`),
        fc
          .tuple(fc.constantFrom('sin', 'exp', 'abs'), tie('formula'))
          .map(([name, inner]) => `${name}(${inner})`),
        fc.tuple(tie('formula'), tie('formula')).map(([a, b]) => `max(${a}, ${b})`),
      ),
    }));
    let compared = 0;
    fc.assert(
      fc.property(formula, (text) => {
        const { readings } = readNotation(text);
        if (readings?.length !== 1) return;
        compared++;
        const [ours, theirs] = [parseFormula(readings[0].canonical), parseFormula(text)];
        for (const [x, y] of [
          [X, Y],
          [-0.4, 0.9],
        ]) {
          const [a, b] = [ours(x, y), theirs(x, y)];
          expect(
            Object.is(a, b) || Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b)),
            `${text}: ${a}, ${b}`,
          ).toBe(true);
        }
      }),
      { numRuns: 2000, seed: 2 },
    );
    expect(compared).toBeGreaterThan(500);
  });

  it('takes no longer for many bars', () => {
    const begin = performance.now();
    readNotation(Array.from({ length: 60 }, () => '|x|').join(' y '));
    // Where every bar doubled the time it would take years.
    expect(performance.now() - begin).toBeLessThan(20_000);
  });
});

describe('explicitFormula', () => {
  it.each([
    ['max(x,0,5)', 'max(x, 0, 5)'],
    ['1/2x', '1/2*x'],
    ['x/2y', 'x/(2*y)'],
    ['1/2/3x', '1/(2/3*x)'],
    ['x^2y', 'x^2*y'],
    ['x²', 'x^2'],
  ])('%s of a link means %s', (text, canonical) => {
    const { readings } = readNotation(explicitFormula(text));
    expect(readings?.map(({ tree }) => canonicalText(tree))).toEqual([canonical]);
  });
  it('says what is ambiguous or cannot be read, and where', () => {
    expect(() => explicitFormula('sin x y')).toThrow('several ways');
    expect(() => explicitFormula('2·foo(x)')).toThrow('unknown name “foo” at character 3');
  });
});
