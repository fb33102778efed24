import { useMemo } from 'react';
import { sameBatches } from '../../state/comparison.ts';
import type { ExperimentName } from '../../training/config.ts';
import { useApp, useLane } from '../context.ts';
import css from './Lede.module.css';

const SEEN: Record<ExperimentName, string> = {
  hat: 'A small spiking network learns a function of x and y. The maps show its target, its output and the error left.',
  poisson:
    'A spiking network learns to answer any forcing f with the solution u of Poisson’s equation. Draw a forcing and compare.',
  'reaction-diffusion':
    'A spiking network learns to answer any forcing f with the solution u(x, t) of a reaction–diffusion equation. Draw a forcing and compare.',
};

const COMPARED =
  'The same data, the same batches and the same first weights, trained side by side: only the method and its learning rate differ.';
const COMPARED_HELD =
  'The same data and the same first weights, trained side by side. The method, its learning rate and how long a batch is kept differ.';

/** One sentence on what is seen, and what to do first. */
export function Lede() {
  const { experiment, recorded } = useLane((state) => ({
    experiment: state.config.experiment,
    recorded: state.recording !== undefined,
  }));
  const comparing = useApp((state) => state.lanes.length > 1);
  const { pinned, beside } = useApp((state) => ({ pinned: state.pinned, beside: state.comparison.lanes }));
  const equalBatches = useMemo(() => sameBatches(pinned, beside), [pinned, beside]);
  return (
    <p className={css.lede} data-testid="lede">
      {comparing ? (equalBatches ? COMPARED : COMPARED_HELD) : SEEN[experiment]}
      {recorded && !comparing && <strong> Press play to train it from nothing.</strong>}
    </p>
  );
}
