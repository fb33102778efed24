import { mexicanHat, squareGrid } from '../../../experiments/hat.ts';
import { PICKED, type Surface, type TargetName } from '../../../problems/targets.ts';
import type { Field } from '../../figures/canvas/field-image.ts';

/** Functions that need nothing typed or painted. */
type ReadyTarget = Exclude<TargetName, 'formula' | 'painted'>;
export const READY: readonly ReadyTarget[] = ['hat', 'ripples', 'saddle', 'step', 'checkerboard'];

export const READY_LABELS: Record<ReadyTarget, string> = {
  hat: 'Mexican hat',
  ripples: 'Ripples',
  saddle: 'Saddle',
  step: 'Step',
  checkerboard: 'Checkerboard',
};

/** A function of the square on n × n nodes. @throws whatever the function throws */
export function sampled(surface: Surface, n: number): Field {
  return { n, values: squareGrid(n, surface).target };
}

/** The function behind a name. */
export function readySurface(name: ReadyTarget): Surface {
  return name === 'hat' ? mexicanHat : PICKED[name];
}

/** Largest |value| of a field, 1 for one that is zero: the end of its colours. */
export function boundOf({ values }: Field): number {
  let most = 0;
  for (let k = 0; k < values.length; k++) most = Math.max(most, Math.abs(values[k]));
  return most || 1;
}
