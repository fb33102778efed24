import type { Layout } from '../../../snn/network.ts';
import type { Frame } from '../canvas/surface.ts';
import { type Column, columnPairs, type Diagram, isColumn, type SelectedNode } from './diagram.ts';
import { largestWeight, layerInto, weightOf } from './weights.ts';

/** Edges below this share of the layer's largest weight are left out. */
const LEAST_SHARE = 0.05;
/** Strengths that are told apart: edges of one strength and sign are one path, which is drawn much faster than each alone. */
const LEVELS = 8;

/**
 * All edges: colour by sign, width and strength by |weight|, or what is shown in its place, relative to the layer's largest.
 * Those of the selected neuron are strong, and dashed where negative; the others step back.
 */
export function drawEdges(
  frame: Frame,
  { columns, product }: Diagram,
  layout: Layout,
  theta: ArrayLike<number>,
  selected: SelectedNode | undefined,
  acrossLayers = false,
): void {
  const { ctx, theme } = frame;
  const most = acrossLayers && Math.max(...layout.layers.map((layer) => largestWeight(layer, theta)));
  ctx.save();
  ctx.lineCap = 'butt';
  for (const [from, to] of columnPairs(columns)) {
    const layer = layerInto(layout, to);
    if (!layer) continue;
    const largest = most || largestWeight(layer, theta);
    const strengths = new Map<number, number[]>();
    from.shown.forEach((i, k) => {
      to.shown.forEach((j, n) => {
        const weight = weightOf(layer, theta, j, i);
        const share = Math.abs(weight) / largest;
        if (!(share >= LEAST_SHARE)) return;
        const chosen = isNode(from, i, selected) || isNode(to, j, selected);
        const level = Math.min(LEVELS - 1, Math.floor(share * LEVELS));
        const key = (chosen ? 2 * LEVELS : 0) + (weight > 0 ? LEVELS : 0) + level;
        const lines = strengths.get(key) ?? [];
        strengths.set(key, lines);
        lines.push(from.xs[k], from.ys[k], to.xs[n], to.ys[n]);
      });
    });
    for (const key of [...strengths.keys()].sort((a, b) => a - b)) {
      const chosen = key >= 2 * LEVELS;
      const positive = key % (2 * LEVELS) >= LEVELS;
      const share = ((key % LEVELS) + 0.5) / LEVELS;
      ctx.strokeStyle = positive ? theme.positive : theme.negative;
      ctx.globalAlpha = chosen ? 0.9 : 0.08 + 0.42 * share;
      ctx.lineWidth = 0.5 + (chosen ? 2.2 : 1.4) * share;
      ctx.setLineDash(chosen && !positive ? [4, 3] : []);
      ctx.beginPath();
      const lines = strengths.get(key) ?? [];
      for (let at = 0; at < lines.length; at += 4) {
        ctx.moveTo(lines[at], lines[at + 1]);
        ctx.lineTo(lines[at + 2], lines[at + 3]);
      }
      ctx.stroke();
    }
  }
  ctx.setLineDash([]);
  if (product) {
    ctx.strokeStyle = theme.muted;
    ctx.globalAlpha = 0.5;
    ctx.lineWidth = 1;
    ctx.beginPath();
    for (const { role, x, ys } of columns) {
      if (role !== 'readout') continue;
      for (const y of ys) {
        ctx.moveTo(x, y);
        ctx.lineTo(product.x, product.y);
      }
    }
    ctx.stroke();
  }
  ctx.restore();
}

/** Whether node `neuron` of a column is the selected one. */
export function isNode(column: Column, neuron: number, selected: SelectedNode | undefined): boolean {
  return selected !== undefined && isColumn(column, selected) && neuron === selected.neuron;
}
