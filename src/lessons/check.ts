import type { MathNode } from 'mathjs';
import { create, parseDependencies } from 'mathjs/number';
import { type Fact, type FactType, type FactValue, factOf, type LabFacts } from './facts.ts';

/** What a check is read against: facts of a lab and letters of lanes that are not there are refused. */
export interface CheckScope {
  /** Letters of the lanes, the main one's first. */
  readonly letters: readonly string[];
  readonly lab?: LabFacts;
}

/** One fact as a check asks for it. */
export interface FactCall {
  readonly name: string;
  /** Values of its parameters, those left out included. */
  readonly values: readonly (number | string)[];
  /** Letter of the lane that was named. */
  readonly letter?: string;
}

/** Where a check gets its facts from. */
export interface FactSource {
  /** What is there to be asked now. */
  scope(): CheckScope | Promise<CheckScope>;
  /** @throws Error saying why it cannot be told. */
  valueOf(call: FactCall): FactValue | Promise<FactValue>;
}

export interface CheckResult {
  /** Undefined while it cannot be told. */
  readonly holds?: boolean;
  /** The condition with what its facts are now: “error .031 < .05”. */
  readonly said: string;
  /** What it asks for, as it was written, and the present values. */
  readonly values: readonly (readonly [source: string, value: string])[];
  /** Why it cannot be told. */
  readonly fault?: string;
}

/** A check that cannot be read, or asks for what is not there. */
export class CheckError extends Error {
  override name = 'CheckError';
}

const LONGEST = 200;
const math = create(parseDependencies, {}) as unknown as { parse(text: string): Node };

/** What is read of mathjs's nodes, whatever their type. */
type Node = MathNode & {
  readonly name?: string;
  readonly value?: unknown;
  readonly fn?: unknown;
  readonly op?: string;
  readonly args?: readonly Node[];
  readonly content?: Node;
  readonly conditionals?: readonly string[];
  readonly params?: readonly Node[];
};

type Found = (source: string) => FactValue;
/** A part of a check: what kind of value it has, and that value from the facts. */
interface Part {
  readonly type: FactType;
  readonly value: (found: Found) => FactValue;
  /** As it was written, if it is a text: its fact's choices are held against it. */
  readonly literal?: string;
}

interface Read {
  readonly tree: Node;
  readonly part: Part;
  readonly calls: ReadonlyMap<string, { readonly call: FactCall; readonly fact: Fact }>;
}

const ARITHMETIC: Record<string, (a: number, b: number) => number> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  pow: (a, b) => a ** b,
};
const SIGNS: Record<string, (a: number) => number> = { unaryMinus: (a) => -a, unaryPlus: (a) => a };
const COMPARISONS: Record<string, (a: never, b: never) => boolean> = {
  smaller: (a, b) => a < b,
  larger: (a, b) => a > b,
  smallerEq: (a, b) => a <= b,
  largerEq: (a, b) => a >= b,
  equal: (a, b) => a === b,
  unequal: (a, b) => a !== b,
};
const EQUALITY = ['equal', 'unequal'];
/** Functions of numbers, with how many they take. */
const FUNCTIONS: Record<string, { readonly most: number; readonly of: (...values: number[]) => number }> = {
  abs: { most: 1, of: Math.abs },
  round: { most: 1, of: Math.round },
  min: { most: 9, of: Math.min },
  max: { most: 9, of: Math.max },
};

/** What a check may hold, in words. */
export const CHECK_ALLOWED = `numbers, texts in double quotes, names of facts, < <= > >= == !=, + - * / ^, and, or, not, ${Object.keys(FUNCTIONS).join(', ')}`;

/** Reads a check. @throws CheckError with what was found and what is allowed. */
export function readCheck(source: string, scope: CheckScope): Read {
  if (source.trim() === '') throw new CheckError('the condition is empty');
  if (source.length > LONGEST)
    throw new CheckError(`the condition has ${source.length} characters; allowed: ${LONGEST}`);
  let tree: Node;
  try {
    tree = math.parse(source);
  } catch (error) {
    throw new CheckError(error instanceof Error ? error.message : String(error));
  }
  const calls = new Map<string, { call: FactCall; fact: Fact }>();
  const part = new Reader(scope, calls).read(tree);
  if (part.type.kind !== 'truth') throw new CheckError('it is no condition: it is neither true nor false');
  return { tree, part, calls };
}

class Reader {
  constructor(
    private readonly scope: CheckScope,
    private readonly calls: Map<string, { call: FactCall; fact: Fact }>,
  ) {}

