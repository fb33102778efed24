import { type LegendEntry, lineMark } from '../../io/legend.ts';
import type { Scheme } from '../figures/canvas/colour-map.ts';
import type { FigureTheme } from '../figures/canvas/theme.ts';

export type Marker = 'disc' | 'square' | 'triangle' | 'diamond' | 'cross';

/** How a lane's curve is told from the others: hue, dash and marker all differ, so that any one of them suffices. */
export interface LaneLook {
  readonly colour: string;
  readonly dash: readonly number[];
  readonly marker: Marker;
  readonly hollow: boolean;
}

/** Told apart with all usual kinds of colour vision for the first five, at 3:1 against the panel for all. */
const COLOURS: Record<Scheme, readonly string[]> = {
  light: [
    '#1d4fd7',
    '#c2410c',
    '#0f766e',
    '#a21caf',
    '#7c5800',
    '#475569',
    '#be123c',
    '#15803d',
    '#6d28d9',
    '#0369a1',
  ],
  dark: [
    '#8fa9ff',
    '#ff9d5c',
    '#3fd0c0',
    '#ea8cf5',
    '#e5c453',
    '#b6c2d3',
    '#ff8fa3',
    '#7ddb8f',
    '#b9a1ff',
    '#62c7f5',
  ],
};
const DASHES: readonly (readonly number[])[] = [[], [7, 3], [2, 2], [9, 3, 2, 3], [4, 4]];
const MARKERS: readonly Marker[] = ['disc', 'square', 'triangle', 'diamond', 'cross'];

/** Look of the lane at a position, 0 … 9. */
export function laneLook(position: number, scheme: Scheme): LaneLook {
  const colours = COLOURS[scheme];
  return {
    colour: colours[position % colours.length],
    dash: DASHES[position % DASHES.length],
    marker: MARKERS[position % MARKERS.length],
    hollow: position >= MARKERS.length,
  };
}

/** Which curve is whose: a piece of it with its marker, and the lane's letter and name. */
export function lanesLegend(
  { scheme, panel }: Pick<FigureTheme, 'scheme' | 'panel'>,
  lanes: readonly {
    readonly position: number;
    readonly letter: string;
    readonly run: string;
    readonly hidden: boolean;
  }[],
): LegendEntry[] {
  return lanes.map(({ position, letter, run, hidden }) => {
    const look = laneLook(position, scheme);
    return {
      text: hidden ? letter : `${letter} ${run}`,
      mark: (ctx, x, y) => {
        lineMark(ctx, x, y, look.colour, 1.75, look.dash);
        drawMarker(ctx, look, x, y, 4, panel);
      },
    };
  });
}

type Point = readonly [x: number, y: number];

/** What a marker around the origin consists of: a circle, or lines, closed ones but for those of the cross. */
interface MarkerShape {
  readonly radius?: number;
  readonly lines: readonly (readonly Point[])[];
  readonly lineWidth: number;
}

export function markerShape({ marker, hollow }: LaneLook, size: number): MarkerShape {
  const lineWidth = 1.5;
  const a = size * 0.8;
  switch (marker) {
    case 'disc':
      return { radius: size * 0.9, lines: [], lineWidth };
    case 'square':
      return { lines: [corners(0, a * Math.SQRT2, 4, Math.PI / 4)], lineWidth };
    case 'triangle':
      return { lines: [corners(size * 0.2, size * 1.15, 3, -Math.PI / 2)], lineWidth };
    case 'diamond':
      return { lines: [corners(0, size * 1.2, 4, 0)], lineWidth };
    case 'cross': {
      const [falling, rising] = [1, -1].map((sign): Point[] => [
        [-a, -sign * a],
        [a, sign * a],
      ]);
      return { lines: [falling, rising], lineWidth: hollow ? 1 : 2.25 };
    }
  }
}

function corners(y: number, radius: number, count: number, from: number): Point[] {
  return Array.from({ length: count }, (_, i) => {
    const angle = from + (2 * Math.PI * i) / count;
    return [radius * Math.cos(angle), y + radius * Math.sin(angle)];
  });
}

/** Draws a marker around (x, y). */
export function drawMarker(
  ctx: CanvasRenderingContext2D,
  look: LaneLook,
  x: number,
  y: number,
  size = 4,
  ground = 'transparent',
): void {
  const { radius, lines, lineWidth } = markerShape(look, size);
  ctx.save();
  ctx.setLineDash([]);
  ctx.strokeStyle = look.colour;
  ctx.fillStyle = look.hollow ? ground : look.colour;
  ctx.lineWidth = lineWidth;
  ctx.beginPath();
  if (radius) ctx.arc(x, y, radius, 0, 2 * Math.PI);
  for (const line of lines) {
    line.forEach(([dx, dy], i) => (i === 0 ? ctx.moveTo(x + dx, y + dy) : ctx.lineTo(x + dx, y + dy)));
    if (line.length > 2) ctx.closePath();
  }
  if (look.marker !== 'cross') ctx.fill();
  ctx.stroke();
  ctx.restore();
}
