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

export const binary = (op: Binary, left: Tree, right: Tree): Tree => ({ kind: 'binary', op, left, right });
export const multiplied = ([first, ...others]: readonly Tree[]): Tree =>
  others.reduce((product, factor) => binary('*', product, factor), first);

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