  read(node: Node): Part {
    switch (node.type) {
      case 'ConstantNode':
        return constant(node);
      case 'ParenthesisNode':
        return this.read(node.content!);
      case 'OperatorNode':
        return this.operator(node);
      case 'RelationalNode':
        return this.chain(node);
      case 'SymbolNode':
        return this.fact(node, node.name!, []);
      case 'FunctionNode': {
        const fn = node.fn as Node;
        const args = node.args ?? [];
        if (fn.type !== 'SymbolNode') throw notAllowed(node);
        return Object.hasOwn(FUNCTIONS, fn.name!)
          ? this.call(fn.name!, args)
          : this.fact(node, fn.name!, args);
      }
      case 'AssignmentNode':
        throw new CheckError('“=” is not allowed; equal is written ==');
      default:
        throw notAllowed(node);
    }
  }

  private operator(node: Node): Part {
    const fn = String(node.fn);
    const parts = (node.args ?? []).map((arg) => this.read(arg));
    if (Object.hasOwn(COMPARISONS, fn)) return compared(parts, [fn]);
    if (Object.hasOwn(ARITHMETIC, fn))
      return numeric(parts, (values) => values.reduce(ARITHMETIC[fn] as never));
    if (Object.hasOwn(SIGNS, fn)) return numeric(parts, ([value]) => SIGNS[fn](value));
    if (fn !== 'and' && fn !== 'or' && fn !== 'not') throw notAllowed(node, node.op);
    for (const { type } of parts)
      if (type.kind !== 'truth') throw new CheckError(`“${fn}” stands between conditions only`);
    return {
      type: { kind: 'truth' },
      value: (found) =>
        logical(
          fn,
          parts.map(({ value }) => value(found)),
        ),
    };
  }

  private chain(node: Node): Part {
    return compared(
      (node.params ?? []).map((param) => this.read(param)),
      node.conditionals ?? [],
    );
  }

  private call(name: string, args: readonly Node[]): Part {
    const { most, of } = FUNCTIONS[name];
    if (args.length < 1 || args.length > most)
      throw new CheckError(
        `${name}() is asked with ${args.length} numbers; allowed: ${most === 1 ? 1 : `1 to ${most}`}`,
      );
    return numeric(
      args.map((arg) => this.read(arg)),
      (values) => of(...values),
    );
  }

  private fact(node: Node, name: string, args: readonly Node[]): Part {
    const fact = factOf(name, this.scope.lab);
    if (!fact) throw new CheckError(`“${name}” is no fact of the page${this.scope.lab ? ' or its lab' : ''}`);
    const source = node.toString();
    const call = { name, ...this.argumentsOf(name, fact, args) };
    this.calls.set(source, { call, fact });
    return { type: fact.type, value: (found) => found(source) };
  }

  private argumentsOf(name: string, fact: Fact, args: readonly Node[]): Omit<FactCall, 'name'> {
    const last = args.at(-1);
    const letter = last?.type === 'SymbolNode' ? last.name : undefined;
    const given = letter === undefined ? args : args.slice(0, -1);
    if (letter !== undefined) this.demandLane(name, fact, letter);
    const { parameters } = fact;
    const least = parameters.filter((parameter) => parameter.default === undefined).length;
    if (given.length < least || given.length > parameters.length)
      throw new CheckError(`${name} is asked with ${given.length} values; allowed: ${usageOf(name, fact)}`);
    const values = parameters.map((parameter, i) =>
      i < given.length ? argument(name, parameter, given[i]) : parameter.default!,
    );
    return { values, ...(letter !== undefined && { letter }) };
  }

  private demandLane(name: string, fact: Fact, letter: string): void {
    const { letters } = this.scope;
    if (!fact.ofLane) throw new CheckError(`${name} is no lane’s: “${letter}” is not allowed`);
    if (!letters.includes(letter))
      throw new CheckError(`${name}(${letter}): there is no lane ${letter}; allowed: ${letters.join(', ')}`);
  }
}

/** `cosine(estimate, K, lane)`: how a fact is asked for. */
export function usageOf(name: string, { parameters, ofLane }: Fact): string {
  const args = [...parameters.map((parameter) => parameter.name), ...(ofLane ? ['lane'] : [])];
  return args.length > 0 ? `${name}(${args.join(', ')})` : name;
}

function argument(name: string, { name: of, type }: Fact['parameters'][number], node: Node): number | string {
  const value = node.type === 'ConstantNode' ? node.value : undefined;
  if ('choices' in type) {
    if (typeof value === 'string' && type.choices.includes(value)) return value;
    throw new CheckError(
      `${name}, ${of}: ${node.toString()} is not allowed; allowed: ${quoted(type.choices)}`,
    );
  }
  if (typeof value === 'number' && Number.isInteger(value) && value >= type.from && value <= type.to)
    return value;
  throw new CheckError(
    `${name}, ${of}: ${node.toString()} is not allowed; allowed: a whole number from ${type.from} to ${type.to}`,
  );
}

