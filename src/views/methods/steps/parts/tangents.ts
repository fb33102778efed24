import { neuronEquations } from '../../../inside/step/neuron-equations.ts';
import { type Stage, type StageContext, samples } from '../../../inside/step/stage.ts';

/** Ż of a layer whose weights are perturbed. */
const CURRENT = '\\dot Z^l[t] = \\delta W^l S^{l-1}[t] + W^l \\dot S^{l-1}[t] + \\delta b^l';
const SPIKE_TANGENT = '\\dot S^l[t] = f(U^l[t] - \\vartheta)\\,\\dot U^l[t]';

/**
 * Membranes and their tangents.
 * @param groups which tangents there are, in a sentence.
 * @param current TeX of the tangent of the current.
 */
export function tangents(context: StageContext, groups: string, current = CURRENT): Stage {
  const { config } = context;
  return {
    title: 'Simulate',
    text:
      `${samples(context)} run through T = ${config.T} time steps. Beside each membrane goes its tangent: how U would ` +
      `change along δθ. ${groups} Nothing is kept over time.`,
    formulas: [current, `${neuronEquations(config).tangent}, \\quad ${SPIKE_TANGENT}`],
    figure: 'forward',
  };
}
