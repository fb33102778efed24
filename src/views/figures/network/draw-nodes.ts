import type { NeuronId } from '../../../snn/silence.ts';
import type { ProbeTrace } from '../../../worker/protocol.ts';
import { fitText, haloText } from '../canvas/axes.ts';
import type { Frame } from '../canvas/surface.ts';
import type { Column, Diagram, SelectedNode } from './diagram.ts';
import { isNode } from './draw-edges.ts';

interface NodesPicture {
  readonly diagram: Diagram;
  readonly trace?: ProbeTrace;
  /** Time step that each hidden depth shows. */
  readonly timeAt: (depth: number) => number;
  readonly selected?: SelectedNode;
  readonly silenced: readonly NeuronId[];
  /** Names of the inputs of a factor, when they have any. */
  readonly inputNames: readonly string[];
  readonly outputText: string;
  /** Said under the hidden layers of a single factor, on a screen. */
  readonly hint: string;
  /** What the edges show where these are not the weights; stands in place of the hint. */
  readonly caption?: string;
}

/** Neurons as circles: filled while they spike, crossed out when silenced, ringed when selected. */
export function drawNodes(frame: Frame, picture: NodesPicture): void {
  for (const column of picture.diagram.columns) {
    column.shown.forEach((neuron, k) => {
      drawNode(frame, picture, column, neuron, column.xs[k], column.ys[k]);
    });
    drawColumnLabel(frame, picture, column);
  }
  const { product } = picture.diagram;
  drawHint(frame, picture);
  if (!product) return;
  circle(frame, product.x, product.y, 11, frame.theme.panel, frame.theme.ink);
  text(frame, 'ΣΠ', product.x, product.y);
  const { ctx, theme } = frame;
  const pitch = LINE * theme.fontSize;
  const lines = [picture.outputText, 'output: sum', 'of products'];
  const right = product.x + 20;
  const left = right - Math.max(...lines.map((words) => ctx.measureText(words).width));
  const top = clearOfLabels(frame, picture.diagram, left, product.y + 15, lines.length * pitch);
  ctx.textBaseline = 'top';
  ctx.textAlign = 'right';
  // In a narrow panel they lie on read-outs.
  lines.forEach((words, n) => {
    haloText(frame, words, right, top + n * pitch, n === 0 ? theme.ink : theme.muted);
  });
}
/** From one line of text to the next, in text sizes. */
const LINE = 1.22;

/** Height of a factor's labels, under its lowest node. */
const labelTop = ({ columns }: Diagram, factor: number) =>
  Math.max(...columns.flatMap((column) => (column.factor === factor ? column.ys : []))) + 12;

/** `top`, or the first place below it at which a text from `left` on, so high, lies on no read-out's label. */
function clearOfLabels(
  { ctx, theme }: Frame,
  diagram: Diagram,
  left: number,
  top: number,
  height: number,
): number {
  return diagram.columns
    .filter(({ role, x, label }) => role === 'readout' && x + ctx.measureText(label).width / 2 > left)
    .reduce((from, { factor, shown, width }) => {
      const label = labelTop(diagram, factor);
      const end = label + (shown.length < width ? 2 : 1) * LINE * theme.fontSize;
      return from < end && from + height > label ? end + 2 : from;
    }, top);
}

function drawNode(
  frame: Frame,
  { trace, timeAt, selected, silenced, inputNames }: NodesPicture,
  column: Column,
  neuron: number,
  x: number,
  y: number,
): void {
  const { ctx, theme } = frame;
  const { role, factor, depth, width, radius } = column;
  if (role !== 'hidden') {
    circle(frame, x, y, radius, theme.panel, theme.ink);
    const name = role === 'input' ? inputNames[neuron] : undefined;
    if (name && radius >= 7) text(frame, name, x, y);
    return;
  }
  const spikes = trace?.spikes[factor]?.[depth];
  const fires = spikes?.[(timeAt(depth) - 1) * width + neuron] === 1;
  const cut = silenced.some((n) => n.factor === factor && n.depth === depth && n.neuron === neuron);
  if (isNode(column, neuron, selected)) {
    ctx.beginPath();
    ctx.arc(x, y, radius + 3.5, 0, 2 * Math.PI);
    ctx.strokeStyle = theme.accent;
    ctx.lineWidth = 2.5;
    ctx.stroke();
  }
  circle(frame, x, y, radius, fires ? (cut ? theme.muted : theme.ink) : theme.panel, theme.ink);
  if (!cut) return;
  const arm = radius + 2;
  for (const [colour, thickness] of [
    [theme.panel, 4],
    [theme.accent, 2],
  ] as const) {
    ctx.strokeStyle = colour;
    ctx.lineWidth = thickness;
    ctx.beginPath();
    ctx.moveTo(x - arm, y - arm);
    ctx.lineTo(x + arm, y + arm);
    ctx.moveTo(x - arm, y + arm);
    ctx.lineTo(x + arm, y - arm);
    ctx.stroke();
  }
}

