import { learningRate } from '../../snn/schedule.ts';
import { type Config, FIELDS, isUsed, usedByMethod } from '../config.ts';
import {
  type Finding,
  POOR,
  quantileOfSome,
  type RunObservation,
  short,
  usualRate,
  within,
} from './finding.ts';
import { allHeld, largestFactor, someHeld, usualFactorsAgain, usualLargestFactor } from './held-layers.ts';

const SHORTEST = 400;
/** A rate by so much below the recipe's moves next to nothing. */
const TINY = 0.1;
/** An error that has changed by less than this share has not moved. */
const UNMOVED = 0.02;
/** An ε of Adam so large is more than a denominator that must not vanish. */
const LARGE_STABILISER = 1e-4;

/** The second half of the run is no better than the first half's end, at an error that is still large. */
export function plateau(run: RunObservation): Finding | undefined {
  const { config, losses, error, diverged } = run;
  if (!usedByMethod('rate', config)) return undefined;
  if (diverged || losses.length < SHORTEST || error === undefined || error < POOR) return undefined;
  const quarter = Math.floor(losses.length / 4);
  const before = quantileOfSome(losses.subarray(losses.length - 2 * quarter, losses.length - quarter), 0.5);
  const now = quantileOfSome(losses.subarray(losses.length - quarter), 0.5);
  // Small batches let the loss seem to fall by chance: the error says whether anything was learned.
  if (now < 0.97 * before && hasMoved(run)) return undefined;
  const what = `The loss has not fallen for ${2 * quarter} steps, at a relative error of ${short(error)}.`;
  const why =
    allHeld(config) ??
    stepsTooShort(run) ??
    stepsTooLong(config) ??
    someHeld(config) ??
    noisyEstimate(config) ??
    valley(config);
  return { kind: 'plateau', what, ...why };
}

function hasMoved({ error, firstError }: RunObservation): boolean {
  return error === undefined || firstError === undefined || error < (1 - UNMOVED) * firstError;
}

type Why = Pick<Finding, 'cause' | 'remedy'>;

function rateNow({ schedule, rate, steps, finalFraction }: Config, step: number): number {
  return learningRate({ kind: schedule, startRate: rate, steps, finalFraction }, step);
}

/** The weights hardly change: rate or rate factors are tiny, the schedule has made it so, or Adam's ε has. */
function stepsTooShort(run: RunObservation): Why | undefined {
  const { config, losses } = run;
  const usual = usualRate(config);
  const step = losses.length;
  const now = rateNow(config, step);
  const adam = config.optimiser === 'adam';
  const [fastest, usualFastest] = [largestFactor(config), usualLargestFactor(config)];
  // What length of step is usual without Adam depends on the gradient: whether anything moved says more.
  if (adam ? now * fastest > TINY * usual * usualFastest : hasMoved(run))
    return adam && !hasMoved(run) ? stabiliserTooLarge(config) : undefined;
  if (fastest <= TINY * usualFastest)
    return {
      cause: `The rate factors are ${short(fastest)} at most: hardly anything changes from step to step.`,
      remedy: usualFactorsAgain(config),
    };
  if (now > config.rate / 2 || config.rate <= TINY * usual)
    return raise(config, now, adam ? usual : 10 * config.rate);
  const steps = within('steps', 2 * Math.max(step, config.steps));
  const cause = `The schedule has brought the rate down to ${short(now)}: hardly anything changes from step to step.`;
  if (steps <= config.steps || rateNow({ ...config, steps }, step) <= 2 * now) return { cause };
  return { cause, remedy: { label: `Stretch the schedule to ${steps} steps`, pins: { steps } } };
}

/** Adam divides by √v̂ + ε: where ε is far above the gradient, its steps are no longer of about the rate's length. */
function stabiliserTooLarge({ stabiliser }: Config): Why | undefined {
  if (stabiliser < LARGE_STABILISER) return undefined;
  const usual = FIELDS.stabiliser.default;
  return {
    cause: `Adam’s ε = ${short(stabiliser)} is far above the gradient it is added to: hardly anything changes from step to step.`,
    remedy: { label: `Lower Adam’s ε to ${usual}`, pins: { stabiliser: usual } },
  };
}

function raise(config: Config, now: number, to: number): Why {
  const cause = `At the rate ${short(now)} hardly anything changes from step to step.`;
  const learningRate = within('rate', Number(to.toPrecision(2)));
  if (learningRate <= config.rate) return { cause };
  return {
    cause,
    remedy: { label: `Raise the rate to ${short(learningRate)}`, pins: { rate: learningRate } },
  };
}

function stepsTooLong(config: Config): Why | undefined {
  return config.rate > 2 * usualRate(config) ? lower(config) : undefined;
}

function noisyEstimate(config: Config): Why | undefined {
  const { K: current } = config;
  if (!isUsed('K', config) || current >= FIELDS.K.bounds.max) return undefined;
  const K = within('K', current * 4);
  return {
    cause: `With K = ${current} the estimate points only slightly along the gradient: noise and descent cancel.`,
    remedy: { label: `Average K = ${K} directions`, pins: { K } },
  };
}

/** At the recipe's rate a lower one is worth a try; below that the rate is not what holds the run up. */
function valley(config: Config): Why {
  if (config.rate > usualRate(config) / 2) return lower(config);
  return {
    cause:
      'Its steps are small already: this network may do no better. More neurons or time steps T can help, and start the run anew.',
  };
}

function lower(config: Config): Why {
  const usual = usualRate(config);
  const next = config.rate > 3 * usual ? usual : config.rate / 3;
  const learningRate = within('rate', Number(next.toPrecision(2)));
  return {
    cause: 'Steps of this size jump back and forth over the valley.',
    remedy:
      learningRate < config.rate
        ? { label: `Lower the rate to ${short(learningRate)}`, pins: { rate: learningRate } }
        : undefined,
  };
}
