import { useLane } from '../../context.ts';
import { layerName, networkOf } from '../network-of.ts';
import { clampSelection, neighbour, pickNeuron, useSelection } from '../selection.ts';

/** The selected neuron with buttons for the one before and after it. */
export function NeuronStepper() {
  const config = useLane((state) => state.config);
  const { network, widths } = networkOf(config);
  const selected = clampSelection(
    useSelection((state) => state),
    widths,
    config.T,
  );
  const step = (offset: 1 | -1) => pickNeuron(neighbour(selected, widths, offset));
  return (
    <span className="figure-stepper">
      <button type="button" onClick={() => step(-1)} aria-label="Neuron before">
        ‹
      </button>
      <output>
        {layerName(network, selected.factor, selected.depth)}, neuron {selected.neuron + 1}
      </output>
      <button type="button" onClick={() => step(1)} aria-label="Next neuron">
        ›
      </button>
    </span>
  );
}
