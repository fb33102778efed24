import type { NetworkSpec } from '../../../snn/network.ts';
import type { NeuronId } from '../../../snn/silence.ts';
import type { ProbeTrace } from '../../../worker/protocol.ts';
import { line } from '../canvas/axes.ts';
import { type Box, crisp, type Frame } from '../canvas/surface.ts';
import { formatNumber } from '../canvas/ticks.ts';
import { drawTimeAxis, drawTimeCursor, timeScale } from '../canvas/time-axis.ts';
import { layerName } from '../network-of.ts';
import type { Selection } from '../selection.ts';
import { meanFiringRate, type RasterLayer } from './raster.ts';

const LABELS = 78;
const AXIS = 21;

/** Place of the marks on the raster's canvas. */
export function rasterBox(width: number, height: number): Box {
  return {
    left: LABELS,
    top: 2,
    width: Math.max(10, width - LABELS - 6),
    height: Math.max(10, height - AXIS),
  };
}

interface RasterPicture {
  readonly trace: ProbeTrace;
  readonly network: NetworkSpec;
  readonly layers: readonly RasterLayer[];
  readonly selected: Selection;
  readonly silenced: readonly NeuronId[];
}

/** One dark mark a spike, layers set apart and labelled with their mean rates. */
export function drawRaster(frame: Frame, picture: RasterPicture): void {
  const { T } = picture.trace;
  const box = rasterBox(frame.width, frame.height);
  drawTimeAxis(frame, box, T);
  drawTimeCursor(frame, box, T, picture.selected.time);
  for (const layer of picture.layers) {
    drawRows(frame, box, picture, layer);
    drawLabels(frame, box, picture, layer);
  }
}

function drawRows(
  frame: Frame,
  box: Box,
  { trace, selected, silenced }: RasterPicture,
  layer: RasterLayer,
): void {
  const { ctx, theme, ratio } = frame;
  const spikes = trace.spikes[layer.factor]?.[layer.depth];
  const x = timeScale(trace.T, box);
  const row = layer.height / layer.neurons.length;
  const bottom = box.top + layer.top + layer.height;
  line(frame, box.left, crisp(bottom + 1, ratio), box.left + box.width, crisp(bottom + 1, ratio), theme.line);
  if (!spikes) return;
  const width = Math.max(2, Math.round(Math.min(3, (box.width / trace.T) * 0.25) * ratio) / ratio);
  const height = Math.max(1.5, row * 0.82);
  layer.neurons.forEach((neuron, k) => {
    const top = box.top + layer.top + k * row;
    const is = (n: NeuronId) => n.factor === layer.factor && n.depth === layer.depth && n.neuron === neuron;
    if (is(selected)) {
      ctx.fillStyle = theme.accent;
      ctx.globalAlpha = 0.2;
      ctx.fillRect(box.left, top - 0.5, box.width, row + 1);
      ctx.globalAlpha = 1;
      drawPointer(frame, box.left - 2, top + row / 2);
    }
    const cut = silenced.some(is);
    ctx.fillStyle = cut ? theme.muted : theme.ink;
    for (let t = 1; t <= trace.T; t++) {
      if (spikes[(t - 1) * layer.width + neuron] !== 1) continue;
      const left = Math.round((x(t) - width / 2) * ratio) / ratio;
      ctx.fillRect(left, top + (row - height) / 2, width, cut ? Math.min(1, height) : height);
    }
    if (cut)
      line(frame, box.left, top + row / 2, box.left + box.width, top + row / 2, theme.accent, 1, [2, 3]);
  });
}

function drawPointer({ ctx, theme }: Frame, x: number, y: number): void {
  ctx.fillStyle = theme.accent;
  ctx.beginPath();
  ctx.moveTo(x, y);
  ctx.lineTo(x - 6, y - 4);
  ctx.lineTo(x - 6, y + 4);
  ctx.fill();
}

function drawLabels(frame: Frame, box: Box, { network, trace }: RasterPicture, layer: RasterLayer): void {
  const { ctx, theme } = frame;
  const spikes = trace.spikes[layer.factor]?.[layer.depth];
  const { neurons, width } = layer;
  const lines = [layerName(network, layer.factor, layer.depth)];
  if (spikes) lines.push(`rate ${formatNumber(meanFiringRate(spikes))}`);
  if (neurons.length < width) lines.push(`${neurons.length} of ${width}`);
  const pitch = 1.22 * theme.fontSize;
  const room = Math.max(1, Math.floor((layer.height + 6) / pitch));
  const middle = box.top + layer.top + layer.height / 2;
  const shown = lines.slice(0, room);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  shown.forEach((text, k) => {
    ctx.font = k === 0 ? theme.fontBold : theme.font;
    ctx.fillStyle = k === 0 ? theme.ink : theme.muted;
    ctx.fillText(text, 0, middle + (k - (shown.length - 1) / 2) * pitch);
  });
  ctx.font = theme.font;
}