const quoted = (texts: readonly string[]) => texts.map((text) => `"${text}"`).join(', ');

function notAllowed(node: Node, words = node.toString()): CheckError {
  return new CheckError(`“${words.slice(0, 40)}” is not allowed; allowed: ${CHECK_ALLOWED}`);
}

function constant(node: Node): Part {
  const { value } = node;
  if (typeof value === 'number' && Number.isFinite(value))
    return { type: { kind: 'number' }, value: () => value };
  if (typeof value === 'string') return { type: { kind: 'text' }, value: () => value, literal: value };
  if (typeof value === 'boolean') return { type: { kind: 'truth' }, value: () => value };
  throw notAllowed(node);
}

function numeric(parts: readonly Part[], of: (values: number[]) => number): Part {
  for (const { type } of parts)
    if (type.kind !== 'number') throw new CheckError(`it computes with a ${type.kind}; allowed: numbers`);
  return {
    type: { kind: 'number' },
    value(found) {
      const values = parts.map(({ value }) => value(found));
      return values.includes(undefined) ? undefined : of(values as number[]);
    },
  };
}

/** Each part beside the next. */
function compared(parts: readonly Part[], operators: readonly string[]): Part {
  operators.forEach((operator, i) => demandComparable(operator, parts[i], parts[i + 1]));
  return {
    type: { kind: 'truth' },
    value(found) {
      const values = parts.map(({ value }) => value(found)) as never[];
      return logical(
        'and',
        operators.map((operator, i) =>
          values[i] === undefined || values[i + 1] === undefined
            ? undefined
            : COMPARISONS[operator](values[i], values[i + 1]),
        ),
      );
    },
  };
}

function demandComparable(operator: string, a: Part, b: Part): void {
  if (a.type.kind !== b.type.kind)
    throw new CheckError(`a ${a.type.kind} is compared with a ${b.type.kind}; allowed: two of a kind`);
  if (!EQUALITY.includes(operator) && a.type.kind !== 'number')
    throw new CheckError(`a ${a.type.kind} is compared by less or more; allowed: == and !=`);
  for (const [{ literal }, { type }] of [
    [a, b],
    [b, a],
  ])
    if (literal !== undefined && type.kind === 'text' && type.choices && !type.choices.includes(literal))
      throw new CheckError(`"${literal}" is never the case; allowed: ${quoted(type.choices)}`);
}

/** With what cannot be told yet: true or false only where the others decide it. */
function logical(fn: 'and' | 'or' | 'not', values: readonly FactValue[]): boolean | undefined {
  if (fn === 'not') return values[0] === undefined ? undefined : !values[0];
  const deciding = fn === 'or';
  if (values.includes(deciding)) return deciding;
  return values.includes(undefined) ? undefined : !deciding;
}

/**
 * Whether a check holds now, and what its facts are. Never throws: what cannot be read or told says why.
 * @param measures whether facts may be asked for that take the worker a moment; without them a check that needs some is left open
 */
export async function evaluateCheck(
  source: string,
  facts: FactSource,
  measures = true,
): Promise<CheckResult> {
  try {
    const { tree, part, calls } = readCheck(source, await facts.scope());
    const values = new Map<string, FactValue>();
    for (const [text, { call, fact }] of calls)
      values.set(text, fact.measured && !measures ? undefined : await facts.valueOf(call));
    return {
      holds: part.value((text) => values.get(text)) as boolean | undefined,
      said: sayWith(tree, values),
      values: [...values].map(([text, value]) => [text, valueText(value)]),
    };
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error);
    return { said: source, values: [], fault };
  }
}

/** The condition with the value of each fact after its name. */
function sayWith(tree: Node, values: ReadonlyMap<string, FactValue>): string {
  return tree.toString({
    parenthesis: 'keep',
    handler(node: Node) {
      if (node.type === 'ConstantNode' && typeof node.value === 'number') return valueText(node.value);
      const source = node.type === 'SymbolNode' || node.type === 'FunctionNode' ? node.toString() : undefined;
      if (source === undefined || !values.has(source)) return undefined;
      return `${source} ${valueText(values.get(source))}`;
    },
  });
}

/** Three digits as the page's texts write them: .0312, 1.25, 500; “–” for what cannot be told yet. */
export function valueText(value: FactValue): string {
  if (value === undefined || (typeof value === 'number' && Number.isNaN(value))) return '–';
  if (typeof value !== 'number') return typeof value === 'string' ? `"${value}"` : String(value);
  const rounded = Number.isInteger(value) ? value : Number(value.toPrecision(3));
  return String(rounded).replace(/^(-?)0\./, '$1.');
}
