import type { BoardPlan, sharedPins } from '../../../state/board/plan.ts';
import { FIELD_NAMES, formatField } from '../../../training/config.ts';
import { resolveConfig } from '../../../training/presets.ts';
import { EXPERIMENT_TITLES } from '../../experiments.ts';

/** “T=8, steps=100”: what all runs have beside experiment and recipe. */
export function describePins(pinned: ReturnType<typeof sharedPins>): string {
  return FIELD_NAMES.filter(
    (name) => pinned[name] !== undefined && name !== 'experiment' && name !== 'recipe',
  )
    .map((name) => `${name}=${formatField(name, pinned[name] as never)}`)
    .join(', ');
}

/** What the table shows and how it was made, for the page and for files. */
export function boardCaption({ shared, seeds, varyData }: BoardPlan): string {
  const config = resolveConfig(shared);
  return [
    `${EXPERIMENT_TITLES[config.experiment]}, recipe ${config.recipe}`,
    `seeds 1 to ${seeds}${varyData ? ', each with data of its own' : ''}`,
    describePins(shared),
    'mean over the test functions of the relative L2 error, trained in the browser',
  ]
    .filter(Boolean)
    .join('; ');
}
