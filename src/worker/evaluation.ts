import { type OperatorData, type ProblemData, relativeErrors, relativeL2 } from '../problems/problem.ts';
import { FormulaError } from '../problems/targets.ts';
import { gather } from '../snn/batch.ts';
import { product, project } from '../snn/combine.ts';
import type { Dataset, FactorData, Network } from '../snn/network.ts';
import { activityOf, type LayerActivity } from '../training/diagnosis.ts';
import type { Engine } from '../training/engine.ts';
import { errorsByLength, readsSequence } from '../training/window-lengths.ts';
import type {
  FactorFunctions,
  Metric,
  OperatorView,
  Prediction,
  ProbeTrace,
  Staircase,
  ViewRequest,
} from './protocol.ts';

/** A network as it is shown, and what it is shown on. */
export interface ShownNetwork {
  readonly network: Network;
  readonly theta: Float64Array;
  readonly data: ProblemData;
  readonly view: ViewRequest;
  readonly step: number;
}

const ACTIVITY_ROWS = 121;
const NO_TARGET = new Float32Array(0);

/** Output on a grid and its relative L2 errors. */
export async function evaluate(
  engine: Engine,
  shown: ShownNetwork,
  grid: Metric['grid'],
): Promise<Prediction> {
  const { network, theta, data, step } = shown;
  const set = grid === 'coarse' ? data.coarse : data.test;
  const output = await engine.outputs(network, theta, set);
  const errors = Float32Array.from(relativeErrors(output, set));
  const error = errors.reduce((sum, e) => sum + e, 0) / errors.length;
  const { fitted, drawn } = data;
  return {
    ...{ step, grid, values: inUnits(output, data), error, errors },
    fittedError: fitted && relativeL2(await engine.outputs(network, theta, fitted), fitted),
    drawn: drawn && inUnits(await engine.outputs(network, theta, drawn), data),
  };
}

/** Values of the network, as it is trained, in the data's own units. */
function inUnits(
  values: ArrayLike<number>,
  { unit, offset = 0 }: Pick<ProblemData, 'unit' | 'offset'>,
): Float32Array {
  // `Float32Array.from` with a function first makes a list of numbers: some fifty times as long, of a million values.
  const converted = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) converted[i] = values[i] * unit + offset;
  return converted;
}

/** Errors of the network when it is simulated for other numbers of time steps; where it reads a sequence, when it is fed only the last ones. */
export async function staircase(
  engine: Engine,
  { network, theta, data, step }: ShownNetwork,
  times: readonly number[],
  grid: Metric['grid'],
): Promise<Staircase> {
  const set = grid === 'coarse' ? data.coarse : data.test;
  if (readsSequence(network))
    return { step, grid, times, errors: await errorsByLength(engine, network, theta, set, times) };
  const errors: number[] = [];
  for (const T of times) errors.push(relativeL2(await engine.outputs({ ...network, T }, theta, set), set));
  return { step, grid, times, errors };
}

/**
 * Spikes, membranes and output at the probe; for operator networks also the factors' functions on the stated grid. One call of the
 * engine a factor: what is shown of the output is projected from the mean rates of its trace.
 */
export async function probeTrace(engine: Engine, shown: ShownNetwork): Promise<ProbeTrace> {
  const { network, theta, data } = shown;
  const { layout } = network;
  const probe = probeRows(shown);
  // The probe is row 0 of every factor; behind it come the nodes of a coordinate's function.
  const factors = probe.map((row, m) => (m === 0 ? row : appendRows(row, data.test.factors[m])));
  const set: Dataset = { factors, target: NO_TARGET };
  const spikes: Uint8Array[][] = [];
  const membranes: Float32Array[][] = [];
  const projections: Float64Array[] = [];
  for (const [m, { rows, scale }] of factors.entries()) {
    const trace = await engine.trace(network, theta, m, set);
    spikes.push(trace.spikes.map((layer) => firstRow(layer, network.T, rows, Uint8Array)));
    membranes.push(trace.membranes.map((layer) => firstRow(layer, network.T, rows, Float32Array)));
    const readout = layout.layers[layout.heads[0].layers[m]];
    const rates = Float64Array.from(trace.rates[readout.depth]);
    projections.push(project(readout, network.centre, theta, rates, scale));
  }
  const { rank } = network;
  const [output] = product(
    projections.map((values) => values.subarray(0, rank)),
    rank,
  );
  return {
    T: network.T,
    spikes,
    membranes,
    output: output * data.unit + (data.offset ?? 0),
    point: pointOf(shown, probe[0]),
    requestedRow: askedRow(shown, 0),
    functions: factors.length > 1 ? factorFunctions(projections, rank, data) : undefined,
  };
}

