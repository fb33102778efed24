import { useLane } from '../../context.ts';
import figure from '../figure.module.css';
import { layerName, networkOf } from '../network-of.ts';
import { neighbour, pickNeuron, useSelectedNeuron } from '../selection.ts';
import css from './NeuronStepper.module.css';

/** The selected neuron with buttons for the one before and after it. */
export function NeuronStepper() {
  const { network, widths } = networkOf(useLane((state) => state.config));
  const selected = useSelectedNeuron(widths);
  const step = (offset: 1 | -1) => pickNeuron(neighbour(selected, widths, offset));
  return (
    <span className={css.stepper}>
      <button
        type="button"
        className={figure.button}
        onClick={() => step(-1)}
        aria-label="Neuron before"
        title="The neuron before, through all layers"
      >
        ‹
      </button>
      <output>
        {layerName(network, selected.factor, selected.depth)}, neuron {selected.neuron + 1}
      </output>
      <button
        type="button"
        className={figure.button}
        onClick={() => step(1)}
        aria-label="Next neuron"
        title="The next neuron, through all layers"
      >
        ›
      </button>
    </span>
  );
}
