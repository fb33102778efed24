import { ESTIMATE_NAMES, type EstimateName } from '../../../state/estimates.ts';
import { type Config, methodName, usedByMethod } from '../../../training/config.ts';
import { wordsOf } from '../../methods/words/all.ts';

/** What can be drawn at the weights of a run, by the name of the choice. */
export const ESTIMATORS: Record<EstimateName, string> = {
  own: 'as the run trains',
  'RFG-G': 'RFG, global',
  'RFG-L': 'RFG, layer-wise',
  'RFG-A': 'RFG, activity (beyond the paper)',
  'WP-L': 'WP, layer-wise',
  'WP-A': 'WP, nodes (beyond the paper)',
};

/** The choices that a run leaves: methods that draw nothing have no estimate of their own. */
export function choicesFor(config: Config): readonly EstimateName[] {
  return usedByMethod('K', config) ? ESTIMATE_NAMES : ESTIMATE_NAMES.filter((name) => name !== 'own');
}

/** Why the run's own method is not among the choices; undefined where it is. */
export function whyNotOwn(config: Config): string | undefined {
  const why = wordsOf(config).withoutEstimate;
  return (
    why && `${methodName(config)} ${why}. Drawn here is what another method would estimate at its weights.`
  );
}
