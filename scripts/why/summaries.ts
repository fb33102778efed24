import { median } from '../../src/snn/statistics.ts';
import { EXPERIMENT_NAMES, type KeptWhy, type Looked } from './kept.ts';

/** Median, least and greatest over the seeds. */
export interface Summary {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export function summaryOf(values: readonly number[]): Summary {
  return { median: median([...values]), min: Math.min(...values), max: Math.max(...values) };
}

function layersAt(of: KeptWhy['alignment'], experiment: Looked, layer: string, step: string): unknown[] {
  const { layers, moments } = of[experiment];
  return moments
    .filter((each) => String(each.step) === step)
    .flatMap(({ seeds }) => seeds.map((one) => one[layers.indexOf(layer)]));
}

/** What was measured by its path, one number a seed; a layer without a gradient has none. */
const SOURCES: Readonly<
  Record<string, (why: KeptWhy, experiment: Looked, layer: string, at: string) => unknown[]>
> = {
  cosine: (why, ...at) => layersAt(why.alignment, ...at),
  own: (why, ...at) => layersAt(why.backprop, ...at),
  shake: ({ shakes }, experiment, layer, epsilon) => {
    const { layers, seeds } = shakes[experiment];
    return seeds.flatMap(
      (one) => one[layers.indexOf(layer)]?.under.filter((each) => String(each.epsilon) === epsilon) ?? [],
    );
  },
  batch: ({ shakes }, experiment, layer) => {
    const { layers, seeds } = shakes[experiment];
    return seeds.map((one) => one[layers.indexOf(layer)]);
  },
  width: ({ widths }, _, __, width) =>
    widths.seeds.flatMap((one) => one.filter((each) => String(each.width) === width)),
};

/**
 * Numbers of the seeds by a path: `cosine/hat/hidden 2/1000/withWhole/BP`, with `own` at the weights that BP comes to, `shake/hat/hidden 2/0.02/draws/drawn`,
 * `batch/hat/hidden 2/-/backpropBatches`, `width/hat/hidden 2/64/drawn`.
 * @throws Error for what was not measured
 */
export function valuesAt(why: KeptWhy, path: string): number[] {
  const [kind, experiment, layer, at, ...fields] = path.split('/');
  const source = Object.hasOwn(SOURCES, kind) ? SOURCES[kind] : undefined;
  const looked = EXPERIMENT_NAMES.find((name) => name === experiment);
  const found = source && looked ? source(why, looked, layer, at) : [];
  const values = found.map((one) =>
    fields.reduce<unknown>(
      (part, field) => (part as Record<string, unknown> | null | undefined)?.[field],
      one,
    ),
  );
  const numbers = values.filter((value) => typeof value === 'number');
  if (numbers.length === 0 || numbers.length < found.filter(Boolean).length)
    throw new Error(`docs/measured/why.json has no “${path}”`);
  return numbers;
}

/** Their median, least and greatest. @throws Error for what was not measured */
export const summaryAt = (why: KeptWhy, path: string): Summary => summaryOf(valuesAt(why, path));

/** Whether any seed has numbers of a layer at a step. */
export function hasCosines({ alignment }: KeptWhy, experiment: Looked, layer: string, step: number): boolean {
  const { layers, moments } = alignment[experiment];
  const moment = moments.find((each) => each.step === step);
  return moment?.seeds.some((one) => one[layers.indexOf(layer)]) ?? false;
}
