// `npm run weight-perturbation`: how the numbers of weight perturbation (WP-L) go with the surrogate's directional derivatives
// along the same directions, layer by layer, at the initial weights and after some training by WP-L. Prints the tables that
// docs/equations.md keeps; the same numbers every time, in some minutes.
import { loadEngine } from '../cli/engines.ts';
import { PROBLEMS } from '../src/problems/index.ts';
import { generateNow } from '../src/problems/problem.ts';
import { initialState, type Task } from '../src/training/engine.ts';
import { resolveConfig } from '../src/training/presets.ts';
import { problemParams, specsOf } from '../src/training/specs.ts';
import { median } from '../src/training/summary.ts';
import { type Agreement, agreement } from './weight-perturbation/agreement.ts';

const EXPERIMENTS = ['hat', 'poisson', 'reaction-diffusion'] as const;
const SEEDS = [21, 22, 23, 24, 25];
const DRAWS = 200;
/** Steps of training, and whether the whole batch or its first row alone is looked at. */
const MOMENTS = [{ step: 0, rows: 1 }, { step: 0 }, { step: 1000 }, { step: 10_000 }] as const;

const engine = await loadEngine('wasm');

/** Median and range over the seeds; a share of zeros where there are any. */
function cell(found: readonly Agreement[]): string {
  const sorted = found.map(({ correlation }) => correlation).sort((a, b) => a - b);
  const zero = median(found.map((one) => one.zero));
  const range = `[${sorted[0].toFixed(2)}, ${sorted[sorted.length - 1].toFixed(2)}]`;
  return `${median(sorted).toFixed(2)} ${range}${zero > 0 ? `; ${Math.round(100 * zero)} % zero` : ''}`;
}

for (const experiment of EXPERIMENTS) {
  const taskOf = (seed: number): Task => {
    const pins = { experiment, recipe: 'paper', gradient: 'WP', scope: 'L', law: 'rademacher' } as const;
    const config = resolveConfig({ ...pins, seed, ...(experiment === 'hat' ? {} : { dataSeed: seed }) });
    const data = generateNow(PROBLEMS[experiment], problemParams(config));
    return { specs: specsOf(config), data: data.train };
  };
  const found: Agreement[][][] = MOMENTS.map(() => []);
  let layers: readonly string[] = [];
  for (const seed of SEEDS) {
    const task = taskOf(seed);
    layers = task.specs.layout.layers.map(({ name }) => name);
    let state = initialState(task, seed);
    for (const [m, moment] of MOMENTS.entries()) {
      while (state.step < moment.step)
        [{ state }] = await engine.advance([{ task, state }], Math.min(500, moment.step - state.step));
      const rows = 'rows' in moment ? moment.rows : undefined;
      found[m].push(await agreement(engine, task, state, DRAWS, rows));
    }
  }
  const { batch, epsilon } = resolveConfig({ experiment, recipe: 'paper', gradient: 'WP', scope: 'L' });
  console.log(`${experiment}: ε = ${epsilon}, batch ${batch.join(' × ')}, ${DRAWS} directions of ±1\n`);
  console.log(`| steps | rows | ${layers.join(' | ')} |`);
  console.log(`| ---: | --- |${' ---: |'.repeat(layers.length)}`);
  for (const [m, moment] of MOMENTS.entries()) {
    const cells = layers.map((_, layer) => cell(found[m].map((layersFound) => layersFound[layer])));
    console.log(`| ${moment.step} | ${'rows' in moment ? 'one' : 'whole batch'} | ${cells.join(' | ')} |`);
  }
  console.log();
}
