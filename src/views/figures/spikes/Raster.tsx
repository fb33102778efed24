import { useRef } from 'react';
import { useLane, usePlayground } from '../../context.ts';
import figure from '../figure.module.css';
import { networkOf } from '../network-of.ts';
import { clampSelection, neighbour, pickNeuron, selection } from '../selection.ts';
import { useFigure } from '../use-figure.ts';
import { useDrawingSize } from '../use-size.ts';
import { useSummary } from '../use-summary.ts';
import { drawInput, inputHeight } from './draw-input.ts';
import { drawRaster, rasterBox } from './draw-raster.ts';
import css from './plot.module.css';
import { neuronAt, rasterLayers } from './raster.ts';
import { spikesText } from './readout.ts';
import { TimeLayer } from './TimeLayer.tsx';

/** Spikes of all hidden layers at the probe: time to the right, one row a neuron. A click selects a neuron. */
export function Raster() {
  const { lane } = usePlayground();
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useDrawingSize(canvas);
  const T = useLane((state) => state.probe?.T ?? state.config.T);
  const { network, widths } = networkOf(useLane((state) => state.config));
  const box = size && rasterBox(size.width, size.height);
  const select = () => clampSelection(selection.getState(), widths, T);

  useFigure(canvas, [lane, selection], (frame) => {
    const state = lane.getState();
    const { network, widths } = networkOf(state.config);
    if (!state.probe) return;
    const selected = clampSelection(selection.getState(), widths, state.probe.T);
    const box = rasterBox(frame.width, frame.height);
    const above = inputHeight(network, box.height);
    const layers = rasterLayers(widths, box.height, selected, above);
    if (above > 0) drawInput(frame, box, above, network, state);
    drawRaster(frame, { trace: state.probe, network, layers, selected, silenced: state.view.silenced });
  });
  useSummary(canvas, [lane, selection], () => {
    const { config, probe } = lane.getState();
    const { network, widths } = networkOf(config);
    if (!probe) return 'Raster of the spikes at the probe: nothing to show yet';
    const fed = inputHeight(network, 1) > 0 ? 'above it what is read; ' : '';
    return `Raster of the spikes at the probe; ${fed}${spikesText(network, widths, probe, select().time)}`;
  });

  return (
    <div className={`${figure.figure} ${css.plot}`} translate="no">
      <canvas ref={canvas} role="img" aria-label="Raster of the spikes at the probe" data-testid="raster" />
      {box && (
        <div className={figure.overlay}>
          <TimeLayer
            label="Time step, on the raster"
            box={box}
            T={T}
            onPick={(y) =>
              pickNeuron(
                neuronAt(rasterLayers(widths, box.height, select(), inputHeight(network, box.height)), y),
              )
            }
            onStep={(offset) => pickNeuron(neighbour(select(), widths, offset))}
          />
        </div>
      )}
    </div>
  );
}
