import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { passesAStep, type ResultRun } from '../cost/tables.ts';
import { FILES, paperFigures, SPENT } from './figures.ts';
import type { Spent } from './pass-curves.ts';
import type { FigureRun } from './results.ts';

const DOCS = fileURLToPath(new URL('../../docs/', import.meta.url));

/**
 * Draws the figures from the results files of one folder into another, by default those of the documents.
 * @throws Error when a file, a run or its weights are missing, or weights do not give the error kept with them
 */
export async function writeFigures(
  results = join(DOCS, 'results'),
  images = join(DOCS, 'images'),
): Promise<void> {
  const figures = await paperFigures(...(await keptRuns(results)));
  mkdirSync(images, { recursive: true });
  for (const [name, svg] of Object.entries(figures)) {
    const file = join(images, `${name}.svg`);
    writeFileSync(file, svg);
    console.log(`${file}: ${Math.round(svg.length / 1000)} kB`);
  }
}

/** What the figures are made of, from a folder of results files. */
export async function keptRuns(results: string): Promise<Parameters<typeof paperFigures>> {
  const read = (name: string): (FigureRun & ResultRun)[] =>
    JSON.parse(readFileSync(join(results, name), 'utf8')).runs;
  const spentBy = async (name: keyof typeof FILES): Promise<Spent[]> => {
    const all = SPENT[name].map(([method, file]) => read(file).filter((run) => run.method === method));
    const passes: number[] = [];
    for (const runs of all) passes.push(await passesAStep(runs, all[0]));
    return SPENT[name].map(([method], i) => ({ method, runs: all[i], passes: passes[i] }));
  };
  return [
    {
      hat: read(FILES.hat),
      poisson: read(FILES.poisson),
      'reaction-diffusion': read(FILES['reaction-diffusion']),
    },
    {
      hat: await spentBy('hat'),
      poisson: await spentBy('poisson'),
      'reaction-diffusion': await spentBy('reaction-diffusion'),
    },
  ];
}
