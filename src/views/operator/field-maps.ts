import { drawXAxis, drawYAxis, labelRoom } from '../figures/canvas/axes.ts';
import { diverging } from '../figures/canvas/colour-map.ts';
import type { Field } from '../figures/canvas/field-image.ts';
import type { Box, Frame } from '../figures/canvas/surface.ts';
import { linearScale } from '../figures/canvas/ticks.ts';
import { drawColourBar } from '../figures/prediction/colour-bar.ts';
import type { FieldImage } from '../figures/prediction/draw-map.ts';

const fields = new WeakMap<ArrayLike<number> & object, Field>();

/** u[x][t] as a field with x along the horizontal and t along the vertical axis. */
export function spaceTimeField(values: ArrayLike<number> & object): Field {
  let field = fields.get(values);
  if (!field) {
    const n = Math.round(Math.sqrt(values.length));
    const transposed = new Float32Array(n * n);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) transposed[j * n + i] = values[i * n + j];
    field = { n, values: transposed };
    fields.set(values, field);
  }
  return field;
}

const MARGIN = { left: 26, right: 8, top: 6, bottom: 24, bar: 8, numbers: 18 };
/** A canvas less high has the colour bar beside the map; the bar's numbers have this width, in heights of the text. */
const FLAT = 150;
const NUMBERS = 3.7;

const TICKS = [0, 0.5, 1];

function places(frame: Frame): { map: Box; bar: Box } {
  const { width, height, theme } = frame;
  const { right, top, bottom, bar, numbers } = MARGIN;
  const left = labelRoom(frame, TICKS, MARGIN.left);
  const flat = height < FLAT;
  const beside = flat ? bar + right + NUMBERS * theme.fontSize : 0;
  const below = flat ? 0 : bar + numbers;
  const map = {
    left,
    top,
    width: Math.max(20, width - left - right - beside),
    height: Math.max(20, height - top - bottom - below),
  };
  return {
    map,
    bar: flat
      ? { left: left + map.width + right, top, width: bar, height: map.height }
      : { left, top: top + map.height + bottom, width: map.width, height: bar },
  };
}

/** A space-time map over (x, t) in [0, 1]² with a line at the time shown. */
export function drawSpaceTime(
  frame: Frame,
  image: FieldImage,
  field: Field,
  bound: number,
  time: number,
): void {
  const { ctx, theme } = frame;
  const { map, bar } = places(frame);
  const lut = diverging(theme.scheme);
  image.draw(frame, map, field, lut, -bound, bound);
  const x = linearScale(0, 1, map.left, map.left + map.width);
  const y = linearScale(0, 1, map.top + map.height, map.top);
  ctx.strokeStyle = theme.line;
  ctx.strokeRect(map.left - 0.5, map.top - 0.5, map.width + 1, map.height + 1);
  drawXAxis(frame, map, { ticks: TICKS, scale: x });
  drawYAxis(frame, map, { ticks: map.height < 50 ? [0, 1] : TICKS, scale: y });
  ctx.font = `italic ${theme.font}`;
  ctx.fillStyle = theme.muted;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'top';
  ctx.fillText('x', x(0.75), map.top + map.height + 5);
  ctx.textAlign = 'right';
  ctx.textBaseline = 'middle';
  ctx.fillText('t', map.left - 8, y(map.height < 50 ? 0.5 : 0.75));
  ctx.font = theme.font;
  ctx.strokeStyle = theme.ink;
  ctx.lineWidth = 1;
  ctx.setLineDash([4, 3]);
  ctx.beginPath();
  ctx.moveTo(map.left, y(time));
  ctx.lineTo(map.left + map.width, y(time));
  ctx.stroke();
  ctx.setLineDash([]);
  drawColourBar(frame, bar, { lut, from: -bound, to: bound, ticks: [-bound, 0, bound], open: true });
}
