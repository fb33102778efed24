import { isAveraged, type MethodSpec } from '../../snn/method.ts';
import type { NetworkSpec } from '../../snn/network.ts';
import type { OptimiserSpec } from '../../snn/optimiser.ts';
import type { AdvanceRequest } from '../../training/engine.ts';
import { planStep } from '../../training/plan.ts';
import { type Arrangement, SETTINGS, STEP_HEADER } from './arrangement.ts';
import type { Program } from './program.ts';
import type { Work } from './work.ts';

type SettingName = (typeof SETTINGS)[number];

/** Numbers of a run that a change of does not need new shaders. */
function writeSettings(
  a: Arrangement,
  network: NetworkSpec,
  method: MethodSpec | undefined,
  optimiser: OptimiserSpec | undefined,
  stride: number,
  words: Uint32Array,
): void {
  const floats = new Float32Array(words.buffer, words.byteOffset, words.length);
  const sigma = method?.surrogate.sigma ?? 1;
  const epsilon = method?.epsilon ?? 1;
  const { beta1, beta2, epsilon: stabiliser } = optimiser ?? { beta1: 0, beta2: 0, epsilon: 0 };
  const values: Record<Exclude<SettingName, 'STRIDE'>, number> = {
    THRESHOLD: network.threshold,
    LEAK: network.leak,
    CENTRE: network.centre,
    SIGMA: sigma,
    HALF_PRECISION: 1 / (2 * sigma * sigma),
    PEAK: 1 / (sigma * Math.sqrt(2 * Math.PI)),
    EPSILON: epsilon,
    HALF_EPSILON: 1 / (2 * epsilon),
    BETA1: beta1,
    ONE_MINUS_BETA1: 1 - beta1,
    BETA2: beta2,
    ONE_MINUS_BETA2: 1 - beta2,
    STABILISER: stabiliser,
  };
  SETTINGS.forEach((name, i) => {
    if (name === 'STRIDE') words[i] = stride;
    else floats[i] = values[name];
  });
  const { layout } = a.work.network;
  for (const layer of layout.layers) {
    const { index } = layer;
    const at = SETTINGS.length + 2 * index;
    // A row's own derivative along its ξ takes the scale out.
    const scale = a.work.perturbation === 'activity' ? 1 : (method?.scales[index] ?? 1);
    floats[at] = optimiser?.rateFactors[index] ?? 1;
    const averaged = layer.role === 'hidden' && isAveraged(a.work, layout, layer);
    floats[at + 1] = averaged ? 1 : 1 / (Math.max(1, a.work.directions) * scale * scale);
  }
}

/** Bounds of what is uploaded and submitted at once: memory, and arithmetic that a slow GPU does in well under a second. */
const UPLOAD_BYTES = 16 << 20;
const MOST_STEPS = 1024;
const OPERATIONS = 2e10;

/** Steps of `runs` runs that are uploaded and submitted at once. */
export function stepsAtOnce(a: Arrangement, runs: number, steps: number, largest: number): number {
  const bytes = 4 * runs * Math.max(a.stepWords + a.directionNumbers, 1);
  const fit = Math.floor((Math.min(UPLOAD_BYTES, largest) - 4 * runs * a.settingWords) / bytes);
  return Math.max(1, Math.min(steps, MOST_STEPS, fit, Math.floor(OPERATIONS / (runs * operations(a.work)))));
}

/** About how many multiplications and additions a step takes. */
function operations({ network, rows, derivation, layerwise, directions }: Work): number {
  const { layout } = network;
  const forward = layout.layers.reduce(
    (n, { factor, inputs, outputs }) => n + 2 * rows[factor] * inputs * outputs,
    0,
  );
  const derivatives = directions * (layerwise ? layout.layers.length : 1);
  const passes = { none: 1, reverse: 3, forward: 1 + 2 * derivatives, differences: 1 + 2 * derivatives }[
    derivation
  ];
  return network.T * forward * passes;
}

/** What the device is told about `count` steps from step `first` of a chunk on. */
interface Upload {
  readonly plan: Uint32Array<ArrayBuffer>;
  readonly directions: Float32Array<ArrayBuffer>;
}

/** Tables, settings of all runs, then of every step and run its seed, step, rate, corrections, place of its loss and rows. */
export function makeUpload(
  { arrangement: a, tables }: Program,
  requests: readonly AdvanceRequest[],
  first: number,
  count: number,
  stride: number,
): Upload {
  const runs = requests.length;
  const settings = tables.length;
  const steps = settings + runs * a.settingWords;
  const plan = new Uint32Array(steps + count * runs * a.stepWords);
  plan.set(tables);
  const floats = new Float32Array(plan.buffer);
  const directions = new Float32Array(count * runs * a.directionNumbers);
  requests.forEach(({ task, state }, run) => {
    const { network, method, optimiser } = task.specs;
    const own = plan.subarray(settings + run * a.settingWords, settings + (run + 1) * a.settingWords);
    writeSettings(a, network, method, optimiser, stride, own);
    for (let i = 0; i < count; i++) {
      const slot = i * runs + run;
      const draws = directions.subarray(slot * a.directionNumbers, (slot + 1) * a.directionNumbers);
      const { rows, scalars } = planStep(task, state, first + i, draws);
      const at = steps + slot * a.stepWords;
      plan[at] = state.seed;
      plan[at + 1] = state.step + first + i;
      floats[at + 2] = scalars.learningRate;
      floats[at + 3] = scalars.correction1;
      floats[at + 4] = scalars.correction2;
      plan[at + 5] = first + i;
      let row = at + STEP_HEADER;
      for (const part of rows) {
        plan.set(part, row);
        row += part.length;
      }
    }
  });
  return { plan, directions };
}

/** The plan of an evaluation: every row of the data once, and the key of drawn samples. */
export function evaluationPlan(
  { arrangement: a, tables }: Program,
  network: NetworkSpec,
  method: MethodSpec | undefined,
  key: { readonly seed: number; readonly step: number },
): Uint32Array<ArrayBuffer> {
  const step = tables.length + a.settingWords;
  const plan = new Uint32Array(step + a.stepWords);
  plan.set(tables);
  writeSettings(a, network, method, undefined, 0, plan.subarray(tables.length, step));
  plan[step] = key.seed;
  plan[step + 1] = key.step;
  let at = step + STEP_HEADER;
  for (const rows of a.work.rows) for (let row = 0; row < rows; row++) plan[at++] = row;
  return plan;
}
