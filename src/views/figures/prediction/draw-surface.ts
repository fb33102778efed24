import { LUT_SIZE, type Lut, lutIndex, unpack } from '../canvas/colour-map.ts';
import type { Field } from '../canvas/field-image.ts';
import type { Box, Frame } from '../canvas/surface.ts';
import { formatTick } from '../canvas/ticks.ts';

interface SurfaceLook {
  readonly lut: Lut;
  /** Colours go from -bound to bound. */
  readonly bound: number;
  /** Ends of the heights; values beyond them are drawn at the ends. */
  readonly heights: readonly [low: number, high: number];
  /** The box is fitted to this field, the target of all surfaces that stand together; to the field itself, where it is left out. */
  readonly fitted?: Field;
  /** Numbers along the edges and the letters x and y; heights are marked at these values. */
  readonly ticks?: readonly number[];
  /** Most nodes along each side: every second, third … node of a finer field is drawn. */
  readonly most: number;
}

/** From where surfaces are seen: angle around the vertical and above the plane, in radians. */
const AZIMUTH = (-60 * Math.PI) / 180;
const ELEVATION = (28 * Math.PI) / 180;
/** Height of the box in which a surface stands, its sides being 2. */
const TALL = 1.5;
/** Neighbours overlap by this much in px, or hairlines of the ground would show between them. */
const OVERLAP = 0.35;
const LIGHT = unit([-0.35, -0.25, 0.9]);

type Point = readonly [x: number, y: number];
type Space = readonly [x: number, y: number, z: number];

const [COS_A, SIN_A] = [Math.cos(AZIMUTH), Math.sin(AZIMUTH)];
const [COS_E, SIN_E] = [Math.cos(ELEVATION), Math.sin(ELEVATION)];

/** Parallel projection of a point of the square, with its height in [0, TALL]: to the right and upwards. */
function project([x, y, z]: Space): Point {
  return [-SIN_A * x + COS_A * y, -SIN_E * (COS_A * x + SIN_A * y) + COS_E * z];
}

/** The side of the square that is nearer to the eye: at x, or y, = 1 or -1. */
const NEAR = { x: COS_A > 0 ? 1 : -1, y: SIN_A > 0 ? 1 : -1 };

/** A field over [-1, 1]² as a shaded surface in parallel projection, the parts further away painted first. */
export function drawSurface(frame: Frame, box: Box, field: Field, look: SurfaceLook): void {
  const [low, high] = look.heights;
  const heightAt = (value: number) =>
    TALL * Math.min(1, Math.max(0, ((Number.isFinite(value) ? value : 0) - low) / (high - low)));
  const place = fitToBox(box, look.ticks ? frame.theme.fontSize * 1.7 : 2, look.fitted ?? field, heightAt);
  drawFloor(frame, place);
  drawQuads(frame, place, field, heightAt, look);
  if (look.ticks) drawTicks(frame, place, heightAt, look.ticks);
}

/** Room in TALL above the field that a drawing is fitted to: others with the same place may go beyond it. */
const ABOVE = 0.06;

/** From space to the canvas, so that the floor, the axis of heights and the field are seen with some room around. */
function fitToBox(
  box: Box,
  room: number,
  field: Field,
  heightAt: (value: number) => number,
): (point: Space) => Point {
  const corners = [
    ...[-1, 1].flatMap((x) => [-1, 1].map((y) => project([x, y, 0]))),
    project([-NEAR.x, NEAR.y, TALL]),
    ...pointsOf(field).map(([x, y, value]) => project([x, y, heightAt(value) + ABOVE * TALL])),
  ];
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  const [left, right, bottom, top] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = Math.max(
    0.1,
    Math.min((box.width - 2 * room) / (right - left), (box.height - 2 * room) / (top - bottom)),
  );
  const x0 = box.left + box.width / 2 - (scale * (left + right)) / 2;
  const y0 = box.top + box.height / 2 + (scale * (bottom + top)) / 2;
  return (point) => {
    const [x, y] = project(point);
    return [x0 + scale * x, y0 - scale * y];
  };
}

/** Some 20 × 20 nodes of a field. */
function pointsOf({ n, values }: Field): Space[] {
  const stride = strideOf(n, 21);
  const nodes = Array.from({ length: (n - 1) / stride + 1 }, (_, k) => k * stride);
  const at = (k: number) => -1 + (2 * k) / (n - 1);
  return nodes.flatMap((i) => nodes.map((j): Space => [at(j), at(i), values[i * n + j]]));
}

function drawFloor({ ctx, theme }: Frame, place: (point: Space) => Point): void {
  ctx.strokeStyle = theme.line;
  ctx.lineWidth = 1;
  ctx.setLineDash([]);
  for (const at of [-1, -0.5, 0, 0.5, 1]) {
    path(ctx, [place([at, -1, 0]), place([at, 1, 0])]);
    ctx.stroke();
    path(ctx, [place([-1, at, 0]), place([1, at, 0])]);
    ctx.stroke();
  }
}

