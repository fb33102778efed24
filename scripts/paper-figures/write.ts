import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FILES, paperFigures } from './figures.ts';

const DOCS = fileURLToPath(new URL('../../docs/', import.meta.url));

/**
 * Draws the figures from the results files of one folder into another, by default those of the documents.
 * @throws Error when a file, a run or its weights are missing, or weights do not give the error kept with them
 */
export async function writeFigures(
  results = join(DOCS, 'results'),
  images = join(DOCS, 'images'),
): Promise<void> {
  const read = (name: string) => JSON.parse(readFileSync(join(results, name), 'utf8')).runs;
  const figures = await paperFigures({
    hat: read(FILES.hat),
    poisson: read(FILES.poisson),
    'reaction-diffusion': read(FILES['reaction-diffusion']),
  });
  mkdirSync(images, { recursive: true });
  for (const [name, svg] of Object.entries(figures)) {
    const file = join(images, `${name}.svg`);
    writeFileSync(file, svg);
    console.log(`${file}: ${Math.round(svg.length / 1000)} kB`);
  }
}
