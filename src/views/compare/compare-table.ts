import type { Cell, Table } from '../../io/csv.ts';
import type { Axis } from '../../state/comparison.ts';
import type { LaneState } from '../../state/lane-store.ts';
import { comparableFigure } from '../../training/paper.ts';
import { allRows } from '../curves/series.ts';
import type { LaneCurve } from './draw-compare.ts';
import type { ShownLane } from './lane-names.ts';
import { placeOn } from './lane-series.ts';

type Named = Pick<ShownLane, 'letter' | 'run' | 'hidden'>;

/** Every loss and live error of the lanes, with the three numbers that curves are drawn over. */
export function compareTable(
  lanes: readonly (Named & { readonly state: LaneState; readonly passes: number | undefined })[],
): Table {
  return {
    header: [
      ...['lane', 'run', 'method', 'step', 'forward_passes', 'training_ms'],
      ...['relative_l2_live', 'relative_l2_paper', 'loss'],
    ],
    rows: lanes.flatMap(({ letter, run, hidden, state, passes }) => {
      const paper = comparableFigure(state.log);
      const [cost, time] = [placeOn('passes', state, passes), placeOn('time', state, passes)];
      return allRows(state)
        .filter(({ loss, coarse }) => loss !== undefined || coarse !== undefined)
        .map(({ step, method, loss, coarse }): Cell[] => [
          ...[letter, run, hidden ? undefined : method, step, cost(step), time(step)],
          ...[coarse, hidden ? undefined : paper, loss],
        ]);
    }),
  };
}

const AXIS_COLUMNS: Record<Axis, string> = { steps: 'step', passes: 'forward_passes', time: 'training_ms' };

/** The curves of the losses as they are drawn: averaged between two columns of the picture. */
export function averagedTable(
  axis: Axis,
  curves: readonly Pick<LaneCurve, 'losses'>[],
  lanes: readonly Named[],
): Table {
  return {
    header: ['lane', 'run', AXIS_COLUMNS[axis], 'loss_averaged'],
    rows: curves.flatMap(({ losses }, i) => losses.map(({ x, y }) => [lanes[i].letter, lanes[i].run, x, y])),
  };
}
