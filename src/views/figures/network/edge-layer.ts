import type { Layout } from '../../../snn/network.ts';
import type { Frame } from '../canvas/surface.ts';
import type { Diagram, SelectedNode } from './diagram.ts';
import { drawEdges } from './draw-edges.ts';

/** The picture of all edges, kept until weights, places, selection or colours change. */
export class EdgeLayer {
  /** Made with the first drawing: where the page is rendered beforehand there is no document. */
  private canvas?: HTMLCanvasElement;
  private lastInputs = '';
  private theta: unknown;

  draw(
    frame: Frame,
    diagram: Diagram,
    layout: Layout,
    theta: ArrayLike<number>,
    selected: SelectedNode | undefined,
    acrossLayers = false,
  ): void {
    const { width, height, ratio, theme } = frame;
    // A file keeps lines as lines.
    if (frame.onPaper) {
      drawEdges(frame, diagram, layout, theta, selected, acrossLayers);
      return;
    }
    this.canvas ??= document.createElement('canvas');
    const { canvas } = this;
    const nextInputs = [
      width,
      height,
      ratio,
      theme.scheme,
      theme.positive,
      acrossLayers,
      ...Object.values(selected ?? {}),
    ].join();
    if (nextInputs !== this.lastInputs || theta !== this.theta) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      const ctx = canvas.getContext('2d');
      if (!ctx) return;
      ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
      drawEdges({ ...frame, ctx }, diagram, layout, theta, selected, acrossLayers);
      this.lastInputs = nextInputs;
      this.theta = theta;
    }
    frame.ctx.drawImage(canvas, 0, 0, canvas.width / ratio, canvas.height / ratio);
  }
}
