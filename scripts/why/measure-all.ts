import type { Pinned } from '../../src/training/config.ts';
import type { Engine } from '../../src/training/engine.ts';
import { AtWeights, configOf } from './at-weights.ts';
import { EXPERIMENT_NAMES, type KeptAlignment, type KeptShakes, type KeptWhy, type Looked } from './kept.ts';
import { alignment, shakes, signNoise } from './measure.ts';

/** Those of the tables, which were used for no tuning. */
export const SEEDS = [21, 22, 23, 24, 25];
/** Steps of a run after which its weights are looked at. At step 0 the hat's read-out is zero and hidden layers have no gradient. */
export const MOMENTS: Readonly<Record<Looked, readonly number[]>> = {
  hat: [10, 100, 500, 1000, 2500, 5000],
  poisson: [0, 100, 500, 1000, 2500, 5000, 20_000],
};
export const COUNTS = { draws: 64, requests: 512, perRequest: 16 } as const;
/** In the midst of training. */
const SHAKEN_STEP = 1000;
const SHAKES = {
  epsilons: [0.002, 0.005, 0.01, 0.02, 0.04, 0.08],
  reference: 0.005,
  parts: 16,
  batches: 200,
} as const;
const BACKPROP: Pinned = { gradient: 'BP' };
const WIDTHS = [8, 16, 32, 64];
const WIDTH_DRAWS = 512;

/** Four significant digits are more than five seeds can tell. */
const rounded = <T>(value: T): T =>
  JSON.parse(
    JSON.stringify(value, (_, each) => (typeof each === 'number' ? Number(each.toPrecision(4)) : each)),
  );

/** Everything that is kept, told as it goes on. */
export async function measureWhy(
  engine: Engine,
  tell: (text: string) => void,
): Promise<Omit<KeptWhy, 'commit'>> {
  const start = (experiment: Looked, seed: number, more?: Pinned) =>
    AtWeights.start(engine, configOf(experiment, seed, more));
  const namesOf = (at: AtWeights) => at.hidden.map(({ name }) => name);

  async function align(experiment: Looked, by: Pinned = {}): Promise<KeptAlignment> {
    const steps = MOMENTS[experiment];
    const seeds = steps.map((): KeptAlignment['moments'][number]['seeds'][number][] => []);
    for (const seed of SEEDS) {
      let at = AtWeights.start(engine, configOf(experiment, seed), configOf(experiment, seed, by));
      for (const [m, step] of steps.entries()) {
        at = await at.after(step);
        seeds[m].push((await alignment(at, COUNTS)).map((layer) => layer ?? null));
        tell(
          `${experiment}, seed ${seed}, step ${step}: cosines${by.gradient ? `, weights by ${by.gradient}` : ''}`,
        );
      }
    }
    const { epsilon, sigma } = configOf(experiment, SEEDS[0]);
    const moments = steps.map((step, m) => ({ step, seeds: seeds[m] }));
    return { epsilon, sigma, layers: namesOf(start(experiment, SEEDS[0])), moments };
  }

  async function shake(experiment: Looked): Promise<KeptShakes> {
    const seeds: KeptShakes['seeds'][number][] = [];
    for (const seed of SEEDS) {
      seeds.push(await shakes(await start(experiment, seed).after(SHAKEN_STEP), SHAKES));
      tell(`${experiment}, seed ${seed}: bias and variance`);
    }
    const { epsilon } = configOf(experiment, SEEDS[0]);
    const { reference } = SHAKES;
    return { step: SHAKEN_STEP, epsilon, reference, layers: namesOf(start(experiment, SEEDS[0])), seeds };
  }

  async function widths(): Promise<KeptWhy['widths']> {
    const seeds: KeptWhy['widths']['seeds'][number][] = [];
    for (const seed of SEEDS) {
      const row: KeptWhy['widths']['seeds'][number][number][] = [];
      for (const width of WIDTHS) {
        const at = await start('hat', seed, { hidden: [[width, width]] }).after(SHAKEN_STEP);
        row.push(await signNoise(at, WIDTH_DRAWS));
      }
      seeds.push(row);
      tell(`hat, seed ${seed}: widths`);
    }
    return { step: SHAKEN_STEP, seeds };
  }

  const [hat, poisson] = EXPERIMENT_NAMES;
  return rounded({
    seeds: SEEDS,
    draws: COUNTS.draws,
    perturbations: COUNTS.requests * COUNTS.perRequest,
    parts: SHAKES.parts,
    batches: SHAKES.batches,
    widths: await widths(),
    shakes: { hat: await shake(hat), poisson: await shake(poisson) },
    alignment: { hat: await align(hat), poisson: await align(poisson) },
    backprop: { hat: await align(hat, BACKPROP), poisson: await align(poisson, BACKPROP) },
  });
}
