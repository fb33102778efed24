import { pooledRelativeL2, relativeL2 } from '../../problems/problem.ts';
import { gather } from '../../snn/batch.ts';
import { combine, product } from '../../snn/combine.ts';
import type { Dataset, Network } from '../../snn/network.ts';
import { simulate } from '../../snn/simulate.ts';
import { chainsOfNetwork, NIR_DT, rounded } from './network.ts';
import { simulateNir } from './simulate.ts';

/** How a network differs when it is run as its NIR file says: measured on the same inputs. */
export interface NirDifference {
  /** Rows of each factor that were run. */
  readonly rows: readonly number[];
  readonly spikes: { readonly here: number; readonly nir: number };
  /** Share of neurons and rows whose number of spikes differs. */
  readonly changedCounts: number;
  /** Mean relative L2 error against the target. */
  readonly error: { readonly here: number; readonly nir: number };
  /** ‖y_nir - y‖/‖y‖. */
  readonly output: number;
}

/** Multiplications that a comparison may take: a fraction of a second. */
const MOST_WORK = 1.5e8;

/** Runs the network as it is here and as NIR means its file, on rows of `data` spread evenly. */
export function compareWithNir(network: Network, theta: Float64Array, data: Dataset): NirDifference {
  const chains = rounded(chainsOfNetwork(network, theta));
  const part = thinned(network, data);
  const here = part.factors.map(
    (factorData, factor) => simulate({ network, theta, factor, data: factorData }).rates,
  );
  const there = chains.map((chain, m) => {
    const { inputs } = part.factors[m];
    return simulateNir({ chain, inputs, T: network.T, dt: NIR_DT });
  });
  const count = { here: 0, nir: 0, changed: 0, all: 0 };
  here.forEach((rates, m) =>
    rates.forEach((ofLayer, depth) =>
      ofLayer.forEach((rate, i) => {
        const ours = Math.round(rate * network.T);
        const theirs = there[m].spikes[depth][i];
        count.here += ours;
        count.nir += theirs;
        count.changed += Number(ours !== theirs);
        count.all++;
      }),
    ),
  );
  const { output } = combine(network, theta, here, part)[0];
  const projections = there.map((course, m) =>
    course.output.map((value, i) => value * part.factors[m].scale[Math.floor(i / network.rank)]),
  );
  const other = product(projections, network.rank);
  return {
    rows: part.factors.map(({ rows }) => rows),
    spikes: { here: count.here, nir: count.nir },
    changedCounts: count.changed / count.all,
    error: { here: relativeL2(output, part), nir: relativeL2(other, part) },
    output: pooledRelativeL2(other, { ...part, target: output }),
  };
}

function thinned(network: Network, data: Dataset): Dataset {
  const work = network.factors.map((_, m) => {
    const { hidden, layers, heads } = network.layout;
    const weights = [...hidden[m], layers[heads[0].layers[m]]].reduce(
      (n, layer) => n + layer.inputs * layer.outputs,
      0,
    );
    return 2 * network.T * weights;
  });
  const rows = data.factors.map((factor, m) => {
    const most = Math.max(1, Math.floor(MOST_WORK / data.factors.length / work[m]));
    const count = Math.min(factor.rows, most);
    return Uint32Array.from({ length: count }, (_, i) => Math.floor(((i + 0.5) * factor.rows) / count));
  });
  return gather(data, rows);
}
