import { EXPERIMENTS } from '../../src/experiments/table.ts';
import { generateNow } from '../../src/problems/problem.ts';
import { median } from '../../src/snn/statistics.ts';
import type { ExperimentName, Pinned } from '../../src/training/config.ts';
import { type Engine, initialState, type Task } from '../../src/training/engine.ts';
import { resolveConfig } from '../../src/training/presets.ts';
import { problemParams, specsOf } from '../../src/training/specs.ts';
import { agreement } from './agreement.ts';

export const SEEDS = [21, 22, 23, 24, 25];
export const DRAWS = 200;
/** Layer-wise weight perturbation with K = 1 and directions of ±1; all else is the recipe's. */
export const PINS = {
  recipe: 'paper',
  gradient: 'WP',
  scope: 'L',
  law: 'rademacher',
} as const satisfies Pinned;

/** When it is looked: after how many steps of training by WP-L, on the whole batch or its first row alone. */
export interface Moment {
  readonly step: number;
  readonly rows?: number;
}

/** Of one layer at one moment, over the seeds. */
export interface Summary {
  readonly median: number;
  readonly least: number;
  readonly greatest: number;
  /** Median share of the directions along which the finite difference is exactly zero. */
  readonly zero: number;
}

interface Measurement {
  readonly layers: readonly string[];
  /** [moment][layer]. */
  readonly summaries: readonly (readonly Summary[])[];
}

/** Correlations of weight perturbation's numbers with the surrogate's; moments in the order of their steps. */
export async function measure(
  engine: Engine,
  experiment: ExperimentName,
  moments: readonly Moment[],
): Promise<Measurement> {
  const each = moments.map((): { correlation: number; zero: number }[][] => []);
  let layers: readonly string[] = [];
  for (const seed of SEEDS) {
    const task = taskOf(experiment, seed);
    layers = task.specs.layout.layers.map(({ name }) => name);
    let state = initialState(task, seed);
    for (const [m, { step, rows }] of moments.entries()) {
      while (state.step < step)
        [{ state }] = await engine.advance([{ task, state }], Math.min(500, step - state.step));
      each[m].push(await agreement(engine, task, state, DRAWS, rows));
    }
  }
  const summaries = each.map((seeds) =>
    layers.map((_, layer) => {
      const correlations = seeds.map((one) => one[layer].correlation);
      return {
        median: median(correlations),
        least: Math.min(...correlations),
        greatest: Math.max(...correlations),
        zero: median(seeds.map((one) => one[layer].zero)),
      };
    }),
  );
  return { layers, summaries };
}

function taskOf(experiment: ExperimentName, seed: number): Task {
  const config = resolveConfig({
    ...{ ...PINS, experiment, seed },
    // As in the tables: the data of operator experiments vary with the seed.
    ...(EXPERIMENTS[experiment].operator ? { dataSeed: seed } : {}),
  });
  const data = generateNow(EXPERIMENTS[experiment], problemParams(config));
  return { specs: specsOf(config), data: data.train };
}
