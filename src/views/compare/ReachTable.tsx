import { useEffect, useState } from 'react';
import { energy } from '../../training/operations.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { formatCount, formatDuration, formatSI } from '../format.ts';
import { useEnergyFigures } from '../inside/cost/energy-figures.ts';
import { passesSaid } from '../inside/cost/readings.ts';
import { Term } from '../terms/Term.tsx';
import { LaneHead } from './LaneHead.tsx';
import type { ShownLane } from './lane-names.ts';
import numbers from './numbers.module.css';
import css from './ReachTable.module.css';
import { errorFor, notReached, REACH_TARGETS, type Reach, type ReachTarget, reachOf } from './reach.ts';
import type { Costs } from './use-costs.ts';
import { useAnyLane } from './use-lanes.ts';

/** Least time in ms between two looks at the lanes. */
const REACH_MS = 500;

const OPTIONS = REACH_TARGETS.map((target) =>
  target === 'paper'
    ? {
        value: target,
        label: 'paper’s',
        hint: 'The paper’s figure for each lane’s method, where there is one',
      }
    : { value: String(target), label: String(target) },
);

interface Row {
  readonly error: number | undefined;
  readonly reach: Reach | undefined;
  readonly why: string;
}

/** What every lane spends until an error, by what was measured so far. */
function useReach(lanes: readonly ShownLane[], costs: Costs, target: ReachTarget): readonly Row[] {
  const figures = useEnergyFigures();
  const any = useAnyLane(lanes, REACH_MS);
  const look = (): Row[] =>
    lanes.map((shown) => {
      const run = shown.lane.getState();
      const cost = costs.get(shown.id);
      const error = errorFor(target, run);
      const price = cost && { passes: cost.passes, pJ: energy(cost.cost, figures) };
      const reach = error === undefined ? undefined : reachOf(run, error, price);
      return { error, reach, why: notReached(run, error) };
    });
  const [, setSeen] = useState('');
  // biome-ignore lint/correctness/useExhaustiveDependencies: `look` is made of these
  useEffect(() => {
    const follow = () => setSeen(JSON.stringify(look()));
    follow();
    return any.subscribe(follow);
  }, [any, costs, figures, target]);
  return look();
}

/** Steps, forward passes, energy and time of each lane until an error that can be chosen. */
export function ReachTable({
  lanes,
  costs,
}: {
  readonly lanes: readonly ShownLane[];
  readonly costs: Costs;
}) {
  const [target, setTarget] = useState<ReachTarget>(0.05);
  const rows = useReach(lanes, costs, target);
  const mixed = rows.some(({ reach }) => reach?.mixed);
  return (
    <div className={css.reach}>
      <div className={css.row}>
        <span aria-hidden="true">Until a live error of</span>
        <Segmented
          label="Until a live error of"
          bare
          value={String(target)}
          options={OPTIONS}
          onChange={(value) => setTarget(REACH_TARGETS.find((each) => String(each) === value) ?? 0.05)}
        />
      </div>
      <table className={numbers.table} data-testid="reach">
        <thead>
          <tr>
            <th scope="col">
              <span className="hidden-visually">Lane</span>
            </th>
            {target === 'paper' && <th scope="col">error</th>}
            <th scope="col">steps</th>
            <th scope="col">
              <Term id="forwardPassEquivalents" label>
                passes
              </Term>
            </th>
            <th scope="col">
              <Term id="energy" label>
                energy
              </Term>
            </th>
            <th scope="col">time</th>
          </tr>
        </thead>
        <tbody>
          {lanes.map((shown, i) => {
            const { error, reach, why } = rows[i];
            return (
              <tr key={shown.id}>
                <LaneHead shown={shown} />
                {target === 'paper' && <td>{error ?? '–'}</td>}
                {reach ? (
                  <>
                    <td>{formatCount(reach.step)}</td>
                    <td>{reach.passes === undefined ? '–' : passesSaid(reach.passes)}</td>
                    <td>{reach.pJ === undefined ? '–' : `${formatSI(reach.pJ * 1e-12)}J`}</td>
                    <td>{reach.ms === undefined ? '–' : formatDuration(reach.ms)}</td>
                  </>
                ) : (
                  <td colSpan={4}>– {why}</td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className={css.measure}>
        First live measurement at or below it (coarse grid, as the curves). Passes and energy: steps times
        what a step costs now.
        {mixed && ' A lane whose settings were changed on the way has no such product.'}
      </p>
    </div>
  );
}