function drawColumnLabel(frame: Frame, { diagram, outputText, caption }: NodesPicture, column: Column): void {
  const { ctx, theme } = frame;
  const last = diagram.columns.filter((other) => other.factor === column.factor);
  const bottom = labelTop(diagram, column.factor);
  const room = frame.width / last.length + 6;
  const half = (words: string) => ctx.measureText(words).width / 2;
  const inside = (words: string) => Math.min(Math.max(column.x, half(words)), frame.width - half(words));
  ctx.textAlign = 'center';
  ctx.textBaseline = 'top';
  ctx.fillStyle = theme.muted;
  const label = fitText(ctx, column.label, room);
  ctx.fillText(label, inside(label), bottom);
  const single = diagram.product === undefined;
  const cut = column.shown.length < column.width && !(single && caption);
  const cutText = `${column.shown.length} of ${column.width}`;
  const pitch = last.length > 1 ? last[1].x - last[0].x : room;
  // The first column's stands a little inside: numbers of columns that are close are written shorter.
  const short = ctx.measureText(cutText).width > 0.8 * pitch;
  const second =
    column.role === 'readout' && single
      ? outputText
      : cut
        ? short
          ? cutText.replace(' of ', '/')
          : cutText
        : '';
  if (column.role === 'readout') ctx.fillStyle = theme.ink;
  ctx.fillText(second, inside(second), bottom + LINE * theme.fontSize);
}

/** Under the hidden layers, or in the corner over ΣΠ where these lines are taken. */
function drawHint(
  frame: Frame,
  { diagram: { columns, product }, hint, caption, outputText }: NodesPicture,
): void {
  const { ctx, theme, width } = frame;
  const hidden = columns.filter(({ role }) => role === 'hidden');
  const line = LINE * theme.fontSize;
  const bottom = Math.max(...columns.flatMap(({ ys }) => ys)) + 12 + line;
  ctx.textBaseline = 'top';
  if (caption) {
    ctx.font = theme.fontBold;
    ctx.fillStyle = theme.ink;
    ctx.textAlign = product ? 'right' : 'left';
    const lines = product ? ['edges:', ...caption.split(/ (?=\+|into)/)] : [`edges: ${caption}`];
    lines.forEach((words, n) => {
      ctx.fillText(words, product ? width - 2 : 0, (product ? 0 : bottom) + n * line);
    });
    ctx.font = theme.font;
    return;
  }
  if (frame.onPaper || product || hidden.some(({ shown, width }) => shown.length < width)) return;
  const middle = (hidden[0].x + hidden[hidden.length - 1].x) / 2;
  ctx.textAlign = 'center';
  ctx.fillStyle = theme.muted;
  // The output's number stands beside it.
  if (
    middle + ctx.measureText(`${hint}${outputText}`).width / 2 + 4 <
    width - ctx.measureText(outputText).width / 2
  )
    ctx.fillText(hint, middle, bottom);
}

function circle(frame: Frame, x: number, y: number, radius: number, fill: string, stroke: string): void {
  const { ctx } = frame;
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  ctx.fillStyle = fill;
  ctx.fill();
  ctx.strokeStyle = stroke;
  ctx.lineWidth = 1.2;
  ctx.stroke();
}

function text({ ctx, theme }: Frame, words: string, x: number, y: number): void {
  ctx.fillStyle = theme.ink;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.fillText(words, x, y + 0.5);
}
