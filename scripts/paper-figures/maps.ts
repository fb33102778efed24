import { drawXAxis, drawYAxis } from '../../src/views/figures/canvas/axes.ts';
import { diverging } from '../../src/views/figures/canvas/colour-map.ts';
import { paintField } from '../../src/views/figures/canvas/field-image.ts';
import type { Box, Frame } from '../../src/views/figures/canvas/surface.ts';
import { linearScale, niceBound } from '../../src/views/figures/canvas/ticks.ts';
import { drawColourBar } from '../../src/views/figures/prediction/colour-bar.ts';
import { drawCurves } from '../../src/views/operator/curve.ts';
import { spaceTimeField } from '../../src/views/operator/field-maps.ts';
import { type Answers, largest, medianFunction } from './answers.ts';
import { caption, figure } from './frame.ts';
import { pngAddress } from './png.ts';

const CELL = { width: 216, height: 222 };
const HEAD = 34;
const PIXELS = 100;

/**
 * (x, t) maps of the networks' answers, the exact solution and the answers' point-wise errors, for the test function whose
 * error under the first method is the median; its forcing beside them.
 */
export function solutionMaps(title: string, { seed, data, exact, answers }: Answers): string {
  const { axes, forcings, nodes } = data.operator!;
  const index = medianFunction(answers[0].errors);
  const points = axes[0].length * axes[1].length;
  const part = (values: ArrayLike<number>) =>
    Float32Array.from({ length: points }, (_, n) => values[index * points + n]);
  const solution = part(exact);
  const cells = answers.map(({ method, values, errors }) => {
    const answer = part(values);
    return { method, answer, difference: answer.map((u, n) => u - solution[n]), error: errors[index] };
  });
  const bound = niceBound(largest([solution, ...cells.map(({ answer }) => answer)]));
  const errorBound = niceBound(largest(cells.map(({ difference }) => difference)));
  const forcing = forcings.test.subarray(index * nodes.length, (index + 1) * nodes.length);
  const last = cells.length;
  const width = CELL.width * (1 + last);
  const sentence = `${title}: test function no. ${index + 1} of seed ${seed}. Each network with this function’s relative L2 error.`;
  return figure(title, width, HEAD + 2 * CELL.height, [
    caption(width, HEAD, sentence),
    ...cells.map(({ method, answer, error }, m) =>
      cell(m, 0, `${method}: ${error.toPrecision(3)}`, (frame) => drawMap(frame, answer, bound)),
    ),
    cell(last, 0, 'Truth u(x, t)', (frame) => drawMap(frame, solution, bound)),
    ...cells.map(({ method, difference }, m) =>
      cell(m, 1, `${method} minus truth`, (frame) => drawMap(frame, difference, errorBound)),
    ),
    cell(last, 1, 'Forcing f(x)', (frame) => drawForcing(frame, nodes, forcing)),
  ]);
}

function cell(column: number, row: number, title: string, draw: (frame: Frame) => void) {
  return {
    ...{ left: column * CELL.width, top: HEAD + row * CELL.height, ...CELL },
    draw(frame: Frame) {
      const { ctx, theme } = frame;
      ctx.font = theme.fontBold;
      ctx.fillStyle = theme.ink;
      ctx.textAlign = 'left';
      ctx.textBaseline = 'top';
      ctx.fillText(title, 26, 8);
      ctx.font = theme.font;
      draw(frame);
    },
  };
}

function drawMap(frame: Frame, values: Float32Array, bound: number): void {
  const { ctx, theme } = frame;
  const map: Box = { left: 26, top: 28, width: CELL.width - 38, height: CELL.height - 86 };
  const lut = diverging(theme.scheme);
  const pixels = new Uint32Array(PIXELS * PIXELS);
  paintField(spaceTimeField(values), lut, -bound, bound, pixels, PIXELS, PIXELS);
  const image = { width: PIXELS, height: PIXELS, toDataURL: () => pngAddress(pixels, PIXELS, PIXELS) };
  ctx.drawImage(image as unknown as HTMLCanvasElement, map.left, map.top, map.width, map.height);
  ctx.strokeStyle = theme.line;
  ctx.lineWidth = 1;
  ctx.strokeRect(map.left, map.top, map.width, map.height);
  const x = linearScale(0, 1, map.left, map.left + map.width);
  const y = linearScale(0, 1, map.top + map.height, map.top);
  drawXAxis(frame, map, { ticks: [0, 0.5, 1], scale: x });
  drawYAxis(frame, map, { ticks: [0, 0.5, 1], scale: y });
  ctx.font = `italic ${theme.font}`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'top';
  ctx.fillText('x', x(0.75), map.top + map.height + 6);
  ctx.textAlign = 'right';
  ctx.textBaseline = 'middle';
  ctx.fillText('t', map.left - 8, y(0.75));
  ctx.font = theme.font;
  const bar = { left: map.left + 12, top: map.top + map.height + 26, width: map.width - 24, height: 8 };
  drawColourBar(frame, bar, { lut, from: -bound, to: bound, ticks: [-bound, 0, bound] });
}

function drawForcing(frame: Frame, nodes: Float64Array, forcing: Float32Array): void {
  const bound = niceBound(1.05 * largest([forcing]));
  const height = CELL.height - 76;
  frame.ctx.save();
  frame.ctx.translate(0, 22);
  drawCurves(
    { ...frame, height },
    {
      lines: [{ x: nodes, y: forcing, name: 'f', look: 'truth' }],
      ...{ from: 0, to: 1, low: -bound, high: bound, xLabel: 'x' },
    },
  );
  frame.ctx.restore();
}