/** The rows of `first`, and behind them those of `then`. */
function appendRows(first: FactorData, then: FactorData): FactorData {
  const inputs = new Float32Array(first.inputs.length + then.inputs.length);
  inputs.set(first.inputs);
  inputs.set(then.inputs, first.inputs.length);
  return {
    rows: first.rows + then.rows,
    width: then.width,
    inputs,
    scale: Float32Array.of(...first.scale, ...then.scale),
  };
}

/** Row 0 of [t][row][neuron], as [t][neuron]. */
function firstRow<A extends Uint8Array | Float32Array>(
  values: ArrayLike<number>,
  T: number,
  rows: number,
  make: new (length: number) => A,
): A {
  const neurons = values.length / (T * rows);
  const out = new make(T * neurons);
  for (let t = 0; t < T; t++)
    for (let j = 0; j < neurons; j++) out[t * neurons + j] = values[t * rows * neurons + j];
  return out;
}

/** The probe on the square and the target there; at a pole of a formula between the data there is none. */
function pointOf({ data }: ShownNetwork, { inputs }: FactorData): ProbeTrace['point'] {
  if (!data.surface) return undefined;
  const [x, y] = inputs;
  try {
    return { x, y, target: data.surface(x, y) * data.unit };
  } catch (error) {
    if (error instanceof FormulaError) return { x, y };
    throw error;
  }
}

/** The row of a factor that the view asks for; a view of another experiment has rows of another width. */
function askedRow({ data, view }: ShownNetwork, m: number): readonly number[] | undefined {
  return view.probe[m]?.length === data.test.factors[m].width ? view.probe[m] : undefined;
}

/** The probe as one row a factor: what the view asks for, else the first test function and the middle of the grid. */
function probeRows(shown: ShownNetwork): FactorData[] {
  const { data, view } = shown;
  return data.test.factors.map((factor, m) => {
    const row = m === 0 ? 0 : factor.rows >> 1;
    const requestedRow = askedRow(shown, m);
    const inputs = requestedRow ?? factor.inputs.subarray(row * factor.width, (row + 1) * factor.width);
    const scale = requestedRow ? (view.probeScales?.[m] ?? 1) : factor.scale[row];
    return { rows: 1, width: factor.width, inputs: Float32Array.from(inputs), scale: Float32Array.of(scale) };
  });
}

/**
 * What every factor contributes at the probe's function: the branch's coefficients, the coordinate factors' functions on the
 * stated grid (behind the probe's own row), and their product, the network's answer there.
 */
function factorFunctions(
  [branch, ...coordinates]: readonly Float64Array[],
  rank: number,
  data: Pick<ProblemData, 'unit' | 'offset'>,
): FactorFunctions {
  const functions = coordinates.map((values) => values.subarray(rank));
  return {
    coefficients: Float32Array.from(branch),
    functions: functions.map((values) => Float32Array.from(values)),
    answer: inUnits(product([branch, ...functions], rank), data),
  };
}

/** How every hidden layer fires over a sample of the coarse grid. */
export async function layerActivity(engine: Engine, shown: ShownNetwork): Promise<LayerActivity[]> {
  const { network, theta, data } = shown;
  const activity: LayerActivity[] = [];
  for (const [factor, { hidden }] of network.factors.entries()) {
    const rows = evenRows(data.coarse.factors[factor].rows, ACTIVITY_ROWS);
    const sample = gather(
      { ...data.coarse, target: NO_TARGET },
      data.coarse.factors.map((_, m) => (m === factor ? rows : Uint32Array.of(0))),
    );
    activity.push(...activityOf(await engine.trace(network, theta, factor, sample), factor, hidden));
  }
  return activity;
}

/** Mean rates of one hidden layer over the coarse grid, of a table where its output is drawn: [row][neuron]. */
export async function layerRates(
  engine: Engine,
  shown: ShownNetwork,
  factor: number,
  depth: number,
): Promise<Float32Array> {
  const { network, theta, data } = shown;
  const trace = await engine.trace(network, theta, factor, data.drawn ?? data.coarse);
  return Float32Array.from(trace.rates[depth]);
}

/** What the views need of an operator experiment's data: the test forcings, nodes and constants. */
export function operatorView(operator: OperatorData): OperatorView {
  const { nodes, axes, constants, novelty, samples, forcings } = operator;
  return { nodes, axes, constants, novelty, samples, forcings: forcings.test };
}

/** At most `count` of `rows` row numbers, evenly spread. */
function evenRows(rows: number, count: number): Uint32Array {
  const chosenCount = Math.min(rows, count);
  return Uint32Array.from({ length: chosenCount }, (_, i) => Math.floor(((i + 0.5) * rows) / chosenCount));
}
