const EXPONENTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const MINUS = /[−–‐‑]/g;
const SHAPE =
  /^\s*([-+]?(?:\d+[.,]?\d*|[.,]\d+))(?:e([-+]?\d+)|\s*[·⋅×*]\s*10(?:\s*\^\s*\(?([-+]?\d+)\)?|([⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)))?\s*$/i;

/** What a number written with separators could also be: 1,000 is one thousand to some and one to others. */
const GROUPED = /^\s*[-+]?[1-9]\d{0,2}(?:[.,'’\s]\d{3})+(?:[.,]\d+)?\s*$/;

/** What keeps a text from being a number, where that can be told: its digits are grouped, or are not 0 to 9. */
export type NumberDoubt = 'grouped' | 'digits';

/** Digits in groups of three, or not those from 0 to 9. With `whole`, 1.000 is grouped too; else it is 1. */
export function doubtOf(text: string, whole: boolean): NumberDoubt | undefined {
  if (/[^\d\P{Nd}]/u.test(text)) return 'digits';
  return GROUPED.test(text) && (whole || !/^[^,'’\s]*\.\d+$/.test(text.trim())) ? 'grouped' : undefined;
}

/**
 * The number that a person wrote: with a decimal point or comma, .5, 5., +3, any minus sign, 1e-3, 1·10^-3 or 1·10⁻³; undefined
 * where it is none or could be two, as 1,000 is, or 1.000 with `whole`.
 */
export function readNumber(text: string, whole = false): number | undefined {
  const [, digits, e, power, raised] = SHAPE.exec(text.replace(MINUS, '-')) ?? [];
  if (digits === undefined || doubtOf(text, whole)) return undefined;
  const exponent =
    e ??
    power ??
    raised?.replace(/./gu, (c) => (c === '⁻' ? '-' : c === '⁺' ? '+' : String(EXPONENTS.indexOf(c)))) ??
    '0';
  return Number(`${digits.replace(',', '.')}e${exponent}`);
}
