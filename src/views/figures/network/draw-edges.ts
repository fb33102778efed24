import type { Layout } from '../../../snn/network.ts';
import type { Frame } from '../canvas/surface.ts';
import { type Column, columnPairs, type Diagram, isColumn, type SelectedNode } from './diagram.ts';
import { largestWeight, layerInto, weightOf } from './weights.ts';

/** Edges below this share of the layer's largest weight are left out. */
const LEAST_SHARE = 0.05;

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
    for (const pass of ['others', 'selected']) {
      from.shown.forEach((i, k) => {
        to.shown.forEach((j, n) => {
          const chosen = isNode(from, i, selected) || isNode(to, j, selected);
          if (chosen !== (pass === 'selected')) return;
          const weight = weightOf(layer, theta, j, i);
          const share = Math.abs(weight) / largest;
          if (share < LEAST_SHARE) return;
          ctx.strokeStyle = weight > 0 ? theme.positive : theme.negative;
          ctx.globalAlpha = chosen ? 0.9 : 0.08 + 0.42 * share;
          ctx.lineWidth = 0.5 + (chosen ? 2.2 : 1.4) * share;
          ctx.setLineDash(chosen && weight < 0 ? [4, 3] : []);
          ctx.beginPath();
          ctx.moveTo(from.xs[k], from.ys[k]);
          ctx.lineTo(to.xs[n], to.ys[n]);
          ctx.stroke();
        });
      });
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
