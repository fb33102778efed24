import type { MathNode } from 'mathjs';
import {
  absDependencies,
  acosDependencies,
  addDependencies,
  asinDependencies,
  atan2Dependencies,
  atanDependencies,
  ceilDependencies,
  cosDependencies,
  coshDependencies,
  create,
  divideDependencies,
  eDependencies,
  equalDependencies,
  expDependencies,
  floorDependencies,
  largerDependencies,
  largerEqDependencies,
  logDependencies,
  maxDependencies,
  minDependencies,
  multiplyDependencies,
  parseDependencies,
  piDependencies,
  powDependencies,
  roundDependencies,
  signDependencies,
  sinDependencies,
  sinhDependencies,
  smallerDependencies,
  smallerEqDependencies,
  sqrtDependencies,
  subtractDependencies,
  tanDependencies,
  tanhDependencies,
  unaryMinusDependencies,
  unaryPlusDependencies,
  unequalDependencies,
} from 'mathjs/number';

import { type FormulaFault, FUNCTIONS, readNotation } from './notation.ts';

type Surface = (x: number, y: number) => number;

const SYMBOLS = ['x', 'y', 'pi', 'e'];
const NODES = [
  'ConstantNode',
  'SymbolNode',
  'OperatorNode',
  'ParenthesisNode',
  'FunctionNode',
  'ConditionalNode',
  'RelationalNode',
];

/** What a formula may hold, in words. */
export const FORMULA_ALLOWED = `a formula in x and y such as exp(-4(x^2+y^2)), with + - * / ^, comparisons, pi, e and ${FUNCTIONS.join(', ')}`;

// Named one by one: the rest of mathjs stays out of the page.
const math = create(
  {
    absDependencies,
    acosDependencies,
    addDependencies,
    asinDependencies,
    atan2Dependencies,
    atanDependencies,
    ceilDependencies,
    cosDependencies,
    coshDependencies,
    divideDependencies,
    eDependencies,
    equalDependencies,
    expDependencies,
    floorDependencies,
    largerDependencies,
    largerEqDependencies,
    logDependencies,
    maxDependencies,
    minDependencies,
    multiplyDependencies,
    parseDependencies,
    piDependencies,
    powDependencies,
    roundDependencies,
    signDependencies,
    sinDependencies,
    sinhDependencies,
    smallerDependencies,
    smallerEqDependencies,
    sqrtDependencies,
    subtractDependencies,
    tanDependencies,
    tanhDependencies,
    unaryMinusDependencies,
    unaryPlusDependencies,
    unequalDependencies,
  },
  {},
) as unknown as { parse(text: string): MathNode };

/** A formula that cannot be read, or can be read in several ways: what is wrong, and where. */
export class NotationError extends Error {
  constructor(readonly fault: Pick<FormulaFault, 'code' | 'from' | 'what'> | 'ambiguous') {
    super(
      fault === 'ambiguous'
        ? 'it can be read in several ways'
        : `${fault.code}${fault.what && ` “${fault.what}”`} at character ${fault.from + 1}`,
    );
    this.name = 'NotationError';
  }
}

/** mathjs's tree of a text that it can read and evaluate; undefined where it cannot. */
function treeOf(text: string): MathNode | undefined {
  if (text.trim() === '') return undefined;
  try {
    const tree = math.parse(text);
    let usable = true;
    tree.traverse((node, path) => {
      const { name, value } = node as unknown as { readonly name?: string; readonly value?: unknown };
      const calls = node.type === 'SymbolNode' && FUNCTIONS.includes(name as string);
      usable &&=
        NODES.includes(node.type) &&
        (node.type !== 'ConstantNode' || typeof value === 'number') &&
        (node.type !== 'SymbolNode' || (path === 'fn' ? calls : SYMBOLS.includes(name as string)));
    });
    if (usable) tree.compile().evaluate({ x: 0.1, y: 0.2 });
    return usable ? tree : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A formula with every operator and bracket written, in the notation of mathjs. What mathjs can read means what it says there, so that
 * links keep their meaning; all else is read as students write it. @throws NotationError
 */
export function explicitFormula(text: string): string {
  const tree = treeOf(text);
  if (tree) return tree.toString({ parenthesis: 'all', implicit: 'show' });
  const { readings, fault } = readNotation(text);
  if (fault) throw new NotationError(fault);
  if (readings.length > 1) throw new NotationError('ambiguous');
  return readings[0].canonical;
}

/**
 * The function of x and y that a formula says, compiled to closures (no code is generated).
 * @throws NotationError saying what cannot be read, and where.
 */
export function parseFormula(text: string): Surface {
  const compiled = (treeOf(text) ?? math.parse(explicitFormula(text))).compile();
  const scope = { x: 0, y: 0 };
  return (x, y) => {
    scope.x = x;
    scope.y = y;
    return Number(compiled.evaluate(scope));
  };
}
