import { rowsFrom } from '../snn/batch.ts';
import { initialising } from '../snn/initialise.ts';
import type { Dataset, FactorData, Network } from '../snn/network.ts';
import { simulate } from '../snn/simulate.ts';
import { fitReadouts } from './indirect/ridge.ts';
import type { Specs } from './specs.ts';

/** Rows simulated at a time. */
const ROWS = 32;

/** Initial θ of a task, its read-outs fitted to the training data where that is asked for (ridge.ts). In pieces. */
export function* starting(
  { network, initialisation, fitted }: Specs,
  data: Dataset,
  seed: number,
): Generator<void, Float64Array> {
  const theta = yield* initialising(initialisation, network, data, seed);
  if (!fitted) return theta;
  const rates: Float64Array[] = [];
  for (const [m, factor] of data.factors.entries()) rates.push(yield* lastRates(network, theta, m, factor));
  return fitReadouts(network, theta, data, rates).map(Math.fround);
}

/** Rates of a factor's last hidden layer, as its read-out sees them: [row][neuron]. */
function* lastRates(
  network: Network,
  theta: Float64Array,
  factor: number,
  data: FactorData,
): Generator<void, Float64Array> {
  const last = network.layout.hidden[factor].length - 1;
  const { outputs } = network.layout.hidden[factor][last];
  const out = new Float64Array(data.rows * outputs);
  for (let from = 0; from < data.rows; from += ROWS) {
    const { rates } = simulate({ network, theta, factor, data: rowsFrom(data, from, ROWS) });
    out.set(rates[last], from * outputs);
    yield;
  }
  return out;
}
