import type { NetworkSpec } from '../../snn/network.ts';
import type { ProbeTrace } from '../../worker/protocol.ts';
import { drawYAxis, haloText, labelRoom, line } from '../figures/canvas/axes.ts';
import { type Box, crisp, type Frame } from '../figures/canvas/surface.ts';
import { linearScale, niceTicks } from '../figures/canvas/ticks.ts';
import { timeScale } from '../figures/canvas/time-axis.ts';
import { layerName } from '../figures/network-of.ts';
import type { Selection } from '../figures/selection.ts';
import { meanFiringRate, rasterLayers } from '../figures/spikes/raster.ts';

/** The largest square in the middle of the canvas. */
export function squareIn({ width, height }: Frame): Box {
  const side = Math.max(8, Math.min(width, height) - 2);
  return { left: (width - side) / 2, top: (height - side) / 2, width: side, height: side };
}

/** What a map without a heading of its own shows, in its upper left corner. */
export function drawCaption(frame: Frame, box: Box, text: string): void {
  const { ctx, theme } = frame;
  ctx.font = theme.font;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'top';
  haloText(frame, text, box.left + 4, box.top + 4, theme.ink);
}

/** Spikes of all hidden layers in little room: name and rate of a layer stand inside, above its rows. */
export function drawLaneRaster(
  frame: Frame,
  network: NetworkSpec,
  widths: readonly (readonly number[])[],
  trace: ProbeTrace,
  selected: Selection,
): void {
  const { ctx, theme, ratio, width } = frame;
  const left = LABEL * theme.fontSize;
  const box: Box = { left, top: 1, width: width - left - 2, height: frame.height - 2 };
  const x = timeScale(trace.T, box);
  const mark = Math.max(1, Math.min(3, (box.width / trace.T) * 0.3));
  const cursor = crisp(x(Math.min(trace.T, selected.time)), ratio);
  line(frame, cursor, box.top, cursor, box.top + box.height, theme.accent);
  for (const layer of rasterLayers(widths, box.height, selected)) {
    const spikes = trace.spikes[layer.factor]?.[layer.depth];
    if (!spikes) continue;
    const row = layer.height / layer.neurons.length;
    ctx.fillStyle = theme.muted;
    ctx.textAlign = 'left';
    ctx.textBaseline = 'middle';
    const half = 0.55 * theme.fontSize;
    const middle = Math.min(Math.max(box.top + layer.top + layer.height / 2, half), frame.height - half);
    ctx.fillText(layerName(network, layer.factor, layer.depth), 0, middle - (layer.height > 30 ? 7 : 0));
    if (layer.height > 30) ctx.fillText(meanFiringRate(spikes).toFixed(2), 0, middle + 7);
    ctx.fillStyle = theme.ink;
    layer.neurons.forEach((neuron, k) => {
      for (let t = 1; t <= trace.T; t++) {
        if (spikes[(t - 1) * layer.width + neuron] !== 1) continue;
        const from = Math.round((x(t) - mark / 2) * ratio) / ratio;
        ctx.fillRect(from, box.top + layer.top + k * row, mark, Math.max(1, row * 0.8));
      }
    });
  }
}
/** Room for the layers' names, in heights of the text. */
const LABEL = 4.1;

interface LaneAnswer {
  readonly exact: ArrayLike<number>;
  readonly answer?: ArrayLike<number>;
  /** Answer minus exact solution. */
  readonly error?: ArrayLike<number>;
  /** Ends of the signed range, -high and high. */
  readonly high: number;
}

/** Exact solution, answer and their difference in little room: the coordinate's ends are said once for all lanes. */
export function drawLaneAnswer(
  frame: Frame,
  at: ArrayLike<number>,
  { exact, answer, error, high }: LaneAnswer,
): void {
  const { ctx, theme } = frame;
  const ticks = niceTicks(-high, high, frame.height < 68 ? 2 : 4);
  const left = labelRoom(frame, ticks, 34);
  const box: Box = { left, top: 4, width: frame.width - left - 4, height: frame.height - 8 };
  const x = linearScale(at[0], at[at.length - 1], box.left, box.left + box.width);
  const y = linearScale(-high, high, box.top + box.height, box.top);
  drawYAxis(frame, box, { ticks, scale: y, grid: true });
  ctx.save();
  ctx.beginPath();
  ctx.rect(box.left, box.top - 2, box.width, box.height + 4);
  ctx.clip();
  const curve = (value: (i: number) => number, colour: string, width: number, dash: number[]) => {
    ctx.strokeStyle = colour;
    ctx.lineWidth = width;
    ctx.setLineDash(dash);
    ctx.beginPath();
    for (let i = 0; i < at.length; i++) ctx.lineTo(x(at[i]), y(value(i)));
    ctx.stroke();
  };
  curve((i) => exact[i], theme.ink, 1.6, []);
  if (error) curve((i) => error[i], theme.trace, 1.4, [2, 2]);
  if (answer?.length === exact.length) curve((i) => answer[i], theme.accent, 2, [6, 3]);
  ctx.restore();
}
