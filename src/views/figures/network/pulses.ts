import type { Layout } from '../../../snn/network.ts';
import type { ProbeTrace } from '../../../worker/protocol.ts';
import type { Frame } from '../canvas/surface.ts';
import { columnPairs, type Diagram } from './diagram.ts';
import { largestWeight, layerInto, weightOf } from './weights.ts';

/** Only edges of at least this share of the layer's largest weight carry a dot. */
const LEAST_SHARE = 0.2;

/**
 * Time step that a hidden depth shows while a wave of spikes runs through `depths` layers: `phase` (0 … 1) is how far
 * it has come in step `time`; layers that it has not reached show the step before.
 */
export function shownTime(time: number, phase: number, depth: number, depths: number): number {
  return phase >= depth / depths ? time : Math.max(1, time - 1);
}

/** Spikes on their way to the next layer, as dots on the edges; silenced neurons send none. */
export function drawPulses(
  frame: Frame,
  { columns }: Diagram,
  layout: Layout,
  theta: ArrayLike<number>,
  trace: ProbeTrace,
  time: number,
  phase: number,
  isSilenced: (factor: number, depth: number, neuron: number) => boolean,
): void {
  const { ctx, theme } = frame;
  for (const [from, to] of columnPairs(columns)) {
    const layer = layerInto(layout, to);
    const spikes = trace.spikes[from.factor]?.[from.depth];
    if (!layer || !spikes || from.role !== 'hidden') continue;
    const depths = layout.hidden[from.factor].length;
    const way = phase * depths - from.depth;
    if (way <= 0 || way >= 1) continue;
    const largest = largestWeight(layer, theta);
    from.shown.forEach((i, k) => {
      if (spikes[(time - 1) * from.width + i] !== 1 || isSilenced(from.factor, from.depth, i)) return;
      to.shown.forEach((j, n) => {
        const weight = weightOf(layer, theta, j, i);
        const share = Math.abs(weight) / largest;
        if (share < LEAST_SHARE) return;
        ctx.fillStyle = weight > 0 ? theme.positive : theme.negative;
        ctx.beginPath();
        const x = from.xs[k] + way * (to.xs[n] - from.xs[k]);
        const y = from.ys[k] + way * (to.ys[n] - from.ys[k]);
        ctx.arc(x, y, 1.2 + 1.6 * share, 0, 2 * Math.PI);
        ctx.fill();
      });
    });
  }
}
