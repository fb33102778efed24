// `npm run figures`: remakes the paper's Figures 5, 6 and 7 from the runs kept in docs/results/reaction-diffusion.json.
import { readFileSync, writeFileSync } from 'node:fs';
import { paperFigures } from './paper-figures/figures.ts';

const docs = new URL('../docs/', import.meta.url);
const { runs } = JSON.parse(readFileSync(new URL('results/reaction-diffusion.json', docs), 'utf8'));
for (const [name, svg] of Object.entries(await paperFigures(runs))) {
  writeFileSync(new URL(`images/${name}.svg`, docs), svg);
  console.log(`docs/images/${name}.svg: ${Math.round(svg.length / 1000)} kB`);
}
