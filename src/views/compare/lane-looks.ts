import type { Scheme } from '../figures/canvas/colour-map.ts';

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

/** Draws a marker around (x, y). */
export function drawMarker(
  ctx: CanvasRenderingContext2D,
  { marker, colour, hollow }: LaneLook,
  x: number,
  y: number,
  size = 4,
  ground = 'transparent',
): void {
  ctx.save();
  ctx.setLineDash([]);
  ctx.strokeStyle = colour;
  ctx.fillStyle = hollow ? ground : colour;
  ctx.lineWidth = 1.5;
  ctx.beginPath();
  if (marker === 'disc') ctx.arc(x, y, size * 0.9, 0, 2 * Math.PI);
  else if (marker === 'square') ctx.rect(x - size * 0.8, y - size * 0.8, size * 1.6, size * 1.6);
  else if (marker === 'triangle') polygon(ctx, x, y + size * 0.2, size * 1.15, 3, -Math.PI / 2);
  else if (marker === 'diamond') polygon(ctx, x, y, size * 1.2, 4, 0);
  else {
    ctx.moveTo(x - size * 0.8, y - size * 0.8);
    ctx.lineTo(x + size * 0.8, y + size * 0.8);
    ctx.moveTo(x + size * 0.8, y - size * 0.8);
    ctx.lineTo(x - size * 0.8, y + size * 0.8);
    ctx.lineWidth = hollow ? 1 : 2.25;
  }
  if (marker !== 'cross') ctx.fill();
  ctx.stroke();
  ctx.restore();
}

function polygon(
  ctx: CanvasRenderingContext2D,
  x: number,
  y: number,
  size: number,
  corners: number,
  from: number,
): void {
  for (let i = 0; i < corners; i++) {
    const angle = from + (2 * Math.PI * i) / corners;
    ctx.lineTo(x + size * Math.cos(angle), y + size * Math.sin(angle));
  }
  ctx.closePath();
}
