import { HAT_GRID } from '../../../experiments/hat.ts';
import { EXPERIMENTS } from '../../../experiments/table.ts';
import { nameOfTable } from '../../../problems/table.ts';
import { type BoardPlan, isOfPaper, type sharedPins } from '../../../state/board/plan.ts';
import type { BoardRow } from '../../../state/board/rows.ts';
import { type Config, FIELD_NAMES, formatField, isUsed } from '../../../training/config.ts';
import { resolveConfig } from '../../../training/presets.ts';
import { WORDS } from '../../experiments/all.ts';

/** “T=8, steps=100”: what all runs have beside experiment and recipe. */
export function describePins(pinned: ReturnType<typeof sharedPins>): string {
  return (
    FIELD_NAMES.filter((name) => pinned[name] !== undefined && name !== 'experiment' && name !== 'recipe')
      // Of a table its name says enough.
      .map(
        (name) =>
          `${name}=${name === 'data' ? nameOfTable(pinned.data ?? '') : formatField(name, pinned[name] as never)}`,
      )
      .join(', ')
  );
}

/** What the error is. */
function measure({ experiment, testFunctions }: Config): string {
  const error = 'relative L2 error';
  const of = EXPERIMENTS[experiment].operator
    ? `mean of the ${error} over ${testFunctions} test functions`
    : EXPERIMENTS[experiment].shape === 'scatter'
      ? `${error} on the test rows`
      : `${error} on the ${HAT_GRID} × ${HAT_GRID} grid`;
  return `${of}, trained in the browser`;
}

/** The paper's figure, or that none may stand here; “–” for a method that is not the paper's. */
export function paperCell({ paper, method, config }: BoardRow): string {
  if (paper.kind === 'unreported') {
    if (paper.otherExperiment) return 'not in the paper';
    return isOfPaper(method, config.experiment) ? 'not reported' : '–';
  }
  return paper.kind === 'holds' ? paper.figure.toFixed(4) : 'setting differs';
}

/** “batch 64, K 8, 5000 steps, rate 0.006 by adam”: what a method was trained with. */
export function describeTraining(config: Config): string {
  const { batch, K, steps, rate, optimiser } = config;
  return [
    `batch ${batch.join('×')}`,
    ...(isUsed('K', config) ? [`K ${K}`] : []),
    `${steps} steps`,
    `rate ${rate} by ${optimiser}`,
  ].join(', ');
}

/** What the table shows and how it was made, for the page and for files. */
export function boardCaption({ shared, seeds, varyData, beyond }: BoardPlan): string {
  const config = resolveConfig(shared);
  return [
    `${WORDS[config.experiment].title}, recipe ${config.recipe}`,
    `seeds 1 to ${seeds}${varyData ? ', each with data of its own' : ''}`,
    describePins(shared),
    beyond ? 'WP: beyond the paper' : '',
    measure(config),
  ]
    .filter(Boolean)
    .join('; ');
}
