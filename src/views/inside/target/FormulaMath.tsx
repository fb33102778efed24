import { createElement, type ReactNode } from 'react';
import type { Binary, Tree } from '../../../problems/notation.ts';

const NAMES: Readonly<Record<string, string>> = { pi: 'π', log: 'ln' };
const SIGNS: Readonly<Record<string, string>> = {
  '-': '−',
  '*': '·',
  '<=': '≤',
  '>=': '≥',
  '==': '=',
  '!=': '≠',
};
const LEVELS: Readonly<Record<Binary, number>> = { '+': 2, '-': 2, '*': 3, '/': 6, '^': 5 };

const el = (name: string, ...children: ReactNode[]) => createElement(name, null, ...children);
const sign = (text: string) => el('mo', SIGNS[text] ?? text);
const row = (...children: ReactNode[]) => el('mrow', ...children);
const fenced = (open: string, close: string, ...children: ReactNode[]) =>
  row(el('mo', open), ...children, el('mo', close));

function levelOf(tree: Tree): number {
  if (tree.kind === 'choice') return 0;
  if (tree.kind === 'chain') return 1;
  if (tree.kind === 'sign') return 2.5;
  return tree.kind === 'binary' ? LEVELS[tree.op] : 6;
}

function number(text: string): ReactNode {
  const [digits, exponent] = text.split('e');
  if (exponent === undefined) return el('mn', digits);
  return row(el('mn', digits), el('mo', '·'), el('msup', el('mn', '10'), signed(exponent)));
}

const signed = (exponent: string) =>
  exponent.startsWith('-')
    ? row(sign('-'), el('mn', exponent.slice(1)))
    : el('mn', exponent.replace('+', ''));

function call(name: string, args: readonly Tree[], exponent?: Tree): ReactNode {
  const [first, second] = args;
  if (name === 'sqrt' && !exponent) return el('msqrt', math(first));
  if (name === 'abs' && !exponent) return fenced('|', '|', math(first));
  if (name === 'exp' && !exponent) return el('msup', el('mi', 'e'), row(math(first)));
  if (name === 'pow' && !exponent) return math({ kind: 'binary', op: '^', left: first, right: second });
  if (exponent && ['sqrt', 'abs', 'exp', 'pow'].includes(name))
    return el('msup', fenced('(', ')', call(name, args)), row(math(exponent)));
  const shown: ReactNode =
    name === 'log' && second ? el('msub', el('mi', 'log'), math(second)) : el('mi', NAMES[name] ?? name);
  const values = name === 'log' ? [first] : args;
  return row(
    exponent ? el('msup', shown, row(math(exponent))) : shown,
    el('mo', '\u2061'),
    fenced('(', ')', ...values.flatMap((value, i) => (i > 0 ? [el('mo', ';'), math(value)] : [math(value)]))),
  );
}

function math(tree: Tree): ReactNode {
  const within = (part: Tree, least: number) =>
    levelOf(part) >= least ? math(part) : fenced('(', ')', math(part));
  switch (tree.kind) {
    case 'number':
      return number(tree.text);
    case 'name':
      return el('mi', NAMES[tree.name] ?? tree.name);
    case 'call':
      return call(tree.name, tree.args);
    case 'sign':
      return row(sign(tree.op), within(tree.of, 3));
    case 'chain':
      return row(
        ...tree.parts.flatMap((part, i) =>
          i > 0 ? [sign(tree.ops[i - 1]), within(part, 2)] : [within(part, 2)],
        ),
      );
    case 'choice':
      return row(
        el('mo', '{'),
        el(
          'mtable',
          el('mtr', el('mtd', math(tree.yes)), el('mtd', row(el('mtext', 'where '), math(tree.test)))),
          el('mtr', el('mtd', math(tree.no)), el('mtd', el('mtext', 'elsewhere'))),
        ),
      );
    case 'binary': {
      const { op, left, right } = tree;
      if (op === '/') return el('mfrac', row(math(left)), row(math(right)));
      if (op === '^')
        return left.kind === 'call'
          ? call(left.name, left.args, right)
          : el(
              'msup',
              left.kind === 'binary' && left.op === '/' ? fenced('(', ')', math(left)) : within(left, 6),
              row(math(right)),
            );
      const level = LEVELS[op];
      return row(within(left, level), sign(op), within(right, level + 0.6));
    }
  }
}

/** A formula as it was read, set as mathematics. */
export function FormulaMath({ tree }: { readonly tree: Tree }) {
  return createElement('math', { display: 'block', translate: 'no' }, row(math(tree)));
}
