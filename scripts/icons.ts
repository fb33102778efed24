import { mexicanHat } from '../src/experiments/hat.ts';

/** Pictures of the page's mark in public/, and where they go; see src/boot/offline-plugin.ts. */
export const PICTURES = [
  { file: 'icon-192.png', size: 192, fills: false },
  { file: 'icon-512.png', size: 512, fills: false },
  // Cut to any shape by the system: the ground goes to the edges.
  { file: 'icon-maskable-512.png', size: 512, fills: true },
  // iOS rounds it itself.
  { file: 'icon-apple-180.png', size: 180, fills: true },
] as const;

const SIZE = 64;
/** Everything lies within the circle of 80 % that no shape cuts into. */
const FROM = 13;
const TO = SIZE - FROM;
/** How much of the hat is shown: more than the experiment's square, so that its brim is there. */
const REACH = 1.9;
/** Of --selected, --accent and --on-selected in src/ui/theme.css. */
const GROUND = '#1c2433';
const CURVE = '#f0713a';
const SPIKES = '#ffffff';

/** The mark as SVG: the cut of the Mexican hat through its middle, and a raster of spikes that are dense where it is high. */
export function mark({ fills = false } = {}): string {
  const along = (x: number) => FROM + ((x + REACH) / (2 * REACH)) * (TO - FROM);
  const hat = (x: number) => mexicanHat(x, 0) / mexicanHat(0, 0);
  const at = (n: number) => `${Math.round(n * 100) / 100}`;
  const points = Array.from({ length: 49 }, (_, i) => {
    const x = REACH * (i / 24 - 1);
    return `${at(along(x))} ${at(36 - 21 * hat(x))}`;
  });
  // A neuron that integrates the hat, brought above zero, spikes whenever it has collected enough of it.
  const spikes: number[] = [];
  let potential = 0.5;
  for (let x = -REACH; x <= REACH; x += REACH / 64) {
    potential += (hat(x) + 0.8) / 19;
    if (potential < 1) continue;
    potential -= 1;
    spikes.push(along(x));
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE} ${SIZE}">`,
    `<rect width="${SIZE}" height="${SIZE}" rx="${fills ? 0 : 14}" fill="${GROUND}"/>`,
    `<path d="M${points.join('L')}" fill="none" stroke="${CURVE}" stroke-width="3.2" stroke-linecap="round" stroke-linejoin="round"/>`,
    `<path d="${spikes.map((x) => `M${at(x)} 45v7`).join('')}" stroke="${SPIKES}" stroke-width="2" stroke-linecap="round"/>`,
    `</svg>\n`,
  ].join('');
}
