import { EXPERIMENTS } from '../experiments/table.ts';
import type { Config } from '../training/config.ts';
import type { LaneOpened } from '../worker/protocol.ts';

/** Names of the points on which errors are measured: the live ones and those of the paper's figure. */
export function gridNames(
  config: Pick<Config, 'experiment'>,
  data: LaneOpened | undefined,
): { coarse: string; stated: string } {
  if (!data) return { coarse: 'coarse', stated: 'stated' };
  const rows = (grid: 'coarse' | 'test') => data[grid].factors[0].rows;
  const { operator, shape } = EXPERIMENTS[config.experiment];
  const tests = operator
    ? 'test functions'
    : { scatter: 'test rows', series: 'test windows' }[shape as string];
  if (tests) return { coarse: `${rows('coarse')} ${tests}`, stated: `${rows('test')} ${tests}` };
  const side = (grid: 'coarse' | 'test') => Math.round(Math.sqrt(rows(grid)));
  const points = (grid: 'coarse' | 'test') => `${side(grid)} × ${side(grid)} points`;
  return { coarse: points('coarse'), stated: points('test') };
}

/** Words for the two measures of the error: live on a part of the points, at rest on those of the paper's figure. */
export const MEASURES = { coarse: 'live', stated: 'at rest' } as const;

/** What an error was measured on: “live, 33 × 33 points”. */
export function measureName(grid: keyof typeof MEASURES, names: ReturnType<typeof gridNames>): string {
  return `${MEASURES[grid]}, ${names[grid]}`;
}
