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

type Surface = (x: number, y: number) => number;

const FUNCTIONS = [
  'sin',
  'cos',
  'tan',
  'asin',
  'acos',
  'atan',
  'atan2',
  'sinh',
  'cosh',
  'tanh',
  'exp',
  'log',
  'sqrt',
  'abs',
  'sign',
  'min',
  'max',
  'floor',
  'ceil',
  'round',
  'pow',
];
const SYMBOLS = ['x', 'y', 'pi', 'e', ...FUNCTIONS];
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

/**
 * The function of x and y that a formula says, compiled to closures (no code is generated).
 * @throws Error saying what cannot be read or used.
 */
export function parseFormula(text: string): Surface {
  if (text.trim() === '') throw new Error('it is empty');
  const tree = math.parse(text);
  tree.traverse((node) => {
    if (!NODES.includes(node.type)) throw new Error(`“${node.toString()}” cannot be used here`);
    if (node.type === 'ConstantNode' && typeof (node as unknown as { value: unknown }).value !== 'number')
      throw new Error(`${node.toString()} is no number`);
    const name = node.type === 'SymbolNode' ? (node as unknown as { name: string }).name : undefined;
    if (name !== undefined && !SYMBOLS.includes(name)) throw new Error(`“${name}” is unknown`);
  });
  const compiled = tree.compile();
  const scope = { x: 0, y: 0 };
  return (x, y) => {
    scope.x = x;
    scope.y = y;
    return Number(compiled.evaluate(scope));
  };
}
