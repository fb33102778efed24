import { diverging } from '../../src/views/figures/canvas/colour-map.ts';
import { type Field, squareField } from '../../src/views/figures/canvas/field-image.ts';
import type { Frame } from '../../src/views/figures/canvas/surface.ts';
import { niceBound, niceTicks } from '../../src/views/figures/canvas/ticks.ts';
import { drawColourBar } from '../../src/views/figures/prediction/colour-bar.ts';
import { drawSurface } from '../../src/views/figures/prediction/draw-surface.ts';
import { type Answers, largest } from './answers.ts';
import { caption, figure, THEME } from './frame.ts';

const CELL = { width: 250, height: 226 };
const HEAD = 34;
const FOOT = 44;
/** Nodes of a surface along each side: every second of the stated grid's. */
const NODES = 51;

/** The target and the answers of several networks as surfaces over the square, heights and colours on one scale. */
export function surfaces(title: string, { seed, exact, answers }: Answers): string {
  const panels = [
    { name: 'Truth', values: exact },
    ...answers.map(({ method, error, values }) => ({
      name: `${method}: relative L2 error ${error.toPrecision(3)}`,
      values,
    })),
  ];
  const bound = niceBound(largest(panels.map(({ values }) => values)));
  const all = panels.flatMap(({ values }) => Array.from(values));
  const heights = [
    all.reduce((least, value) => Math.min(least, value)),
    all.reduce((most, value) => Math.max(most, value)),
  ] as const;
  const ticks = niceTicks(heights[0], heights[1], 4);
  const lut = diverging(THEME.scheme);
  const fitted = fieldOf(exact);
  const width = CELL.width * panels.length;
  return figure(title, width, HEAD + CELL.height + FOOT, [
    caption(
      width,
      HEAD,
      `${title}. Seed ${seed}; error over the stated 101 × 101 grid; x, y from −1 to 1, height ψ(x, y).`,
    ),
    ...panels.map(({ name, values }, column) => ({
      ...{ left: column * CELL.width, top: HEAD, ...CELL },
      draw(frame: Frame) {
        const { ctx, theme } = frame;
        ctx.font = theme.fontBold;
        ctx.fillStyle = theme.ink;
        ctx.textAlign = 'left';
        ctx.textBaseline = 'top';
        ctx.fillText(name, 10, 4);
        ctx.font = theme.font;
        const box = { left: 18, top: 18, width: CELL.width - 22, height: CELL.height - 18 };
        drawSurface(frame, box, fieldOf(values), { lut, bound, heights, fitted, ticks, most: NODES });
      },
    })),
    {
      ...{ left: width / 2 - 160, top: HEAD + CELL.height, width: 320, height: FOOT },
      draw(frame: Frame) {
        const bar = { left: 60, top: 8, width: 200, height: 9 };
        drawColourBar(frame, bar, { lut, from: -bound, to: bound, ticks: [-bound, 0, bound] });
        frame.ctx.textAlign = 'right';
        frame.ctx.textBaseline = 'middle';
        frame.ctx.fillText('ψ', bar.left - 8, bar.top + 5);
      },
    },
  ]);
}

function fieldOf(values: ArrayLike<number>): Field {
  const field = squareField(values);
  if (!field) throw new Error(`surfaces need values on a square grid, not ${values.length} of them`);
  return field;
}
