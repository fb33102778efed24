import { useRef } from 'react';
import { useLane, usePlayground } from '../../context.ts';
import { TermSpot } from '../../terms/Term.tsx';
import figure from '../figure.module.css';
import { layerName, networkOf } from '../network-of.ts';
import { clampSelection, selection } from '../selection.ts';
import { useFigure } from '../use-figure.ts';
import { useDrawingSize } from '../use-size.ts';
import { useSummary } from '../use-summary.ts';
import { drawMembrane, membraneBox } from './draw-membrane.ts';
import { membranePath, potentialRange, type Range } from './membrane.ts';
import css from './plot.module.css';
import { potentialText } from './readout.ts';
import { TimeLayer } from './TimeLayer.tsx';

/** Why a membrane can be far above the threshold, by the reset after a spike. */
const BEYOND = {
  subtract: 'far above ϑ: a step brings more current than the ϑ that a spike takes away',
  zero: 'far above ϑ: the current of a single step carries it so far',
} as const;

/** Membrane potential of the selected neuron at the probe. */
export function Membrane() {
  const { lane } = usePlayground();
  const canvas = useRef<HTMLCanvasElement>(null);
  const lastRange = useRef<{ readonly key: string; readonly range: Range }>(undefined);
  const size = useDrawingSize(canvas);
  const T = useLane((state) => state.probe?.T ?? state.config.T);

  useFigure(canvas, [lane, selection], (frame) => {
    const { config, probe } = lane.getState();
    const { network, widths } = networkOf(config);
    if (!probe) return;
    const { factor, depth, neuron, time } = clampSelection(selection.getState(), widths, probe.T);
    const membranes = probe.membranes[factor]?.[depth];
    if (!membranes) return;
    const { threshold } = network;
    const spikes = probe.spikes[factor][depth];
    const path = membranePath(membranes, spikes, widths[factor][depth], neuron, network);
    const key = [factor, depth, neuron].join();
    const range = potentialRange(
      path,
      threshold,
      lastRange.current?.key === key ? lastRange.current.range : undefined,
    );
    lastRange.current = { key, range };
    drawMembrane(frame, { path, range, threshold, T: probe.T, time, beyond: BEYOND[config.reset] });
  });
  useSummary(canvas, [lane, selection], () => {
    const { config, probe } = lane.getState();
    const { network, widths } = networkOf(config);
    if (!probe) return 'Membrane potential at the probe: nothing to show yet';
    const selected = clampSelection(selection.getState(), widths, probe.T);
    const name = `${layerName(network, selected.factor, selected.depth)}, neuron ${selected.neuron + 1}`;
    return `Membrane potential of ${name}: ${potentialText(probe, widths, selected)}`;
  });

  const box = size && membraneBox(size.width, size.height);
  return (
    <div className={`${figure.figure} ${css.plot}`} translate="no">
      <canvas ref={canvas} role="img" aria-label="Membrane potential at the probe" data-testid="membrane" />
      {box && (
        <div className={figure.overlay}>
          <TermSpot
            id="membrane"
            name="U, membrane potential"
            place={{ left: 0, top: box.top, width: 24, height: box.height }}
          />
          <TimeLayer label="Time step, on the membrane" box={box} T={T} />
          <TermSpot
            id="threshold"
            name="ϑ, threshold"
            place={{ left: box.left + box.width + 2, right: 0, top: box.top, height: box.height }}
          />
        </div>
      )}
    </div>
  );
}
