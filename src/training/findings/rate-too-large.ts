import { type Config, usedByMethod } from '../config.ts';
import {
  type Finding,
  quantileOfSome,
  type Remedy,
  type RunObservation,
  short,
  usualRate,
  within,
} from './finding.ts';

/** The loss is no longer finite. */
export function divergence({ config, losses, diverged }: RunObservation): Finding | undefined {
  if (!diverged) return undefined;
  const what = `The loss left the finite numbers after step ${losses.length}.`;
  return { kind: 'diverged', what, ...backAndCalmer(config, lastGoodStep(losses)) };
}

/** So many times the first loss is no longer noise of the batch. */
const FAR_ABOVE = 10;
const LATEST = 50;

/** The loss is finite, and far above what it was before anything was learned. */
export function runaway({ config, losses, diverged }: RunObservation): Finding | undefined {
  if (diverged || losses.length < 2 || !usedByMethod('rate', config)) return undefined;
  const latest = Math.min(LATEST, Math.ceil(losses.length / 4));
  const now = quantileOfSome(losses.subarray(losses.length - latest), 0.5);
  if (!(losses[0] > 0 && now > FAR_ABOVE * losses[0])) return undefined;
  const { cause, remedy } = backAndCalmer(config, lastGoodStep(losses));
  if (!remedy) return undefined;
  const what = `The loss is ${short(now)}; at the start it was ${short(losses[0])}.`;
  return { kind: 'runaway', what, cause, remedy };
}

/** Why the steps were too long, and the way back to a step from which shorter ones are taken. */
export function backAndCalmer(config: Config, seekTo: number): Pick<Finding, 'cause' | 'remedy'> {
  if (config.optimiser === 'sgd' && usedByMethod('K', config))
    return {
      cause: 'Plain SGD takes the raw estimate, whose length is about √P times the gradient’s.',
      remedy: {
        label: `Back to step ${seekTo}, with Adam`,
        pins: { optimiser: 'adam', rate: usualRate(config) },
        seekTo,
      },
    };
  return {
    cause: `The learning rate ${short(config.rate)} is too large here.`,
    remedy: lowerRate(config, seekTo),
  };
}

function lowerRate(config: Config, seekTo: number): Remedy | undefined {
  const learningRate = within('rate', Math.min(Number((config.rate / 10).toPrecision(2)), usualRate(config)));
  if (learningRate >= config.rate) return undefined;
  return {
    label: `Back to step ${seekTo}, rate ${short(learningRate)}`,
    pins: { rate: learningRate },
    seekTo,
  };
}

/**
 * Where to go back to: a tenth of the way before the last step whose loss was ordinary. A loss far above the first one moves the weights
 * where many neurons stay silent however ordinary the loss becomes again, so that only what was before it counts.
 */
export function lastGoodStep(losses: Float64Array): number {
  const isFar = (loss: number) => !(loss <= FAR_ABOVE * losses[0]);
  const far = losses.findIndex(isFar);
  const before = far === -1 ? losses : losses.subarray(0, far);
  const ordinary = 3 * quantileOfSome(before.subarray(0, Math.ceil(before.length / 2)), 0.25);
  let last = before.length - 1;
  while (last > 0 && !(before[last] <= ordinary)) last--;
  return Math.max(0, Math.floor(0.9 * last));
}
