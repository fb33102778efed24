import { drawXAxis, drawYAxis } from '../../src/views/figures/canvas/axes.ts';
import type { Box, Frame } from '../../src/views/figures/canvas/surface.ts';
import { linearScale, niceBound, niceTicks } from '../../src/views/figures/canvas/ticks.ts';
import { type Answers, largest, medianFunction } from './answers.ts';
import { caption, figure } from './frame.ts';

const CELL = { width: 270, height: 236 };
const COLUMNS = 3;
const HEAD = 58;

type Curve = readonly [values: ArrayLike<number>, colour: string, width: number, dash: readonly number[]];

/**
 * One test function's exact solution and the answers of several networks, each with its error beneath on a scale of its
 * own, alike for all: the function whose error under the first method is the median.
 */
export function solutionCurves(title: string, { seed, data, exact, answers }: Answers): string {
  const [nodes] = data.operator!.axes;
  const index = medianFunction(answers[0].errors);
  const part = (values: ArrayLike<number>) =>
    Float64Array.from(nodes, (_, n) => values[index * nodes.length + n]);
  const solution = part(exact);
  const cells = answers.map(({ method, values, errors }) => {
    const answer = part(values);
    return { method, answer, difference: answer.map((u, n) => u - solution[n]), error: errors[index] };
  });
  const bound = niceBound(largest([solution, ...cells.map(({ answer }) => answer)]));
  const errorBound = niceBound(largest(cells.map(({ difference }) => difference)));
  const width = CELL.width * COLUMNS;
  return figure(title, width, HEAD + CELL.height * Math.ceil(cells.length / COLUMNS), [
    caption(width, 34, `${title}: test function no. ${index + 1} of seed ${seed}, −u″ = g, u(±1) = 0.`),
    { left: 0, top: 30, width, height: 28, draw: drawKey },
    ...cells.map(({ method, answer, difference, error }, k) => ({
      left: (k % COLUMNS) * CELL.width,
      top: HEAD + Math.floor(k / COLUMNS) * CELL.height,
      ...CELL,
      draw(frame: Frame) {
        const { ctx, theme } = frame;
        ctx.font = theme.fontBold;
        ctx.fillStyle = theme.ink;
        ctx.textAlign = 'left';
        ctx.textBaseline = 'top';
        ctx.fillText(`${method}: relative L2 error ${error.toPrecision(3)}`, 14, 6);
        ctx.font = theme.font;
        const left = 58;
        const plot = { left, top: 28, width: CELL.width - left - 14, height: 104 };
        const strip = { ...plot, top: 144, height: 48 };
        curves(frame, plot, nodes, bound, 'u(y)', [
          [solution, theme.ink, 1.6, []],
          [answer, theme.accent, 2, [6, 3]],
        ]);
        curves(frame, strip, nodes, errorBound, 'error', [[difference, theme.trace, 1.4, []]]);
        const x = linearScale(nodes[0], nodes[nodes.length - 1], plot.left, plot.left + plot.width);
        drawXAxis(frame, strip, { ticks: [-1, -0.5, 0, 0.5, 1], scale: x, label: 'y' });
      },
    })),
  ]);
}

function curves(
  frame: Frame,
  box: Box,
  at: ArrayLike<number>,
  bound: number,
  label: string,
  drawn: readonly Curve[],
): void {
  const { ctx, theme } = frame;
  const x = linearScale(at[0], at[at.length - 1], box.left, box.left + box.width);
  const y = linearScale(-bound, bound, box.top + box.height, box.top);
  const ticks = niceTicks(-bound, bound, box.height < 60 ? 2 : 4);
  drawYAxis(frame, box, { ticks, scale: y, grid: true, label });
  ctx.strokeStyle = theme.line;
  ctx.lineWidth = 1;
  ctx.strokeRect(box.left, box.top, box.width, box.height);
  for (const [values, colour, width, dash] of drawn) {
    ctx.strokeStyle = colour;
    ctx.lineWidth = width;
    ctx.lineJoin = 'round';
    ctx.setLineDash([...dash]);
    ctx.beginPath();
    for (let n = 0; n < at.length; n++) ctx.lineTo(x(at[n]), y(values[n]));
    ctx.stroke();
  }
  ctx.setLineDash([]);
}

function drawKey({ ctx, theme }: Frame): void {
  const entries = [
    ['exact solution', theme.ink, 1.6, []],
    ['network', theme.accent, 2, [6, 3]],
    ['network minus exact', theme.trace, 1.4, []],
  ] as const;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  let left = 14;
  for (const [text, colour, width, dash] of entries) {
    ctx.strokeStyle = colour;
    ctx.lineWidth = width;
    ctx.setLineDash([...dash]);
    ctx.beginPath();
    ctx.moveTo(left, 12);
    ctx.lineTo(left + 26, 12);
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.fillStyle = theme.ink;
    ctx.fillText(text, left + 32, 12);
    left += 60 + ctx.measureText(text).width;
  }
}
