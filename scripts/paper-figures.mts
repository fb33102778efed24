// `npm run figures`: remakes the paper's Figures 5, 6 and 7, and the error curves, from runs kept with --weights in
// docs/results. `npm run figures -- RESULTS IMAGES` reads and writes other folders.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FILES, paperFigures } from './paper-figures/figures.ts';

const docs = fileURLToPath(new URL('../docs/', import.meta.url));
const [results = join(docs, 'results'), images = join(docs, 'images')] = process.argv.slice(2);
const read = (name: string) => JSON.parse(readFileSync(join(results, name), 'utf8')).runs;
const runs = {
  hat: read(FILES.hat),
  poisson: read(FILES.poisson),
  'reaction-diffusion': read(FILES['reaction-diffusion']),
};
mkdirSync(images, { recursive: true });
for (const [name, svg] of Object.entries(await paperFigures(runs))) {
  const file = join(images, `${name}.svg`);
  writeFileSync(file, svg);
  console.log(`${file}: ${Math.round(svg.length / 1000)} kB`);
}
