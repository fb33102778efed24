/** Functions, with the least and the greatest number of their arguments. */
export const ARGUMENTS: Readonly<Record<string, readonly [number, number]>> = {
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
export const isFunction = (name: string) => Object.hasOwn(ARGUMENTS, name);

const ALIASES: Readonly<Record<string, string>> = {
  ln: 'log',
  arcsin: 'asin',
  arccos: 'acos',
  arctan: 'atan',
  sgn: 'sign',
  π: 'pi',
};
export const CONSTANTS = ['x', 'y', 'pi', 'e'];
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

export const known = (run: string) => Object.hasOwn(ARGUMENTS, run) || Object.hasOwn(MEANT, run);

/** The name that a run of letters is, in any case; or names side by side, xy or 2πx or x sin: unknown ones stay as they are. */
export function namesIn(run: string, beforePower: boolean): string[] {
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

/** A name that may be meant by an unknown one. */
export function meant(name: string): string | undefined {
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
