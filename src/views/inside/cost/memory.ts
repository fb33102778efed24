import type { Config } from '../../../training/config.ts';
import { bytesForGradient } from '../../../training/cost.ts';
import { specsOf } from '../../../training/specs.ts';
import { formatSI } from '../../format.ts';

const bytesAt = (config: Config, T: number) => bytesForGradient(specsOf({ ...config, T }));

/** BP's bytes grow in proportion to T, so beyond this many time steps nothing new happens. */
const MOST_T = 10_000;

/** Least T at which BP keeps more for the gradient than the other method does at any T. */
export function overtakenAt(backprop: Config, forward: Config): number | undefined {
  const most = bytesAt(forward, forward.T);
  let [low, high] = [0, MOST_T];
  if (bytesAt(backprop, high) <= most) return undefined;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (bytesAt(backprop, middle) > most) high = middle;
    else low = middle;
  }
  return high;
}

/** A run as a sentence calls it. */
interface NamedRun {
  readonly name: string;
  readonly config: Config;
}

/** What BP and forward mode keep for the gradient, from the counted bytes, and which of them keeps more when. */
export function memoryClaim(backprop: NamedRun, forward: NamedRun): string {
  const [bp, rfg] = [backprop, forward].map(
    ({ config }) => `${formatSI(bytesForGradient(specsOf(config)))}B`,
  );
  const at = overtakenAt(backprop.config, forward.config);
  const { T } = backprop.config;
  const { K } = forward.config;
  const claim =
    `For the gradient ${backprop.name} keeps every time step, ${bp} with T = ${T}, growing with T; ` +
    `${forward.name} keeps ${rfg} with K = ${K}, whatever T is, growing with K and with the layers.`;
  return at === undefined ? claim : `${claim} From T = ${at} on ${backprop.name} keeps more.`;
}
