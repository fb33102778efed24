import { fontOf, paintOf } from '../../../io/svg-parts.ts';
import { cssColour, diverging, LUT_SIZE, lutIndex } from '../../figures/canvas/colour-map.ts';
import type { Field } from '../../figures/canvas/field-image.ts';
import type { View } from './camera.ts';
import type { SurfacesRequest } from './request.ts';

/** Nodes along a side that are drawn at most. */
const MOST_NODES = 33;
/** Height of the box in its widths. */
const TALL = 0.9;

type Point = readonly [x: number, y: number];

/** Both surfaces as flat shapes, those behind first: what a browser without WebGL shows. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
  readonly texts: readonly { readonly at: Point; readonly text: string; readonly colour: string }[];
  readonly font: string;
}
export interface Shape {
  readonly points: readonly Point[];
  /** Filled faces have an outline of their own colour, so that no gap shows between them. */
  readonly fill?: string;
  readonly stroke: string;
}

/** Where a point of the box [-½, ½]² × [-TALL/2, TALL/2] is seen from a view, y upwards, and how near it is. */
export function projected({ azimuth, elevation }: View, x: number, y: number, z: number) {
  const [a, e] = [(azimuth * Math.PI) / 180, (elevation * Math.PI) / 180];
  const along = x * Math.cos(a) + y * Math.sin(a);
  return {
    right: y * Math.cos(a) - x * Math.sin(a),
    up: z * Math.cos(e) - along * Math.sin(e),
    near: along * Math.cos(e) + z * Math.sin(e),
  };
}

/** The surfaces of a request in a box of so many pixels. */
export function drawingOf(request: SurfacesRequest, width: number, height: number): Drawing {
  const { target, network, theme, stacked } = request;
  const [w, h] = stacked ? [width, height / 2] : [width / 2, height];
  const shapes = [
    ...surfaceShapes(request, target, [w / 2, h / 2], Math.min(w, h)),
    ...(network
      ? surfaceShapes(request, network, stacked ? [w / 2, 1.5 * h] : [1.5 * w, h / 2], Math.min(w, h))
      : []),
  ];
  const title = (text: string, at: Point) => ({ text, at, colour: theme.ink });
  return {
    width,
    height,
    shapes,
    texts: [
      title('Target', [4, theme.fontSize + 2]),
      title('Spiking network', stacked ? [4, h + theme.fontSize + 2] : [w + 4, theme.fontSize + 2]),
    ],
    font: theme.font,
  };
}

function surfaceShapes(
  { view, heights: [low, high], bound, theme }: SurfacesRequest,
  { n, values }: Field,
  [cx, cy]: Point,
  size: number,
): Shape[] {
  const scale = size / 1.6;
  const place = (x: number, y: number, z: number) => {
    const { right, up, near } = projected(view, x, y, z);
    return { at: [cx + scale * right, cy - scale * up] as Point, near };
  };
  const nodes = Math.min(n, MOST_NODES);
  const index = (k: number) => Math.round((k * (n - 1)) / (nodes - 1));
  const value = (i: number, j: number) => values[index(i) * n + index(j)];
  const node = (i: number, j: number) => {
    const z = TALL * ((Math.min(high, Math.max(low, value(i, j))) - low) / (high - low) - 0.5);
    return place(index(j) / (n - 1) - 0.5, index(i) / (n - 1) - 0.5, z);
  };
  const lut = diverging(theme.scheme);
  const faces: (Shape & { near: number })[] = [];
  for (let i = 0; i + 1 < nodes; i++)
    for (let j = 0; j + 1 < nodes; j++) {
      const corners = [node(i, j), node(i, j + 1), node(i + 1, j + 1), node(i + 1, j)];
      const mean = (value(i, j) + value(i, j + 1) + value(i + 1, j + 1) + value(i + 1, j)) / 4;
      const at = Math.min(LUT_SIZE - 1, Math.max(0, lutIndex(mean, -bound, bound)));
      const fill = cssColour(lut, at);
      const near = corners.reduce((sum, corner) => sum + corner.near, 0);
      faces.push({ points: corners.map((corner) => corner.at), fill, stroke: fill, near });
    }
  faces.sort((a, b) => a.near - b.near);
  const floor = [
    [-0.5, -0.5],
    [0.5, -0.5],
    [0.5, 0.5],
    [-0.5, 0.5],
  ].map(([x, y]) => place(x, y, -TALL / 2).at);
  return [{ points: floor, stroke: theme.line }, ...faces];
}

/** Draws on a canvas, in its own pixels. */
export function paintDrawing(context: CanvasRenderingContext2D, drawing: Drawing): void {
  context.clearRect(0, 0, drawing.width, drawing.height);
  context.lineWidth = 0.7;
  for (const { points, fill, stroke } of drawing.shapes) {
    context.beginPath();
    for (const [x, y] of points) context.lineTo(x, y);
    context.closePath();
    context.strokeStyle = stroke;
    if (fill) {
      context.fillStyle = fill;
      context.fill();
    }
    context.stroke();
  }
  context.font = drawing.font;
  for (const { at, text, colour } of drawing.texts) {
    context.fillStyle = colour;
    context.fillText(text, at[0], at[1]);
  }
}

/** The drawing as an SVG file's text. */
export function drawingAsSvg({ width, height, shapes, texts, font }: Drawing): string {
  const { attributes } = fontOf(font);
  const points = (list: readonly Point[]) =>
    list.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
  const polygons = shapes.map(
    ({ points: list, fill, stroke }) =>
      `<polygon points="${points(list)}" fill="${fill ? paintOf(fill).colour : 'none'}" stroke="${paintOf(stroke).colour}" stroke-width="0.7"/>`,
  );
  const words = texts.map(
    ({ at: [x, y], text, colour }) =>
      `<text x="${x}" y="${y}" fill="${paintOf(colour).colour}" ${attributes}>${text}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${polygons.join('')}${words.join('')}</svg>`;
}
