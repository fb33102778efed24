// `npm run weight-perturbation`: how the numbers of weight perturbation (WP-L) go with the surrogate's directional derivatives
// along the same directions, layer by layer, at the initial weights and after some training by WP-L. Prints the tables that
// docs/equations.md keeps, in some minutes.
import { loadEngine } from '../cli/engines.ts';
import { OF_PAPER } from '../src/experiments/table.ts';
import { resolveConfig } from '../src/training/presets.ts';
import { DRAWS, type Moment, measure, PINS, SEEDS, type Summary } from './weight-perturbation/measure.ts';

const MOMENTS: readonly Moment[] = [{ step: 0, rows: 1 }, { step: 0 }, { step: 1000 }, { step: 10_000 }];

const cell = ({ median, least, greatest, zero }: Summary) =>
  `${median.toFixed(2)} [${least.toFixed(2)}, ${greatest.toFixed(2)}]` +
  (zero > 0 ? `; ${Math.round(100 * zero)} % zero` : '');

const engine = await loadEngine('wasm');
console.log(`Seeds ${SEEDS.join(', ')}; ${DRAWS} directions of ±1 each.\n`);
for (const { id: experiment } of OF_PAPER) {
  const { batch, epsilon } = resolveConfig({ ...PINS, experiment });
  const { layers, summaries } = await measure(engine, experiment, MOMENTS);
  console.log(`${experiment} (ε = ${epsilon}, batch ${batch.join(' × ')})\n`);
  console.log(`| steps | rows | ${layers.join(' | ')} |`);
  console.log(`| ---: | --- |${' ---: |'.repeat(layers.length)}`);
  for (const [m, { step, rows }] of MOMENTS.entries())
    console.log(`| ${step} | ${rows ? 'one' : 'whole batch'} | ${summaries[m].map(cell).join(' | ')} |`);
  console.log();
}
