import { errorCurves } from './error-curves.ts';
import { solutionMaps } from './maps.ts';
import type { Run } from './results.ts';

const SG = ['SG-BP', 'SG-RFG-L', 'SG-RFG-G'];
const WSG = SG.map((method) => `W${method}`);

/** The paper's Figures 5, 6 and 7 as SVG by file name, from runs of the reaction-diffusion experiment. */
export async function paperFigures(runs: readonly Run[]): Promise<Record<string, string>> {
  const first = Math.min(...runs.map(({ config }) => config.seed));
  const shown = SG.map((method) => {
    const run = runs.find((candidate) => candidate.method === method && candidate.config.seed === first);
    if (!run) throw new Error(`no run of ${method} with seed ${first}`);
    return run;
  });
  return {
    'figure-5': errorCurves('Training and test errors: BP and RFG with the surrogate gradient', runs, SG),
    'figure-6': errorCurves('Training and test errors: six methods', runs, [...SG, ...WSG]),
    'figure-7': await solutionMaps('Exact solution, answers and point-wise errors', shown),
  };
}
