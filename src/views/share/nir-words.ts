import type { NirDifference } from '../../io/nir/compare.ts';
import type { Config } from '../../training/config.ts';
import { formatCount, formatError } from '../format.ts';

/** What a NIR file says for people under `metadata`: how it is meant to be run, and in what it differs from the page. */
export function nirWords(
  about: readonly string[],
  { T, leak, reset, threshold }: Config,
  factors: readonly string[],
  unit: number,
) {
  return {
    about: about.join('\n'),
    time: 'The unit of time is one time step: simulate with dt = 1.',
    discretisation:
      leak === 1
        ? 'A step of forward Euler, v <- v + dt r I, is the page’s U <- U + Z.'
        : `A step of forward Euler, v <- (1 - dt/tau) v + (dt/tau) r I, is the page's U <- ${leak} U + Z. Exact (exponential) integration over a step leaves exp(-dt/tau) = ${Math.exp(leak - 1).toPrecision(6)} of v: for it take tau = ${leak === 0 ? '0+' : (-1 / Math.log(leak)).toPrecision(9)}.`,
    input: `The input is the same at each of T = ${T} time steps.`,
    output: `Every stage reads the one before it within the same time step. The output is the mean over the ${T} time steps of what reaches Output; times ${unit} it is in the problem's unit.`,
    readOut:
      factors.length === 1
        ? 'The mean of the Output is the value of the function.'
        : `The answer is the sum over i of ${factors.map((name) => `${name}_i`).join(' * ')}, the outputs of the graphs ${factors.join(', ')}, times the boundary factor and the function's scale: not a node of NIR.`,
    spike: `NIR's neurons spike where v > v_threshold, the page's where U >= ${threshold}.`,
    reset:
      reset === 'subtract'
        ? `NIR's neurons are reset to v_reset = 0, the page's have ${threshold} subtracted: what is above it counts on.`
        : 'Both are reset to 0.',
  };
}

/** “12,345 spikes here, 12,001 as NIR …”. */
export const differenceRows = ({
  spikes,
  changedCounts,
  error,
  output,
}: NirDifference): readonly (readonly [string, string, string])[] => [
  ['Spikes', formatCount(spikes.here), formatCount(spikes.nir)],
  ['Relative L2 error', formatError(error.here), formatError(error.nir)],
  ['Neurons with another count', '', `${(100 * changedCounts).toPrecision(3)} %`],
  ['Difference of the outputs', '', formatError(output)],
];
