import { gather } from '../../src/snn/batch.ts';
import { drawDirections } from '../../src/snn/directions.ts';
import type { Dataset } from '../../src/snn/network.ts';
import type { Engine, RunState, Task } from '../../src/training/engine.ts';
import { microscopeSeed } from '../../src/training/microscope.ts';
import { directionLength, directionVectors, planStep } from '../../src/training/plan.ts';

/** How the finite differences of weight perturbation go with the surrogate's derivatives along the same directions. */
interface Agreement {
  /** Pearson correlation over the directions; 0 where one of the two is the same along all of them. */
  readonly correlation: number;
  /** Share of the directions along which the difference is exactly zero. */
  readonly zero: number;
}

/**
 * Layer by layer, at the weights of a run and on the batch of its next step: (L(θ + εδ) - L(θ - εδ)) / 2ε of the true loss
 * against ∇L · δ under the surrogate, each direction δ moving one layer alone.
 * @param task of layer-wise weight perturbation, K = 1
 * @param rows only the first rows of every factor's batch take part; all of them, where it is left out
 */
export async function agreement(
  engine: Engine,
  task: Task,
  state: RunState,
  draws: number,
  rows = Number.POSITIVE_INFINITY,
): Promise<Agreement[]> {
  const { network, layout, method, directions } = task.specs;
  if (method.derivation !== 'differences' || !method.layerwise || directions.count !== 1)
    throw new Error('agreement is measured for layer-wise weight perturbation with K = 1');
  const buffer = new Float32Array(directionLength(task));
  const planned = planStep(task, state, 0, buffer).rows;
  const data: Dataset = gather(
    task.data,
    planned.map((part) => part.slice(0, rows)),
  );
  const differences: number[][] = layout.layers.map(() => []);
  const slopes: number[][] = layout.layers.map(() => []);
  for (let n = 0; n < draws; n++) {
    drawDirections(directions, layout, microscopeSeed(state), n, buffer);
    const request = {
      ...{ network, theta: state.theta, data },
      directions: directionVectors(task, buffer),
      samples: { kind: 'drawn', seed: state.seed, step: state.step },
    } as const;
    const difference = await engine.gradient({ ...request, method });
    const slope = await engine.gradient({ ...request, method: { ...method, derivation: 'forward' } });
    layout.layers.forEach((_, layer) => {
      differences[layer].push(difference.derivatives[layer]);
      slopes[layer].push(slope.derivatives[layer]);
    });
  }
  return layout.layers.map((_, layer) => ({
    correlation: correlation(differences[layer], slopes[layer]),
    zero: differences[layer].filter((value) => value === 0).length / draws,
  }));
}

/** Pearson correlation of two lists of equal length; 0 where one of them is constant. */
export function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((value, n) => {
    ab += (value - ma) * (b[n] - mb);
    aa += (value - ma) ** 2;
    bb += (b[n] - mb) ** 2;
  });
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
}
