import { PROBLEMS } from '../../src/problems/index.ts';
import { generateNow, type ProblemData, relativeErrors, relativeL2 } from '../../src/problems/problem.ts';
import { referenceEngine } from '../../src/training/reference-engine.ts';
import { problemParams, specsOf } from '../../src/training/specs.ts';
import { drawXAxis, drawYAxis } from '../../src/views/figures/canvas/axes.ts';
import { diverging } from '../../src/views/figures/canvas/colour-map.ts';
import { paintField } from '../../src/views/figures/canvas/field-image.ts';
import type { Box, Frame } from '../../src/views/figures/canvas/surface.ts';
import { linearScale, niceBound } from '../../src/views/figures/canvas/ticks.ts';
import { drawColourBar } from '../../src/views/figures/prediction/colour-bar.ts';
import { drawCurves } from '../../src/views/operator/curve.ts';
import { spaceTimeField } from '../../src/views/operator/field-maps.ts';
import { figure } from './frame.ts';
import { pngAddress } from './png.ts';
import { type Run, weightsOf } from './results.ts';

const CELL = { width: 196, height: 214 };
const PIXELS = 100;
/** A kept error and the one computed here from the weights: other engine, float64 instead of float32. */
const TOLERANCE = 1e-3;

/** A run's answer to all test functions. */
interface Answer {
  readonly method: string;
  readonly values: ArrayLike<number>;
  readonly errors: Float64Array;
}

/**
 * (x, t) maps of the exact solution, the networks' answers and their point-wise errors, for the test function whose error
 * under the first method is the median; its forcing beside them.
 * @throws Error when weights do not give the error that was kept with them
 */
export async function solutionMaps(title: string, runs: readonly Run[]): Promise<string> {
  const { config } = runs[0];
  const data = generateNow(PROBLEMS[config.experiment], problemParams(config));
  const answers: Answer[] = [];
  for (const run of runs) answers.push(await answerOf(run, data));
  const index = medianIndex(answers[0].errors);
  const { axes, forcings, nodes } = data.operator!;
  const points = axes[0].length * axes[1].length;
  const part = (values: ArrayLike<number>) =>
    Float32Array.from({ length: points }, (_, n) => values[index * points + n] * data.unit);
  const exact = part(data.test.target);
  const cells = answers.map(({ method, values, errors }) => {
    const answer = part(values);
    return { method, answer, difference: answer.map((u, n) => u - exact[n]), error: errors[index] };
  });
  const bound = niceBound(largest([exact, ...cells.map(({ answer }) => answer)]));
  const errorBound = niceBound(largest(cells.map(({ difference }) => difference)));
  const forcing = forcings.test.subarray(index * nodes.length, (index + 1) * nodes.length);

  const parts = [
    cell(0, 0, 'exact u(x, t)', (frame) => drawMap(frame, exact, bound)),
    cell(0, 1, `forcing f(x), no. ${index + 1}`, (frame) => drawForcing(frame, nodes, forcing)),
    ...cells.flatMap(({ method, answer, difference, error }, m) => [
      cell(m + 1, 0, method, (frame) => drawMap(frame, answer, bound)),
      cell(m + 1, 1, `error of ${method}: ${error.toPrecision(2)}`, (frame) =>
        drawMap(frame, difference, errorBound),
      ),
    ]),
  ];
  return figure(title, CELL.width * (1 + cells.length), 2 * CELL.height, parts);
}

async function answerOf(run: Run, data: ProblemData): Promise<Answer> {
  const { network, layout } = specsOf(run.config);
  const values = await referenceEngine.outputs(network, layout, weightsOf(run), data.test);
  const error = relativeL2(values, data.test);
  if (!(Math.abs(error - (run.error ?? Number.NaN)) < TOLERANCE))
    throw new Error(`the weights of ${run.method} give an error of ${error}, kept was ${run.error}`);
  return { method: run.method, values, errors: relativeErrors(values, data.test) };
}

function medianIndex(errors: Float64Array): number {
  const order = [...errors.keys()].sort((a, b) => errors[a] - errors[b]);
  return order[order.length >> 1];
}

function cell(column: number, row: number, title: string, draw: (frame: Frame) => void) {
  return {
    ...{ left: column * CELL.width, top: row * CELL.height, ...CELL },
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
      lines: [{ x: nodes, y: forcing, look: 'truth' }],
      ...{ from: 0, to: 1, low: -bound, high: bound, xLabel: 'x' },
    },
  );
  frame.ctx.restore();
}

function largest(arrays: readonly ArrayLike<number>[]): number {
  return Math.max(
    ...arrays.map((values) => Array.from(values).reduce((m, u) => Math.max(m, Math.abs(u)), 0)),
  );
}