function drawQuads(
  { ctx }: Frame,
  place: (point: Space) => Point,
  { n, values }: Field,
  heightAt: (value: number) => number,
  { lut, bound, most }: SurfaceLook,
): void {
  const stride = strideOf(n, most);
  const side = (n - 1) / stride;
  const value = (i: number, j: number) => values[i * stride * n + j * stride];
  const at = (i: number, j: number): Space => [
    -1 + (2 * j) / side,
    -1 + (2 * i) / side,
    heightAt(value(i, j)),
  ];
  for (let a = 0; a < side; a++)
    for (let b = 0; b < side; b++) {
      const i = NEAR.y > 0 ? a : side - 1 - a;
      const j = NEAR.x > 0 ? b : side - 1 - b;
      const corners = [at(i, j), at(i, j + 1), at(i + 1, j + 1), at(i + 1, j)] as const;
      const mean = (value(i, j) + value(i, j + 1) + value(i + 1, j + 1) + value(i + 1, j)) / 4;
      ctx.fillStyle = shaded(
        lut,
        Number.isFinite(mean) ? lutIndex(mean, -bound, bound) : LUT_SIZE >> 1,
        corners,
      );
      path(ctx, wider(corners.map(place)));
      ctx.fill();
    }
}

/** Every how many nodes are drawn: the least divisor of the field's intervals that leaves no more nodes than wanted. */
function strideOf(n: number, most: number): number {
  for (let stride = 1; stride < n - 1; stride++)
    if ((n - 1) % stride === 0 && (n - 1) / stride < most) return stride;
  return n - 1;
}

/** A colour of the table under a light that lies high and to the left. */
function shaded(lut: Lut, index: number, [a, b, , d]: readonly Space[]): string {
  const [u, v] = [minus(b, a), minus(d, a)];
  const normal = unit([u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]]);
  const light = 0.72 + 0.28 * Math.max(0, normal[0] * LIGHT[0] + normal[1] * LIGHT[1] + normal[2] * LIGHT[2]);
  const hex = unpack(lut[index]).map((c) =>
    Math.min(255, Math.round(c * light))
      .toString(16)
      .padStart(2, '0'),
  );
  return `#${hex.join('')}`;
}

/** The corners moved a little away from their middle, to tenths of a px. */
function wider(corners: readonly Point[]): Point[] {
  const x0 = corners.reduce((sum, [x]) => sum + x, 0) / corners.length;
  const y0 = corners.reduce((sum, [, y]) => sum + y, 0) / corners.length;
  return corners.map(([x, y]) => {
    const length = Math.hypot(x - x0, y - y0) || 1;
    const factor = 1 + OVERLAP / length;
    return [Math.round(10 * (x0 + factor * (x - x0))) / 10, Math.round(10 * (y0 + factor * (y - y0))) / 10];
  });
}

function drawTicks(
  { ctx, theme }: Frame,
  place: (point: Space) => Point,
  heightAt: (value: number) => number,
  ticks: readonly number[],
): void {
  ctx.fillStyle = theme.muted;
  ctx.strokeStyle = theme.muted;
  ctx.lineWidth = 1;
  ctx.textBaseline = 'top';
  ctx.textAlign = 'center';
  const write = (text: string, point: Space, dx: number, dy: number) => {
    const [x, y] = place(point);
    ctx.fillText(text, x + dx, y + dy);
  };
  const { x: nearX, y: nearY } = NEAR;
  for (const at of [-1, 0, 1]) {
    write(formatTick(at), [at, nearY, 0], -4, 3);
    if (at !== nearY) write(formatTick(at), [nearX, at, 0], 9, 2);
  }
  ctx.font = `italic ${theme.font}`;
  write('x', [-0.5, nearY, 0], -5, 3);
  write('y', [nearX, 0.5, 0], 10, 2);
  ctx.font = theme.font;
  // Heights stand at the corner furthest to the left.
  const corner = (z: number): Space => [-nearX, nearY, z];
  path(ctx, [place(corner(0)), place(corner(TALL))]);
  ctx.stroke();
  ctx.textAlign = 'right';
  ctx.textBaseline = 'middle';
  for (const tick of ticks) {
    const [x, y] = place(corner(heightAt(tick)));
    path(ctx, [
      [x - 3, y],
      [x, y],
    ]);
    ctx.stroke();
    ctx.fillText(formatTick(tick), x - 5, y);
  }
}

function path(ctx: CanvasRenderingContext2D, points: readonly Point[]): void {
  ctx.beginPath();
  points.forEach(([x, y], k) => {
    if (k === 0) ctx.moveTo(x, y);
    else ctx.lineTo(x, y);
  });
  if (points.length > 2) ctx.closePath();
}

function minus(a: Space, b: Space): Space {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

function unit(v: Space): Space {
  const norm = Math.hypot(...v) || 1;
  return [v[0] / norm, v[1] / norm, v[2] / norm];
}
